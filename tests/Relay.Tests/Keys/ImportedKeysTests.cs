using NymDirectory.Relay.Keys;
using NymDirectory.Signatures;

namespace NymDirectory.Relay.Tests.Keys;

public sealed class ImportedKeysTests
{
    [Fact]
    public void VerifierOf_SameKey_IsTheSameAndChecks()
    {
        using var signer = SigningKey.Generate();
        var keys = new ImportedKeys(10);
        Assert.False(keys.Has(signer.PublicKey));
        var verifier = keys.VerifierOf(signer.PublicKey);
        Assert.True(keys.Has(signer.PublicKey));
        Assert.Same(verifier, keys.VerifierOf(signer.PublicKey));
        Assert.True(verifier.Verify("data"u8, signer.SignHex("data"u8)));
        Assert.False(verifier.Verify("date"u8, signer.SignHex("data"u8)));
    }

    [Fact]
    public void VerifierOf_MoreThanItsCapacity_WhatIsForgottenKeepsNoImportedKey()
    {
        using var signer = SigningKey.Generate();
        var publicKeys = PublicKeys(40);
        var keys = new ImportedKeys(4);
        var verifiers = publicKeys.ConvertAll(keys.VerifierOf);

        // Each was kept when it was asked for, and nearly all have been forgotten since. This makes all of them import.
        verifiers.ForEach(verifier => Assert.False(verifier.Verify("data"u8, signer.SignHex("data"u8))));
        Assert.InRange(keys.Count, 3, 4);
        Assert.All(publicKeys.Zip(verifiers), pair => Assert.Equal(keys.Has(pair.First), pair.Second.IsImported));
    }

    [Fact]
    public void VerifierOf_MoreThanItsCapacity_LetsGoOfWhatWasImported()
    {
        using var signer = SigningKey.Generate();
        var signature = signer.SignHex("data"u8);
        var keys = new ImportedKeys(4);
        var verifiers = PublicKeys(40).ConvertAll(key =>
        {
            var verifier = keys.VerifierOf(key);
            Assert.False(verifier.Verify("data"u8, signature));
            Assert.True(verifier.IsImported);
            return verifier;
        });
        Assert.Equal(keys.Count, verifiers.Count(verifier => verifier.IsImported));
    }

    [Fact]
    public void VerifierOf_OneThatIsUsedBetweenManyOthers_StaysImported()
    {
        using var used = SigningKey.Generate();
        var keys = new ImportedKeys(20);
        var verifier = keys.VerifierOf(used.PublicKey);
        foreach (var other in PublicKeys(200))
        {
            keys.VerifierOf(other);
            Assert.Same(verifier, keys.VerifierOf(used.PublicKey));
        }
    }

    [Fact]
    public void VerifierOf_MoreKeysInTurnThanItsCapacity_KeepsSomeOfThem()
    {
        // By turns is the order in which the least recently used is always the next one needed: what throws that out keeps nothing of use.
        var publicKeys = PublicKeys(100);
        var keys = new ImportedKeys(40);
        for (var round = 0; round < 5; round++)
        {
            publicKeys.ForEach(key => keys.VerifierOf(key));
        }

        var kept = publicKeys.Count(key =>
        {
            var has = keys.Has(key);
            keys.VerifierOf(key);
            return has;
        });
        Assert.InRange(kept, 20, 40);
    }

    [Fact]
    public void Anything_FromManyThreads_ChecksRightAndStaysBounded()
    {
        var signers = Enumerable.Range(0, 12).Select(_ => SigningKey.Generate()).ToList();
        var signatures = signers.ConvertAll(signer => signer.SignHex("data"u8));
        var keys = new ImportedKeys(6);
        Parallel.For(0, 8, thread =>
        {
            for (var i = 0; i < 500; i++)
            {
                var which = ((i * (thread + 1)) + thread) % signers.Count;
                var verifier = keys.VerifierOf(signers[which].PublicKey);
                Assert.True(verifier.Verify("data"u8, signatures[which]));
                Assert.False(verifier.Verify("data"u8, signatures[(which + 1) % signers.Count]));
            }
        });
        signers.ForEach(signer => keys.VerifierOf(signer.PublicKey));
        Assert.InRange(keys.Count, 3, 6);
        signers.ForEach(signer => signer.Dispose());
    }

    private static List<P256PublicKey> PublicKeys(int count) => [.. Enumerable.Range(0, count).Select(_ =>
    {
        using var signer = SigningKey.Generate();
        return signer.PublicKey;
    })];
}
