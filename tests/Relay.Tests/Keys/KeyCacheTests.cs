using System.Globalization;
using CsCheck;
using Google.Protobuf;
using NymDirectory.Relay.Keys;
using NymDirectory.Signatures;
using NymDirectory.TestKit;

namespace NymDirectory.Relay.Tests.Keys;

public sealed class KeyCacheTests
{
    private readonly SignatureVerifier _verifier = Verifier();

    [Fact]
    public void TryGet_NameThatWasSet_IsFound()
    {
        var cache = new KeyCache(10);
        var key = Key();
        cache.Set("alice", key);
        Assert.True(cache.TryGet("alice", out var found));
        Assert.Same(key, found);
        Assert.False(cache.TryGet("Alice", out _));
    }

    [Fact]
    public void Set_NameAgain_ReplacesTheKeyInBothGenerations()
    {
        var cache = new KeyCache(4);
        cache.Set("alice", Key());
        cache.Set("bob", Key());
        var newer = Key();
        cache.Set("alice", newer);
        cache.Set("carol", Key());
        Assert.True(cache.TryGet("alice", out var found));
        Assert.Same(newer, found);
    }

    [Fact]
    public void Forget_Name_IsGone()
    {
        var cache = new KeyCache(4);
        cache.Set("alice", Key());
        cache.Set("bob", Key());
        cache.Forget("alice");
        cache.Forget("bob");
        Assert.False(cache.TryGet("alice", out _));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void Set_MoreThanItsCapacity_StaysBoundedAndKeepsWhatIsUsed()
    {
        var cache = new KeyCache(100);
        cache.Set("alice", Key());
        for (var i = 0; i < 10_000; i++)
        {
            cache.Set(i.ToString(CultureInfo.InvariantCulture), Key());
            Assert.True(cache.TryGet("alice", out _));
            Assert.InRange(cache.Count, 1, 100);
        }

        Assert.False(cache.TryGet("0", out _));
    }

    [Fact]
    public void Anything_FromManyThreads_StaysBoundedAndRight()
    {
        var cache = new KeyCache(20);
        Parallel.For(0, 8, thread =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                var name = ((i * (thread + 1)) % 50).ToString(CultureInfo.InvariantCulture);
                var key = new SenderKey(ByteString.CopyFromUtf8(name), _verifier);
                if (i % 7 == 0)
                {
                    cache.Forget(name);
                }
                else if (cache.TryGet(name, out var found))
                {
                    Assert.Equal(name, found.Id.ToStringUtf8());
                }
                else
                {
                    cache.Set(name, key);
                }
            }
        });
        Assert.InRange(cache.Count, 0, 20);
    }

    [Fact]
    public void AnySequence_AgainstADictionary_NeverGivesAnotherKey() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 9]).Array[0, 60].Sample(steps =>
        {
            var cache = new KeyCache(6);
            var model = new Dictionary<string, SenderKey>();
            foreach (var (what, number) in steps)
            {
                var name = number.ToString(CultureInfo.InvariantCulture);
                if (what == 0)
                {
                    cache.Set(name, model[name] = Key());
                }
                else if (what == 1)
                {
                    cache.Forget(name);
                    model.Remove(name);
                }
                else if (cache.TryGet(name, out var found))
                {
                    Assert.Same(model[name], found);
                }

                Assert.InRange(cache.Count, 0, 6);
            }
        });

    [Fact]
    public void Set_MoreThanItsCapacity_WhatIsForgottenKeepsNoImportedKey()
    {
        using var signer = SigningKey.Generate();
        var signature = signer.SignHex("data"u8);
        var cache = new KeyCache(4);
        var keys = Enumerable.Range(0, 8).Select(_ => new SenderKey(ByteString.CopyFromUtf8("id"), new SignatureVerifier(signer.PublicKey))).ToList();
        for (var i = 0; i < keys.Count; i++)
        {
            cache.Set(i.ToString(CultureInfo.InvariantCulture), keys[i]);
            Assert.True(keys[i].Verifier.Verify("data"u8, signature));
        }

        for (var i = 0; i < keys.Count; i++)
        {
            Assert.Equal(cache.TryGet(i.ToString(CultureInfo.InvariantCulture), out _), keys[i].Verifier.IsImported);
        }
    }

    private static SignatureVerifier Verifier()
    {
        Assert.True(P256PublicKey.TryParsePem(Vectors.Load().Keys["alice"].Public, out var key));
        return new SignatureVerifier(key);
    }

    private SenderKey Key() => new(ByteString.CopyFromUtf8("id"), _verifier);
}
