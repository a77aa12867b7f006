using System.Text;
using Microsoft.Extensions.Logging;
using NymDirectory.Client.Telemetry;
using NymDirectory.Client.Transport;

namespace NymDirectory.Client.Requests;

/// <summary>Sends requests to the node and bounds how long and how often: the shell around one lane's conversation.</summary>
internal sealed class NodeLink(
    IMixnetTransport transport,
    NymChatClientOptions options,
    SurbBudget surbs,
    ClientCounters counters,
    DropRecorder drops,
    TimeProvider time,
    ILogger logger)
{
    // After an answer that may have been an earlier request's, the real one is either close behind or lost.
    private static readonly TimeSpan PatienceAfterDoubt = TimeSpan.FromSeconds(5);

    private volatile bool _nodeNamesAnswers;

    /// <summary>
    /// Whether an answer brought back what its request carried. From then on one that does not is nobody's answer: since the signature does not say what was
    /// asked, whoever knows our address can play an old one to us.
    /// </summary>
    public bool NodeNamesAnswers => _nodeNamesAnswers;

    /// <summary>
    /// Sends <paramref name="request"/> and reads answers with <paramref name="read"/> until it gives a result; sends again, the very same bytes, when
    /// none came in time. The caller occupies <paramref name="lane"/>.
    /// </summary>
    /// <param name="lane">Where the answers come.</param>
    /// <param name="request">What is sent.</param>
    /// <param name="read">Runs the conversation of one attempt.</param>
    /// <param name="cancellationToken">Ends the waiting; what was sent stays sent.</param>
    /// <exception cref="NodeSilentException">No attempt was answered.</exception>
    public async Task<T> AskAsync<T>(
        AnswerLane lane, NodeRequest request, Func<Attempt, Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        lane.Owed.BeginRequest();
        for (var number = 1; number <= options.Attempts; number++)
        {
            using var attempt = new Attempt(
                lane, this, request.Reference, options.AnswerTimeout, PatienceAfterDoubt, number, number == options.Attempts, time, cancellationToken);
            if (await TryAsync(attempt, request, read) is { } result)
            {
                return result;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        throw new NodeSilentException();
    }

    /// <summary>Sends one message to the node with as many SURBs as it needs now. A failure of the transport counts as a lost message.</summary>
    public async Task SendAsync(string action, string message, bool first, CancellationToken cancellationToken)
    {
        var attach = surbs.Take();
        counters.Attempt(action, first, attach);
        try
        {
            await transport.SendAnonymousAsync(options.Node, Encoding.UTF8.GetBytes(message), attach, cancellationToken);
        }
        catch (IOException)
        {
            ClientLog.NotHandedOver(logger);
        }
    }

    /// <summary>An answer brought back what its request carried.</summary>
    public void AnswerWasNamed() => _nodeNamesAnswers = true;

    /// <summary>Counts an answer that was another request's.</summary>
    public void LeaveAside() => drops.Record(DropReason.UnexpectedAnswer);

    private async Task<T?> TryAsync<T>(Attempt attempt, NodeRequest request, Func<Attempt, Task<T?>> read)
        where T : class
    {
        try
        {
            await attempt.SendAsync(request.Action, request.Text);
            return await read(attempt);
        }
        catch (OperationCanceledException) when (attempt.TimedOut)
        {
            surbs.Suspect();
            ClientLog.NoAnswer(logger, attempt.Number, request.Action);
            return null;
        }
    }
}
