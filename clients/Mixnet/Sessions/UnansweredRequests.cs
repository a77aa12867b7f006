using System.Threading.Channels;

namespace NymDirectory.Mixnet.Sessions;

/// <summary>
/// The requests of one connection, from the caller to the answer: waiting for a place, on their way to the writer, written and unanswered. Answers carry no
/// id; they belong to the request that was written first. A place is held from the second step to the answer, so the channel to the writer, which has as
/// many, is never full, and nobody waits under the lock. Nor is anybody told of an answer under it: who awaits one may go on at once.
/// </summary>
internal sealed class UnansweredRequests
{
    private readonly Lock _gate = new();
    private readonly LinkedList<PendingRequest> _waiting = new();
    private readonly Queue<PendingRequest> _unanswered;
    private readonly Channel<PendingRequest> _outgoing;
    private readonly int _places;
    private int _taken;
    private bool _stopped;

    public UnansweredRequests(int places)
    {
        _places = places;
        _unanswered = new Queue<PendingRequest>(places);
        _outgoing = Channel.CreateBounded<PendingRequest>(places);
    }

    /// <summary>For the one writer.</summary>
    public ChannelReader<PendingRequest> Outgoing => _outgoing.Reader;

    /// <summary>How many places are taken.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _taken;
            }
        }
    }

    public void Add(PendingRequest request)
    {
        if (!TryAdd(request))
        {
            request.Lose();
        }
    }

    /// <summary>
    /// The caller gave up. What was not yet written never will be; what was written keeps its place until its answer came, or every later answer
    /// would go to the wrong caller.
    /// </summary>
    public void Withdraw(PendingRequest request, CancellationToken token)
    {
        lock (_gate)
        {
            if (request.Place is { List: not null } place)
            {
                _waiting.Remove(place);
            }
        }

        request.Cancel(token);
    }

    /// <summary>The writer is about to write this request; false: it is not wanted any more.</summary>
    public bool TryBegin(PendingRequest request)
    {
        lock (_gate)
        {
            if (!_stopped && request.Answer.IsCompleted)
            {
                FreePlace();
                return false;
            }

            if (!_stopped)
            {
                _unanswered.Enqueue(request);
                return true;
            }
        }

        request.Lose();
        return false;
    }

    /// <summary>False: no written request is unanswered, or the first of them cannot have this answer.</summary>
    public bool TryAnswer(NymResponse answer)
    {
        PendingRequest? first;
        lock (_gate)
        {
            if (!_unanswered.TryPeek(out first) || !first.Accepts(answer))
            {
                return false;
            }

            _unanswered.Dequeue();
            FreePlace();
        }

        first.Complete(answer);
        return true;
    }

    /// <summary>Takes nothing more: what was not written is lost, what was written can still be answered.</summary>
    public void Stop()
    {
        List<PendingRequest> lost;
        lock (_gate)
        {
            _stopped = true;
            _outgoing.Writer.TryComplete();
            lost = [.. _waiting];
            _waiting.Clear();
        }

        lost.ForEach(request => request.Lose());
    }

    /// <summary>The connection is over: whatever is unanswered is lost.</summary>
    public void End()
    {
        Stop();
        var lost = new List<PendingRequest>();
        lock (_gate)
        {
            while (_unanswered.TryDequeue(out var request) || _outgoing.Reader.TryRead(out request))
            {
                lost.Add(request);
            }
        }

        lost.ForEach(request => request.Lose());
    }

    /// <summary>False: nothing is taken any more.</summary>
    private bool TryAdd(PendingRequest request)
    {
        lock (_gate)
        {
            if (_stopped)
            {
                return false;
            }

            if (_taken < _places)
            {
                Dispatch(request);
            }
            else
            {
                request.Place = _waiting.AddLast(request);
            }

            return true;
        }
    }

    private void FreePlace()
    {
        _taken--;
        if (!_stopped && _waiting.First is { } next)
        {
            _waiting.RemoveFirst();
            Dispatch(next.Value);
        }
    }

    private void Dispatch(PendingRequest request)
    {
        _taken++;
        _outgoing.Writer.TryWrite(request);
    }
}
