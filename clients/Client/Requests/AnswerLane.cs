using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using NymDirectory.Client.Protocol;

namespace NymDirectory.Client.Requests;

/// <summary>
/// Joins the requests of one kind with their answers. Nodes that do not know references name no request in an answer, so one request of a kind is under
/// way at a time, and what comes meanwhile under its action and context is offered to it.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The gate has no wait handle; disposing it would fail those who are about to leave it.")]
internal sealed class AnswerLane(TimeProvider time, TimeSpan staleMemory)
{
    // A request gets an answer or two for each attempt; a flood of them is not worth more memory.
    private const int Capacity = 32;
    private const string Ended = "The mixnet connection has ended.";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Lock _sync = new();
    private Channel<NodeEnvelope>? _waiting;
    private bool _closed;

    /// <summary>The answers that attempts before may still bring. Used by the request that is under way.</summary>
    public OwedAnswers Owed { get; } = new(time, staleMemory);

    /// <summary>Waits for the lane to be free, and opens it for answers.</summary>
    /// <exception cref="IOException">The mixnet connection has ended.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        lock (_sync)
        {
            if (_closed)
            {
                _gate.Release();
                throw new IOException(Ended);
            }

            _waiting = Channel.CreateBounded<NodeEnvelope>(Capacity);
        }

        return new Occupation(this);
    }

    /// <summary>Hands over an answer; false: nobody waits for one.</summary>
    public bool Offer(NodeEnvelope envelope)
    {
        lock (_sync)
        {
            return _waiting?.Writer.TryWrite(envelope) ?? false;
        }
    }

    /// <summary>The next answer for the request under way.</summary>
    /// <exception cref="IOException">The mixnet connection has ended.</exception>
    public async Task<NodeEnvelope> NextAsync(CancellationToken cancellationToken)
    {
        ChannelReader<NodeEnvelope> answers;
        lock (_sync)
        {
            answers = _waiting?.Reader ?? throw new InvalidOperationException("Answers are for whoever entered the lane.");
        }

        try
        {
            return await answers.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new IOException(Ended);
        }
    }

    /// <summary>No answer comes any more.</summary>
    public void Close()
    {
        lock (_sync)
        {
            _closed = true;
            _waiting?.Writer.TryComplete();
        }
    }

    private void Leave()
    {
        lock (_sync)
        {
            _waiting = null;
        }

        _gate.Release();
    }

    private sealed class Occupation(AnswerLane lane) : IDisposable
    {
        public void Dispose() => lane.Leave();
    }
}
