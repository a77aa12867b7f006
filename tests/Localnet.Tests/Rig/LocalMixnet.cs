using NymDirectory.Localnet.Client.Identity;
using NymDirectory.Localnet.Faults;
using NymDirectory.Localnet.Hub;
using NymDirectory.TestKit;

namespace NymDirectory.Localnet.Tests.Rig;

/// <summary>A hub and its clients in this process, over real sockets.</summary>
internal sealed class LocalMixnet : IAsyncDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly List<RunningClient> _clients = [];
    private CancellationTokenSource _stop = new();
    private HubServer? _hub;
    private Task _running = Task.CompletedTask;

    public HubEndpoint Endpoint { get; private set; } = new("127.0.0.1", 0);

    public static async Task<LocalMixnet> StartAsync()
    {
        var mixnet = new LocalMixnet();
        await mixnet.StartHubAsync();
        return mixnet;
    }

    public async Task StartHubAsync()
    {
        _stop = new CancellationTokenSource();
        _hub = await HubServer.StartAsync(Endpoint, FaultSettings.None, new Random(1), TimeProvider.System);
        Endpoint = new HubEndpoint("127.0.0.1", _hub.Endpoint.Port);
        _running = _hub.RunAsync(_stop.Token);
    }

    public async Task StopHubAsync()
    {
        await _stop.CancelAsync();
        await _running.Within();
        _hub!.Dispose();
        _stop.Dispose();
    }

    /// <summary>Starts a client; one of the same id is the same client again.</summary>
    public async Task<RunningClient> ClientAsync(string id)
    {
        var client = await RunningClient.StartAsync(Folder(id), Endpoint);
        _clients.Add(client);
        return client;
    }

    /// <summary>A client's folder, made if there is none.</summary>
    public ClientFolder Folder(string id)
    {
        var folder = ClientFolder.In(_home.Path, id);
        if (!folder.Exists)
        {
            folder.Create();
            ClientAddress.Write(folder, ClientAddress.Create(gateway: null));
            ConfigurationFile.Write(folder, new ClientConfiguration());
        }

        return folder;
    }

    public Task<FaultReport> SetAsync(FaultCommand command) => FaultControl.SendAsync(Endpoint, command, default).Within();

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await StopHubAsync();
        _home.Dispose();
    }
}
