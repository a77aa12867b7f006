using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using NymDirectory.Client.Protocol;
using NymDirectory.Mixnet;

namespace NymDirectory.Client.Direct;

/// <summary>The windows of all contacts. Announces those whose clock ran out. In memory: what is unconfirmed at a restart stays so.</summary>
internal sealed class DirectWindows(TimeProvider time, TimeSpan silence) : IDisposable
{
    private readonly Lock _sync = new();
    private readonly Dictionary<string, DirectWindow> _windows = new(StringComparer.Ordinal);

    // Holds at most one entry for each window.
    private readonly Channel<string> _silent = Channel.CreateUnbounded<string>();

    /// <summary>Names of contacts that stayed silent.</summary>
    public ChannelReader<string> Silent => _silent.Reader;

    /// <summary>Takes a message in before it is sent; false: too much is unconfirmed already.</summary>
    public bool TryAdd(string contact, NymAddress address, SignedContent message)
    {
        lock (_sync)
        {
            var window = WindowOf(contact, failedFallbacks: 0);
            if (window.Unconfirmed.Count >= DirectWindow.Capacity)
            {
                return false;
            }

            window.Address = address;
            window.Unconfirmed.Add(message);
            return true;
        }
    }

    /// <summary>Takes one message out again.</summary>
    public void Remove(string contact, SignedContent message)
    {
        lock (_sync)
        {
            if (_windows.TryGetValue(contact, out var window) && window.Unconfirmed.Remove(message) && window.Unconfirmed.Count == 0)
            {
                TryTakeLocked(contact, out _);
            }
        }
    }

    /// <summary>Takes the whole window out, if there is one.</summary>
    public bool TryTake(string contact, [NotNullWhen(true)] out DirectWindow? window)
    {
        lock (_sync)
        {
            return TryTakeLocked(contact, out window);
        }
    }

    /// <summary>Puts back what could not be sent otherwise either, before what was sent since.</summary>
    public void PutBack(string contact, IReadOnlyList<SignedContent> messages, int failedFallbacks)
    {
        lock (_sync)
        {
            TryTakeLocked(contact, out var later);
            var window = WindowOf(contact, failedFallbacks);
            window.Address = later?.Address;
            window.Unconfirmed.AddRange([.. messages, .. later?.Unconfirmed ?? []]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_sync)
        {
            foreach (var window in _windows.Values)
            {
                window.Dispose();
            }

            _windows.Clear();
        }
    }

    private DirectWindow WindowOf(string contact, int failedFallbacks)
    {
        if (!_windows.TryGetValue(contact, out var window))
        {
            window = new DirectWindow { FailedFallbacks = failedFallbacks };
            window.Clock = time.CreateTimer(_ => Announce(contact, window), null, silence, Timeout.InfiniteTimeSpan);
            _windows.Add(contact, window);
        }

        return window;
    }

    /// <summary>The clock of a window that was confirmed just now must not end its successor.</summary>
    private void Announce(string contact, DirectWindow window)
    {
        lock (_sync)
        {
            if (_windows.GetValueOrDefault(contact) == window)
            {
                _silent.Writer.TryWrite(contact);
            }
        }
    }

    private bool TryTakeLocked(string contact, [NotNullWhen(true)] out DirectWindow? window)
    {
        var taken = _windows.Remove(contact, out window);
        window?.Dispose();
        return taken;
    }
}
