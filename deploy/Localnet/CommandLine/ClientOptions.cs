using System.CommandLine;
using NymDirectory.Localnet.Client.Identity;

namespace NymDirectory.Localnet.CommandLine;

/// <summary>The options that <c>init</c> and <c>run</c> share, under nym-client's names.</summary>
internal sealed class ClientOptions
{
    private readonly Option<string> _id = new("--id")
    {
        Description = "The client's id: its files are in $HOME/.nym/clients/ID/.",
        Required = true,
    };

    private readonly Option<ushort?> _port = new("--port", "-p")
    {
        Description = "Port of the websocket. Default: what init was given, or 1977.",
    };

    private readonly Option<string?> _host = new("--host")
    {
        Description = "Address the websocket listens on. Default: what init was given, or 127.0.0.1.",
    };

    private readonly Option<bool> _fastMode = new("--fastmode")
    {
        Description = "Five times the pace, if the hub tells clients to pace their output.",
    };

    private readonly Option<bool> _noCover = new("--no-cover") { Description = "Never pace the output, whatever the hub tells." };

    // What nym-client takes and what has no meaning here: a script written for it must not fail.
    private readonly Option[] _ignored =
    [
        new Option<string>("--nym-apis"),
        new Option<string>("--nyxd-urls"),
        new Option<string>("--custom-mixnet"),
        new Option<string>("--config-env-file", "-c"),
        new Option<bool?>("--enabled-credentials-mode"),
        new Option<bool>("--force-tls-gateway"),
        new Option<bool>("--latency-based-selection"),
        new Option<bool>("--no-banner"),
    ];

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        Array.ForEach<Option>([_id, _port, _host, _fastMode, _noCover], command.Options.Add);
        foreach (var option in _ignored)
        {
            option.Hidden = true;
            command.Options.Add(option);
        }
    }

    /// <summary>The client's folder.</summary>
    public ClientFolder Folder(ParseResult parsed) => ClientFolder.Of(parsed.GetRequiredValue(_id));

    /// <summary>The configuration with what the command line says over it.</summary>
    public ClientConfiguration Configuration(ParseResult parsed, ClientConfiguration stored) => stored with
    {
        Port = parsed.GetValue(_port) ?? stored.Port,
        Host = parsed.GetValue(_host) ?? stored.Host,
        Fast = parsed.GetValue(_fastMode) || stored.Fast,
        NoPacing = parsed.GetValue(_noCover) || stored.NoPacing,
    };
}
