using System.Globalization;
using NymDirectory.Localnet.CommandLine;

namespace NymDirectory.Localnet.Hub;

/// <summary>Where the hub is, or is to be.</summary>
internal sealed record HubEndpoint(string Host, int Port)
{
    /// <summary>Where clients and <c>faults</c> look for it when nothing else is said.</summary>
    public const string Default = "127.0.0.1:17790";

    /// <summary>The environment variable that says where it is.</summary>
    public const string Variable = "NYM_LOCALNET_HUB";

    /// <summary>What the environment says, or the default.</summary>
    public static string FromEnvironment() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? set : Default;

    /// <summary>Reads <c>host:port</c>.</summary>
    /// <exception cref="UserErrorException">It is not that.</exception>
    public static HubEndpoint Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            throw new UserErrorException($"'{text}' is not HOST:PORT, for example {Default}");
        }

        return new HubEndpoint(text[..colon].Trim('[', ']'), port);
    }

    /// <inheritdoc/>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
