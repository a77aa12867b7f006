using NymDirectory.Client.Protocol;

namespace NymDirectory.Client.Requests;

/// <summary>One lane for each kind of request, and which answer belongs to which.</summary>
internal sealed class AnswerLanes
{
    private readonly AnswerLane[] _all;

    /// <summary>Opens the lanes; <paramref name="staleMemory"/> is how long a late answer is reckoned with.</summary>
    public AnswerLanes(TimeProvider time, TimeSpan staleMemory)
    {
        Registration = new AnswerLane(time, staleMemory);
        Login = new AnswerLane(time, staleMemory);
        LookUp = new AnswerLane(time, staleMemory);
        Send = new AnswerLane(time, staleMemory);
        Info = new AnswerLane(time, staleMemory);
        _all = [Registration, Login, LookUp, Send, Info];
    }

    /// <summary><c>register</c> and <c>registrationResponse</c>.</summary>
    public AnswerLane Registration { get; }

    /// <summary><c>login</c> and <c>loginResponse</c>.</summary>
    public AnswerLane Login { get; }

    /// <summary><c>query</c>.</summary>
    public AnswerLane LookUp { get; }

    /// <summary><c>send</c>.</summary>
    public AnswerLane Send { get; }

    /// <summary><c>info</c>.</summary>
    public AnswerLane Info { get; }

    /// <summary>The lane an answer belongs to; null: this version does not know it.</summary>
    public AnswerLane? For(NodeEnvelope envelope) => (envelope.Action, envelope.Context) switch
    {
        (AnswerNames.Challenge or AnswerNames.ChallengeResponse, "registration") => Registration,
        (AnswerNames.Challenge or AnswerNames.ChallengeResponse, "login") => Login,
        ("queryResponse", "query") => LookUp,
        ("sendResponse", "chat") => Send,
        (AnswerNames.Info, "node") => Info,
        _ => null,
    };

    /// <summary>No answers come any more.</summary>
    public void Close() => Array.ForEach(_all, lane => lane.Close());
}
