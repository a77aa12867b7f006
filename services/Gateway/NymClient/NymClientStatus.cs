using NymDirectory.Mixnet;

namespace NymDirectory.Gateway.NymClient;

/// <summary>Where everybody reads what is known of nym-client. Only its link and its keeper write here.</summary>
internal sealed class NymClientStatus
{
    private readonly Lock _gate = new();
    private volatile NymClientState _current = new(0, null, null, false);
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>All of it at one moment.</summary>
    public NymClientState Current => _current;

    public RunId? Run => _current.Run;

    public NymAddress? Address => _current.Address;

    public bool Ready => _current.Ready;

    /// <summary>Ends when the state is a later one than <paramref name="version"/>, and gives the latest: what lies between can be missed.</summary>
    public async Task<NymClientState> WaitForChangeAsync(long version, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_current.Version > version)
                {
                    return _current;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>A run begins, or goes on.</summary>
    public void SetRun(RunId run) => Change(state => state with { Run = run });

    /// <summary>nym-client answered, in a known run.</summary>
    public void SetReady(NymAddress address) => Change(state => state with { Address = address, Ready = state.Run is not null });

    /// <summary>There is no connection.</summary>
    public void SetNotReady() => Change(state => state with { Ready = false });

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change(Func<NymClientState, NymClientState> change)
    {
        lock (_gate)
        {
            var next = change(_current);
            if (next == _current)
            {
                return;
            }

            _current = next with { Version = _current.Version + 1 };
            _changed.SetResult();
            _changed = NewSignal();
        }
    }
}
