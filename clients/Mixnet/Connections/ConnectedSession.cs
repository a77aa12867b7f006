namespace NymDirectory.Mixnet.Connections;

/// <summary>A live session and the lane that is used on it. Lanes are random and live no longer, so that nothing of an earlier connection is in their length.</summary>
internal sealed class ConnectedSession(NymClientSession session, ulong lane)
{
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public NymClientSession Session => session;

    public ulong Lane => lane;

    /// <summary>Ends when the connection no longer offers this session: who found it dead waits for that before looking for the next one.</summary>
    public Task Left => _left.Task;

    public void Leave() => _left.TrySetResult();
}
