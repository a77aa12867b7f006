using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.NymClient.Link;
using NymDirectory.Gateway.NymClient.Shortage;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.NymClient.Link;

public sealed class UnmanagedNymClientTests
{
    [Fact]
    public async Task RunAsync_FaultOfTheLink_IsSeenAtOnce()
    {
        using var folder = new TemporaryFolder();
        await using var node = TestNode.Create(folder.Path, null, ("NymClient:Managed", "false"));

        // Settings are checked at the start; here it stands for any fault.
        var options = Options.Create(new NymClientOptions { Host = "two words", Managed = false });
        var link = new NymClientLink(
            node.Status, node.Get<Arrivals>(), node.Get<ReplyPump>(), node.Get<LaneWatch>(), node.Get<Heartbeat>(), node.Get<AddressFile>(), node.Get<NymClientMetrics>(), TimeProvider.System, options,
            node.Get<IOptions<QueueOptions>>(), NullLogger<NymClientLink>.Instance);
        var nymClient = new UnmanagedNymClient(link, node.Get<StoreCheck>(), TimeProvider.System, options);

        await Assert.ThrowsAsync<UriFormatException>(() => nymClient.RunAsync(CancellationToken.None).Within());
    }
}
