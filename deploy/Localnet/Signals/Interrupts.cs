using System.Runtime.InteropServices;

namespace NymDirectory.Localnet.Signals;

/// <summary>
/// SIGINT: the first cancels a token, the second ends the process on the spot. An inherited "ignore" must have been reset before.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _first = new();
    private readonly PosixSignalRegistration _registration;
    private int _count;

    /// <summary>Listens from now on.</summary>
    public Interrupts(Action onSecond)
    {
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            if (Interlocked.Increment(ref _count) == 1)
            {
                _first.Cancel();
            }
            else
            {
                onSecond();
            }
        });
    }

    /// <summary>Cancelled by the first one.</summary>
    public CancellationToken First => _first.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _registration.Dispose();
        _first.Dispose();
    }
}
