using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace NymDirectory.Hosting;

/// <summary>Turns what commonly goes wrong at a start into one line that an operator can act on.</summary>
internal static class StartFailure
{
    internal static bool TryExplain(Exception exception, [NotNullWhen(true)] out string? line)
    {
        line = exception switch
        {
            InvalidConfigurationException e => e.Message,
            OptionsValidationException e => string.Join(" ", e.Failures),
            AddressInUseException e => e.Message,
            // An address in use, a folder that is a file, a full disk.
            IOException e => e.Message,
            // A setting that is not of its type: configuration says its name and value.
            InvalidOperationException { Source: { } source } e when source.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) => e.Message,
            SocketException { SocketErrorCode: SocketError.AddressNotAvailable or SocketError.AccessDenied } e =>
                $"cannot listen on the configured address: {e.Message}",
            UnauthorizedAccessException e => e.Message,
            _ => null,
        };
        return line is not null;
    }
}
