using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace NymDirectory.Hosting.Listening;

/// <summary>An address to listen on: <c>http://host:port</c>, where the host is a name for loopback, an IP address, or <c>*</c>.</summary>
internal sealed record ListenUrl(string Host, int Port)
{
    internal static ListenUrl Parse(string text, string key)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            if (address.Scheme == "http" && address.PathBase.Length == 0)
            {
                return new ListenUrl(address.Host, address.Port);
            }
        }
        catch (FormatException)
        {
            // Falls through to the one clear message.
        }

        throw new InvalidConfigurationException($"{key}: '{text}' is not of the form http://host:port (one address).");
    }

    internal void Listen(KestrelServerOptions kestrel, HttpProtocols protocols)
    {
        void Speak(ListenOptions options) => options.Protocols = protocols;

        if (Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            kestrel.ListenLocalhost(Port, Speak);
        }
        else if (IPAddress.TryParse(Host.Trim('[', ']'), out var ip))
        {
            kestrel.Listen(ip, Port, Speak);
        }
        else
        {
            kestrel.ListenAnyIP(Port, Speak);
        }
    }
}
