using NymDirectory.Load.Crowds;
using NymDirectory.Load.Mixnet;
using NymDirectory.Load.Workloads;

namespace NymDirectory.Load.Sizes.Speed;

/// <summary>Users whom the node knows start their clients and log in, each once.</summary>
internal sealed class ArrivalWorkload(Crowd crowd, HubSocket hub) : ChallengeWorkload(crowd, hub, "loginResponse")
{
    public override string Name => "arrival";

    public override void Prepare(int first, int count)
    {
    }

    protected override (int User, byte[] Frame) First(int operation) =>
        (operation, Crowd.FirstFrame(Crowd[operation], ClientJson.Login(Crowd[operation].Name)));
}
