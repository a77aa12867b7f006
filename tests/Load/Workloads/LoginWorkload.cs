using NymDirectory.Load.Crowds;
using NymDirectory.Load.Mixnet;

namespace NymDirectory.Load.Workloads;

/// <summary>Users who log in again on the tag they have, in turn.</summary>
internal sealed class LoginWorkload(Crowd crowd, HubSocket hub) : ChallengeWorkload(crowd, hub, "loginResponse")
{
    private readonly byte[][] _frames = new byte[crowd.Count][];

    public override string Name => "login";

    public override void Prepare(int first, int count) =>
        Parallel.For(0, _frames.Length, i => _frames[i] ??= Crowd.Frame(Crowd[i], ClientJson.Login(Crowd[i].Name)));

    protected override (int User, byte[] Frame) First(int operation) => (operation % _frames.Length, _frames[operation % _frames.Length]);
}
