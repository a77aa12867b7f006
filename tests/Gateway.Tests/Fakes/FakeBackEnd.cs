using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NymDirectory.Gateway.Tests.Fakes;

/// <summary>Directory and Relay behind one real socket.</summary>
internal sealed class FakeBackEnd : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeBackEnd(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public FakeAccounts Accounts => _app.Services.GetRequiredService<FakeAccounts>();

    public FakeRelays Relays => _app.Services.GetRequiredService<FakeRelays>();

    public FakeMailboxes Mailboxes => _app.Services.GetRequiredService<FakeMailboxes>();

    public FakeGateways Gateways => _app.Services.GetRequiredService<FakeGateways>();

    public static async Task<FakeBackEnd> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<FakeAccounts>().AddSingleton<FakeRelays>().AddSingleton<FakeMailboxes>().AddSingleton<FakeGateways>();
        var app = builder.Build();
        app.MapGrpcService<FakeAccounts>();
        app.MapGrpcService<FakeRelays>();
        app.MapGrpcService<FakeMailboxes>();
        app.MapGrpcService<FakeGateways>();
        await app.StartAsync();
        return new FakeBackEnd(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
