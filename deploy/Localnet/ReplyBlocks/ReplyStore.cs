using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace NymDirectory.Localnet.ReplyBlocks;

/// <summary>
/// Keeps tags, blocks and keys over a restart, if and only if the run before ended with a complete flush. Otherwise everything is purged,
/// as nym-client does.
/// </summary>
internal sealed class ReplyStore
{
    /// <summary>nym-client is given so long for its shutdown; what is not written by then is not written.</summary>
    public static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(10);

    private readonly string _stateFile;
    private readonly string _rowsFile;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly bool _usable;
    private StoreState _state;

    /// <summary>Looks at how the run before ended. <paramref name="configured"/> counts as far as nym-client lets it.</summary>
    public ReplyStore(string folder, ReplyBlockSettings configured, ILogger log, TimeProvider time)
    {
        _stateFile = Path.Combine(folder, "persistent_reply_store.state.json");
        _rowsFile = Path.Combine(folder, "persistent_reply_store.rows");
        (_log, _time) = (log, time);
        var earlier = ReadState();
        _usable = Judge(earlier);
        _state = _usable
            ? earlier! with { Settings = earlier.Settings with { MinimumThresholdBuffer = configured.MinimumThresholdBuffer } }
            : new StoreState { Settings = configured };
    }

    /// <summary>The settings in force.</summary>
    public ReplyBlockSettings Settings => _state.Settings;

    /// <summary>Loads what is usable, and marks the store as in use: from here on only a flush keeps anything.</summary>
    public void Open(ReplyDispatcher replies, ReplyKeys keys)
    {
        if (_usable && File.Exists(_rowsFile))
        {
            using var rows = File.OpenRead(_rowsFile);
            StoreRows.Read(rows, replies.Restore, chunk => keys.Restore(chunk));
        }
        else
        {
            File.Delete(_rowsFile);
        }

        WriteState(_state with { InUse = true });
    }

    /// <summary>Writes everything, row by row. False: it took too long and was cut off.</summary>
    public async Task<bool> FlushAsync(ReplyDispatcher replies, ReplyKeys keys, TimeSpan rowTime)
    {
        ReplyLog.Flushing(_log);
        ReplyLog.DoNotInterrupt(_log);
        WriteState(_state with { Flushing = true });
        if (!await WriteRowsAsync(StoreRows.Of(replies.Snapshot(), keys.Snapshot()), rowTime))
        {
            ReplyLog.FlushCutOff(_log);
            return false;
        }

        WriteState(_state with { Flushing = false, InUse = false, EverFlushed = true });
        ReplyLog.Flushed(_log);
        return true;
    }

    private bool Judge(StoreState? earlier)
    {
        var clean = earlier is { InUse: false, Flushing: false };
        if (clean)
        {
            ReplyLog.LoadingStore(_log);
            return true;
        }

        if (earlier is { EverFlushed: true })
        {
            ReplyLog.NotShutDown(_log);
        }
        else if (earlier is not null)
        {
            ReplyLog.NotFlushed(_log);
        }

        ReplyLog.FreshStore(_log);
        return false;
    }

    private async Task<bool> WriteRowsAsync(IEnumerable<Action<BinaryWriter>> rows, TimeSpan rowTime)
    {
        var started = _time.GetTimestamp();
        await using var file = File.Create(_rowsFile);
        await using var writer = new BinaryWriter(file, Encoding.UTF8);
        var written = 0;
        foreach (var row in rows)
        {
            row(writer);
            written++;
            var ahead = (rowTime * written) - _time.GetElapsedTime(started);
            if (ahead > TimeSpan.Zero)
            {
                await Task.Delay(ahead, _time);
            }

            if (_time.GetElapsedTime(started) > FlushLimit)
            {
                return false;
            }
        }

        return true;
    }

    private StoreState? ReadState()
    {
        try
        {
            return File.Exists(_stateFile) ? JsonSerializer.Deserialize(File.ReadAllBytes(_stateFile), StoreStateJson.Default.StoreState) : null;
        }
        catch (JsonException)
        {
            // Cut off while it was written.
            return new StoreState { InUse = true, Settings = new ReplyBlockSettings() };
        }
    }

    private void WriteState(StoreState state)
    {
        _state = state;
        var whole = _stateFile + ".new";
        File.WriteAllBytes(whole, JsonSerializer.SerializeToUtf8Bytes(state, StoreStateJson.Default.StoreState));
        File.Move(whole, _stateFile, overwrite: true);
    }
}
