namespace NymDirectory.DirectoryService.Storage.Commits;

/// <summary>
/// What waits for the commit thread; bounded by items. What somebody waits for is committed at once: lists fill a commit, and what comes meanwhile fills the
/// next. What no client's answer waits for, such as reports of fates, lingers for a commit that is made anyway: each costs the same, however little is in it.
/// A channel would wake the thread for each operation that arrives while it lingers; this wakes it once.
/// </summary>
internal sealed class CommitQueue(StorageOptions options)
{
    // Under load the next commit takes more than it would have waited for.
    private const int LargestCommit = 256;

    private readonly object _gate = new();
    private readonly Queue<WriteOperation> _operations = [];
    private int _weight;
    private int _impatient;
    private int _wakeAt = 1;
    private bool _closed;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _operations.Count;
            }
        }
    }

    /// <summary>False when it is full.</summary>
    /// <exception cref="ObjectDisposedException">The service is stopping.</exception>
    public bool TryAdd(WriteOperation operation)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_weight > 0 && _weight + operation.Weight > options.QueueCapacity)
            {
                return false;
            }

            _operations.Enqueue(operation);
            _weight += operation.Weight;
            _impatient += operation.IsPatient ? 0 : 1;
            if (_weight >= _wakeAt || !operation.IsPatient)
            {
                Monitor.Pulse(_gate);
            }

            return true;
        }
    }

    /// <summary>Fills <paramref name="batch"/> with what goes into one commit; false when closed and empty.</summary>
    public bool Take(List<WriteOperation> batch)
    {
        lock (_gate)
        {
            WaitForFirst();
            Linger();
            for (var weight = 0; weight < LargestCommit && _operations.TryDequeue(out var operation);)
            {
                weight += operation.Weight;
                _weight -= operation.Weight;
                _impatient -= operation.IsPatient ? 0 : 1;
                batch.Add(operation);
            }

            return batch.Count > 0;
        }
    }

    /// <summary>Nothing more is added; what is there is still written.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void WaitForFirst()
    {
        _wakeAt = 1;
        while (_weight == 0 && !_closed)
        {
            Monitor.Wait(_gate);
        }
    }

    private void Linger()
    {
        _wakeAt = options.ItemsPerCommit;
        if (_impatient == 0 && _weight < _wakeAt && options.LingerMilliseconds > 0 && !_closed)
        {
            Monitor.Wait(_gate, options.LingerMilliseconds);
        }
    }
}
