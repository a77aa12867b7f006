namespace NymDirectory.Client.Requests;

/// <summary>
/// For nodes that do not know <see cref="AnswerReference">references</see>: their answers carry nothing to know them by. After a request was sent twice
/// its second answer can still come when the next request waits for its own, and be taken for it: a lost message would count as accepted. So each
/// attempt owes one answer, and while an earlier request's may still come, as many answers that name nothing are left aside. Sending again is safe, so
/// leaving one aside too many costs time only.
/// Not thread-safe: used under the gate of its lane.
/// </summary>
internal sealed class OwedAnswers(TimeProvider time, TimeSpan memory)
{
    private readonly Queue<long> _sent = new();
    private int _stale;

    /// <summary>A new request begins: whatever is still owed belongs to earlier ones.</summary>
    public void BeginRequest()
    {
        Forget();
        _stale = _sent.Count;
    }

    /// <summary>An attempt was sent.</summary>
    public void Sent() => _sent.Enqueue(time.GetTimestamp());

    /// <summary>An answer came. True: it can only be this request's, if it names nothing that says so itself.</summary>
    public bool IsOurs()
    {
        Forget();
        _sent.TryDequeue(out _);
        var ours = _stale == 0;
        _stale = Math.Max(0, _stale - 1);
        return ours;
    }

    private void Forget()
    {
        while (_sent.TryPeek(out var sent) && time.GetElapsedTime(sent) > memory)
        {
            _sent.Dequeue();
            _stale = Math.Max(0, _stale - 1);
        }
    }
}
