using NymDirectory.Load.Crowds;
using NymDirectory.Load.Mixnet;

namespace NymDirectory.Load.Workloads;

/// <summary>New users, each with a key of their own. This is also how the crowd of the other workloads gets known.</summary>
internal sealed class RegisterWorkload(Crowd crowd, HubSocket hub) : ChallengeWorkload(crowd, hub, "registrationResponse")
{
    private readonly int _firstUser = crowd.Count;

    public override string Name => "register";

    public override void Prepare(int first, int count) => Crowd.Grow(Math.Max(0, _firstUser + first + count - Crowd.Count));

    protected override (int User, byte[] Frame) First(int operation)
    {
        Prepare(operation, 1);
        var person = Crowd[_firstUser + operation];
        return (person.Number, Crowd.FirstFrame(person, ClientJson.Register(person.Name, person.Key.PublicKey.Pem)));
    }
}
