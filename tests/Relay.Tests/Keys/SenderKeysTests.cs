using System.Diagnostics.Metrics;
using System.Text;
using NymDirectory.Relay.Keys;
using NymDirectory.Relay.Tests.Fakes;
using NymDirectory.Signatures;
using Outcome = NymDirectory.Contracts.V1.ForwardOutcome.OutcomeOneofCase;

namespace NymDirectory.Relay.Tests.Keys;

public sealed class SenderKeysTests
{
    private const int Senders = 30;

    [Fact]
    public async Task Forward_MoreSendersThanAreKeptImported_AsksTheDirectoryOnceForEach()
    {
        await using var node = await Node.StartAsync(["--KeyCache:Capacity=5", "--KeyCache:Known=100"]);
        using var counted = new Measurements(node.Get<IMeterFactory>());
        await ForwardFromEachAsync(node, rounds: 3);

        var keys = node.Get<SenderKeys>();
        Assert.Equal(Senders, keys.KnownCount);
        Assert.InRange(keys.ImportedCount, 3, 5);
        Assert.Equal(Senders, node.Directory.Queries.Count);
        Assert.Equal(Senders, counted["key_cache.lookups miss"]);
        Assert.Equal(2 * Senders, counted["key_cache.lookups hit"] + counted["key_cache.lookups known"]);
        Assert.InRange(counted["key_cache.lookups known"], Senders, 2 * Senders);
    }

    [Fact]
    public async Task Forward_FewerSendersThanAreKeptImported_HitsAlways()
    {
        await using var node = await Node.StartAsync(["--KeyCache:Capacity=100", "--KeyCache:Known=100"]);
        using var counted = new Measurements(node.Get<IMeterFactory>());
        await ForwardFromEachAsync(node, rounds: 3);

        Assert.Equal(Senders, node.Get<SenderKeys>().ImportedCount);
        Assert.Equal(2 * Senders, counted["key_cache.lookups hit"]);
        Assert.Equal(0, counted["key_cache.lookups known"]);
    }

    [Fact]
    public async Task Forward_MoreSendersThanAreKnown_StaysBoundedAndAsksAgain()
    {
        await using var node = await Node.StartAsync(["--KeyCache:Capacity=5", "--KeyCache:Known=10"]);
        await ForwardFromEachAsync(node, rounds: 2);

        Assert.InRange(node.Get<SenderKeys>().KnownCount, 3, 10);
        Assert.InRange(node.Directory.Queries.Count, Senders + 1, 2 * Senders);
    }

    private static async Task ForwardFromEachAsync(Node node, int rounds)
    {
        var signers = Enumerable.Range(0, Senders).Select(_ => SigningKey.Generate()).ToList();
        for (var i = 0; i < Senders; i++)
        {
            node.Directory.Register($"sender{i}", signers[i].PublicKey.Pem);
        }

        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < Senders; i++)
            {
                var content = $$"""{"sender":"sender{{i}}","recipient":"bob","body":{{round}}}""";
                Assert.Equal(Outcome.Accepted, await node.ForwardAsync(content, signers[i].SignHex(Encoding.UTF8.GetBytes(content))));
            }
        }

        signers.ForEach(signer => signer.Dispose());
    }
}
