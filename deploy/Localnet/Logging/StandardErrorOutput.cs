using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NymDirectory.Localnet.Logging;

/// <summary>
/// Writes to stderr the way a Rust program does: at once, blocking when nobody drains it, and fatal when it is closed. The console's own
/// stream would swallow that.
/// </summary>
internal sealed class StandardErrorOutput(Action<string> abort) : IDisposable
{
    private const int Descriptor = 2;

    private readonly Lock _gate = new();
    private readonly FileStream _stream = new(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);

    /// <summary>Writes a text.</summary>
    public void Write(string text)
    {
        try
        {
            lock (_gate)
            {
                _stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        catch (IOException)
        {
            abort("failed printing to stderr");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
