using NymDirectory.Load.Crowds;
using NymDirectory.Load.Mixnet;

namespace NymDirectory.Load.Workloads;

/// <summary>Messages: senders in turn, recipients at random. Complete when the sender has <c>success</c> and the recipient the message.</summary>
/// <param name="crowd">The users.</param>
/// <param name="hub">How they reach the mixnet.</param>
/// <param name="characters">Length of the text.</param>
/// <param name="users">So many of them, the first ones, write to each other; all when absent.</param>
/// <param name="toOthers">Those write to the rest instead, who only read.</param>
/// <param name="withReferences">
/// Each has a <c>ref</c>, so that answers can be told apart when some messages get none: more is offered than goes. Existing clients have none, and their answers
/// come in order.
/// </param>
internal sealed class SendWorkload(
    Crowd crowd, HubSocket hub, int characters, int? users = null, bool toOthers = false, bool withReferences = false) : Workload(crowd, hub)
{
    private readonly int _users = users ?? crowd.Count;
    private readonly OpenOperations _open = new();
    private readonly List<byte[]?> _frames = [];
    private readonly List<Parts> _parts = [];

    [Flags]
    private enum Parts : byte
    {
        None = 0,
        Success = 1,
        Message = 2,
    }

    public override string Name => "send";

    public override FloorShare Floor => new(Checks: 1, Signatures: 1);

    /// <summary>How many had to be signed in the timed part, because more went through than was thought.</summary>
    public int SignedLate { get; private set; }

    public override void Prepare(int first, int count)
    {
        var frames = new byte[count][];
        Parallel.For(0, count, i => frames[i] = Frame(first + i));
        Grow(first + count);
        for (var i = 0; i < count; i++)
        {
            _frames[first + i] = frames[i];
        }
    }

    public override void Begin(int operation)
    {
        Grow(operation + 1);
        if (_frames[operation] is null)
        {
            SignedLate++;
        }

        if (!withReferences)
        {
            _open.Begin(operation % _users, operation);
        }

        Hub.Queue(_frames[operation] ?? Frame(operation));
        _frames[operation] = null;
    }

    public override Progress Take(int user, ReadOnlySpan<byte> answer)
    {
        if (answer.StartsWith("{\"action\":\"incomingMessage\""u8))
        {
            return With(ClientJson.Number(answer), Parts.Message);
        }

        var operation = !answer.StartsWith("{\"action\":\"sendResponse\""u8) ? -1
            : withReferences ? ClientJson.Reference(answer)
            : _open.End(user);
        return operation < 0 ? Progress.None
            : answer.IndexOf("\"content\":\"success\""u8) > 0 ? With(operation, Parts.Success)
            : new Progress(operation, Step.Refused);
    }

    private Progress With(int operation, Parts part)
    {
        var before = _parts[operation];
        _parts[operation] |= part;
        return new Progress(operation, (before & part) != 0 ? Step.Repeated
            : (before, part) switch
            {
                (Parts.None, Parts.Success) => Step.Answered,
                (Parts.None, Parts.Message) => Step.Continues,
                (_, Parts.Success) => Step.AnsweredAndCompleted,
                _ => Step.Completed,
            });
    }

    private byte[] Frame(int operation)
    {
        var sender = operation % _users;
        var recipient = toOthers
            ? _users + Random.Shared.Next(Crowd.Count - _users)
            : (sender + 1 + Random.Shared.Next(_users - 1)) % _users;
        return Crowd.Frame(Crowd[sender], ClientJson.Send(Crowd[sender], Crowd[recipient].Name, operation, characters, withReferences));
    }

    private void Grow(int count)
    {
        while (_frames.Count < count)
        {
            _frames.Add(null);
            _parts.Add(Parts.None);
        }
    }
}
