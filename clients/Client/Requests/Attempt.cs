using NymDirectory.Client.Protocol;

namespace NymDirectory.Client.Requests;

/// <summary>One attempt at a request: its clock, started before anything is sent, and its answers.</summary>
internal sealed class Attempt : IDisposable
{
    private readonly AnswerLane _lane;
    private readonly NodeLink _link;
    private readonly string? _reference;
    private readonly TimeSpan _doubt;
    private readonly CancellationTokenSource _clock;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _caller;

    /// <summary>Starts the clock.</summary>
    public Attempt(
        AnswerLane lane,
        NodeLink link,
        string? reference,
        TimeSpan timeout,
        TimeSpan doubt,
        int number,
        bool isLast,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        _lane = lane;
        _link = link;
        _reference = reference;
        _doubt = doubt < timeout ? doubt : timeout;
        (Number, IsLast) = (number, isLast);
        _caller = cancellationToken;
        _clock = new CancellationTokenSource(timeout, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_clock.Token, cancellationToken);
    }

    /// <summary>1 for the first.</summary>
    public int Number { get; }

    /// <summary>Whether none follows.</summary>
    public bool IsLast { get; }

    /// <summary>Whether it ended by its own clock and not by the caller.</summary>
    public bool TimedOut => _clock.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Sends a message that the node answers once.</summary>
    public async Task SendAsync(string action, string message)
    {
        _lane.Owed.Sent();
        await _link.SendAsync(action, message, Number == 1, _either.Token);
    }

    /// <summary>The next answer.</summary>
    public async Task<NodeEnvelope> NextAsync()
    {
        var answer = await _lane.NextAsync(_either.Token);
        if (_reference is not null && answer.Reference == _reference)
        {
            _link.AnswerWasNamed();
        }

        return answer;
    }

    /// <summary>Whether an answer is certainly not this request's: it names another one, or none though the node names them.</summary>
    public bool IsAnothers(NodeEnvelope answer) => answer.Reference is { } named ? named != _reference : _link.NodeNamesAnswers;

    /// <summary>
    /// Whether an answer is this request's. It says so itself, unless the node does not know references; then it is reckoned, and if in doubt, another one is
    /// waited for a little.
    /// </summary>
    public bool IsOurs(NodeEnvelope answer)
    {
        if (answer.Reference is not null || _link.NodeNamesAnswers)
        {
            return !IsAnothers(answer);
        }

        var ours = _lane.Owed.IsOurs();
        if (!ours)
        {
            WaitOnlyALittle();
        }

        return ours;
    }

    /// <summary>Counts an answer that was another request's.</summary>
    public void LeaveAside() => _link.LeaveAside();

    /// <summary>What came may have been meant for an earlier attempt: what is meant for this one is close behind, or lost.</summary>
    public void WaitOnlyALittle() => _clock.CancelAfter(_doubt);

    /// <inheritdoc/>
    public void Dispose()
    {
        _either.Dispose();
        _clock.Dispose();
    }
}
