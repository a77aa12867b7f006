using NymDirectory.Load.Crowds;
using NymDirectory.Load.Mixnet;

namespace NymDirectory.Load.Workloads;

/// <summary>Two steps: a request that is answered with a challenge, and its signed answer. That signature cannot be made beforehand.</summary>
internal abstract class ChallengeWorkload(Crowd crowd, HubSocket hub, string answerAction) : Workload(crowd, hub)
{
    private readonly OpenOperations _open = new();

    // The answer is checked, the challenge is signed.
    public override FloorShare Floor => new(Checks: 1, Signatures: 1);

    public override void Begin(int operation)
    {
        var (user, frame) = First(operation);
        _open.Begin(user, operation);
        Hub.Queue(frame);
    }

    public override Progress Take(int user, ReadOnlySpan<byte> answer)
    {
        if (answer.StartsWith("{\"action\":\"challenge\""u8))
        {
            var person = Crowd[user];
            var signature = person.Key.SignHex(ClientJson.Nonce(answer));
            Hub.Queue(Crowd.Frame(person, ClientJson.Answer(answerAction, person.Name, signature)));
            return new Progress(_open.Peek(user), Step.Continues);
        }

        var operation = answer.StartsWith("{\"action\":\"challengeResponse\""u8) ? _open.End(user) : -1;
        return operation < 0
            ? Progress.None
            : new Progress(operation, answer.IndexOf("\"content\":\"success\""u8) > 0 ? Step.AnsweredAndCompleted : Step.Refused);
    }

    /// <summary>Who begins this operation, and with what.</summary>
    protected abstract (int User, byte[] Frame) First(int operation);
}
