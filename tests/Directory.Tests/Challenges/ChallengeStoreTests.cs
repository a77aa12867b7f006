using System.Buffers.Binary;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.DirectoryService.Accounts;
using NymDirectory.DirectoryService.Challenges;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Telemetry;
using NymDirectory.Signatures;

namespace NymDirectory.DirectoryService.Tests.Challenges;

public sealed class ChallengeStoreTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();
    private readonly P256PublicKey _publicKey = SigningKey.Generate().PublicKey;
    private readonly ChallengeStore _store;

    public ChallengeStoreTests() =>
        _store = new ChallengeStore(_time, new DirectoryMetrics(_services.GetRequiredService<IMeterFactory>()));

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Open_StoreFull_IsRefusedUntilSomethingEnds()
    {
        for (var tag = 0; tag < ChallengeStore.Capacity; tag++)
        {
            Assert.NotNull(Open(tag));
        }

        Assert.Null(Open(ChallengeStore.Capacity));
        Assert.NotNull(Open(7));
        Assert.NotNull(_store.Take(Key(8)));
        Assert.NotNull(Open(ChallengeStore.Capacity));
        Assert.Equal(ChallengeStore.Capacity, _store.Count);

        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.NotNull(Open(0));
        Assert.Equal(1, _store.Count);
    }

    [Fact]
    public void Open_AlwaysTheSameTag_IsOneChallenge()
    {
        var nonces = Enumerable.Range(0, 1_000).Select(_ => Open(1)!.Nonce).ToHashSet();
        Assert.Equal(1_000, nonces.Count);
        Assert.Equal(1, _store.Count);
    }

    [Fact]
    public void Take_Twice_IsThereOnce()
    {
        Open(1);
        Assert.Null(_store.Take(Key(1) with { Purpose = ChallengePurpose.Registration }));
        Assert.Null(_store.Take(Key(1) with { Gateway = new GatewayId("other") }));
        Assert.NotNull(_store.Take(Key(1)));
        Assert.Null(_store.Take(Key(1)));
    }

    [Fact]
    public void PutBack_ExpiresWhenItWouldHave()
    {
        var first = Open(1)!;
        _time.Advance(TimeSpan.FromMinutes(3));
        Open(2);
        _store.PutBack(_store.Take(Key(1))!);
        Assert.Equal(2, _store.Count);

        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.Null(_store.Take(Key(1)));
        Assert.NotNull(_store.Take(Key(2)));
        Assert.Equal(32, first.Nonce.Length);
    }

    [Fact]
    public void PutBack_ANewerOneIsOpen_TheNewerStays()
    {
        var former = Open(1)!;
        var newer = Open(1)!;
        _store.PutBack(former);
        Assert.Same(newer, _store.Take(Key(1)));
    }

    private OpenChallenge? Open(int tag) => _store.Open(Key(tag), Name("ada"), _publicKey, AccountFeatures.None);

    private static ChallengeKey Key(int tag)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteInt32BigEndian(bytes, tag);
        return new ChallengeKey(new GatewayId("gateway"), new SealedTag(SixteenBytes.Read(bytes)), ChallengePurpose.Login);
    }

    private static Username Name(string text) => Username.TryParse(text, out var username) ? username : default;
}
