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
            IOException { InnerException: AddressInUseException } e => e.Message,
            SocketException { SocketErrorCode: SocketError.AddressNotAvailable or SocketError.AccessDenied } e =>
                $"cannot listen on the configured address: {e.Message}",
            UnauthorizedAccessException e => e.Message,
            _ => null,
        };
        return line is not null;
    }
}
