using NymDirectory.Compose.Harness;
using NymDirectory.TestKit;

namespace NymDirectory.Compose.Node;

/// <summary><c>docker compose restart</c> of each service while people write to each other: what was accepted arrives.</summary>
[Collection(ComposeTests.Name)]
public sealed class RestartTests(ComposeNode node)
{
    [ComposeFact]
    public Task Relay_RestartedUnderLoad_AcceptedMessagesArrive() => RestartAsync("relay");

    [ComposeFact]
    public Task Directory_RestartedUnderLoad_AcceptedMessagesArrive() => RestartAsync("directory");

    // The recipients do not send anything: their reply blocks must have survived in nym-client's store.
    [ComposeFact]
    public Task Gateway_RestartedUnderLoad_AcceptedMessagesArrive() => RestartAsync("gateway");

    private async Task RestartAsync(string service)
    {
        await using var crowd = await Crowd.StartAsync(node.Gateway, pairs: 3);
        await crowd.SendAsync(each: 5);
        await crowd.SendDuringAsync(async () =>
        {
            await node.Project.RunAsync("restart", service);
            await node.Project.HealthyAsync(service);
            var goal = crowd.Accepted + 20;
            await Eventually.True(() => crowd.Accepted >= goal, TimeSpan.FromMinutes(1));
        });
        await crowd.ArrivedAsync();
    }
}
