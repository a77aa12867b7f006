using System.Globalization;
using NymDirectory.Localnet.CommandLine;

namespace NymDirectory.Localnet.Client.Identity;

/// <summary>Reads and writes config.toml: sections and plain values, which is all that is needed of TOML.</summary>
internal static class ConfigurationFile
{
    private const string SurbSection = "debug.reply_surbs";

    /// <summary>Writes a new one.</summary>
    public static void Write(ClientFolder folder, ClientConfiguration configuration) => File.WriteAllText(folder.ConfigFile, $"""
        # Written by Localnet, a stand-in for nym-client. NOT ANONYMOUS.

        [client]
        id = '{folder.Id}'

        [socket]
        socket_type = 'websocket'
        host = '{configuration.Host}'
        listening_port = {configuration.Port.ToString(CultureInfo.InvariantCulture)}

        [debug.traffic]
        disable_main_poisson_packet_distribution = {(configuration.NoPacing ? "true" : "false")}
        fast_mode = {(configuration.Fast ? "true" : "false")}

        """);

    /// <summary>Reads it.</summary>
    /// <exception cref="UserErrorException">A value is not what it has to be.</exception>
    public static ClientConfiguration Read(ClientFolder folder)
    {
        var values = Values(File.ReadLines(folder.ConfigFile));
        var defaults = new ClientConfiguration();
        var surbs = defaults.ReplyBlocks;
        return new ClientConfiguration
        {
            Host = values.GetValueOrDefault("socket.host", defaults.Host),
            Port = Number(values, "socket.listening_port", defaults.Port, 0),
            NoPacing = values.GetValueOrDefault("debug.traffic.disable_main_poisson_packet_distribution") == "true",
            Fast = values.GetValueOrDefault("debug.traffic.fast_mode") == "true",
            ReplyBlocks = surbs with
            {
                MinimumStorageThreshold = Number(values, SurbSection + ".minimum_reply_surb_storage_threshold", surbs.MinimumStorageThreshold, 2),
                MinimumThresholdBuffer = Number(values, SurbSection + ".minimum_reply_surb_threshold_buffer", surbs.MinimumThresholdBuffer, 0),
                MaximumStorageThreshold = Number(values, SurbSection + ".maximum_reply_surb_storage_threshold", surbs.MaximumStorageThreshold, 2),
            },
        };
    }

    private static Dictionary<string, string> Values(IEnumerable<string> lines)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var section = "";
        foreach (var line in lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == '[')
            {
                section = line.Trim('[', ']', ' ');
            }
            else if (line.Split('=', 2) is [var key, var value])
            {
                values[$"{section}.{key.Trim()}"] = Plain(value);
            }
        }

        return values;
    }

    private static string Plain(string value)
    {
        value = value.Trim();
        var quoted = value.Length > 1 && value[0] is '\'' or '"' ? value.IndexOf(value[0], 1) : -1;
        return quoted > 0 ? value[1..quoted] : value.Split('#', 2)[0].Trim();
    }

    private static int Number(Dictionary<string, string> values, string key, int fallback, int least)
    {
        if (!values.TryGetValue(key, out var text))
        {
            return fallback;
        }

        var digits = text.Replace("_", "", StringComparison.Ordinal);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new UserErrorException($"config.toml: {key} must be a number of at least {least}");
    }
}
