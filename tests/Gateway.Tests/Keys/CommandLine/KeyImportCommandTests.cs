using System.Security.Cryptography;
using System.Text;
using NymDirectory.Signatures;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.Keys.CommandLine;

/// <summary>The real program on key files of the documented form, made here by nothing but the platform's primitives.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class KeyImportCommandTests : IDisposable
{
    private const string OldSecret = "pässword of old";
    private const string Secret = "correct horse battery staple";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Import_OldKey_BecomesTheNodesKeySealedAnew()
    {
        using var old = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        WriteOld(old.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(_folder.File("secret"), Secret + "\n");

        var imported = await RunAsync("--Gateway:KeyPassphraseFile=secret");
        var again = await RunAsync("--Gateway:KeyPassphraseFile=secret");

        Assert.Equal((0, ""), (imported.ExitCode, imported.Errors));
        Assert.Contains($"{_folder.File("data/node_key.pem")} (made now, sealed)", imported.Output, StringComparison.Ordinal);
        Assert.Contains("(there already, sealed)", again.Output, StringComparison.Ordinal);
        using var key = SigningKey.FromEncryptedPem(await File.ReadAllTextAsync(_folder.File("data/node_key.pem")), Secret);
        Assert.Equal(old.ExportSubjectPublicKeyInfo(), key.PublicKey.SubjectPublicKeyInfo.ToArray());
        Assert.Equal(key.PublicKey.Pem, await File.ReadAllTextAsync(_folder.File("data/node_public_key.pem")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("data/node_key.pem")));
    }

    [Fact]
    public async Task Import_WhereThereIsAnotherKey_LeavesItAndSaysSo()
    {
        using var old = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        WriteOld(old.ExportPkcs8PrivateKeyPem());
        await GatewayCommand.RunAsync(_folder.Path, "key", "--Gateway:DataDirectory=data");
        var before = (await File.ReadAllTextAsync(_folder.File("data/node_key.pem")), await File.ReadAllTextAsync(_folder.File("data/node_public_key.pem")));

        (await RunAsync()).AssertRefused("holds another key");

        Assert.Equal(before, (await File.ReadAllTextAsync(_folder.File("data/node_key.pem")), await File.ReadAllTextAsync(_folder.File("data/node_public_key.pem"))));
    }

    [Fact]
    public async Task Import_WhatCannotBeOpened_IsRefusedInOneLineAndMakesNoKey()
    {
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        WriteOld(p256.ExportPkcs8PrivateKeyPem());
        var whole = await File.ReadAllTextAsync(_folder.File("old.enc"));
        await File.WriteAllTextAsync(_folder.File("old.pass"), "wrong");
        (await RunAsync()).AssertRefused("does not open with this passphrase");
        await File.WriteAllTextAsync(_folder.File("old.pass"), "\n");
        (await RunAsync()).AssertRefused("passphrase file old.pass is empty");

        WriteOld(p384.ExportPkcs8PrivateKeyPem());
        (await RunAsync()).AssertRefused("holds no P-256 private key");
        WriteOld("not a key");
        (await RunAsync()).AssertRefused("holds no P-256 private key");

        var bytes = Convert.FromBase64String(whole);
        bytes[^1] ^= 1;
        await WriteAsync(Convert.ToBase64String(bytes), "damaged");
        await WriteAsync(whole[..40], "is not the key file");
        await WriteAsync("-----BEGIN PRIVATE KEY-----", "is not the key file");
        await WriteAsync("", "is not the key file");
        await WriteAsync(new string('A', 1 << 20), "is not the key file");
        File.Delete(_folder.File("old.enc"));
        (await RunAsync()).AssertRefused("cannot be read");
        Assert.False(Directory.Exists(_folder.File("data")));

        async Task WriteAsync(string text, string reason)
        {
            await File.WriteAllTextAsync(_folder.File("old.enc"), text);
            (await RunAsync()).AssertRefused(reason);
        }
    }

    public void Dispose() => _folder.Dispose();

    private void WriteOld(string pem)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var iv = RandomNumberGenerator.GetBytes(12);
        var plain = Encoding.UTF8.GetBytes(pem);
        var (tag, sealedPem) = (new byte[16], new byte[plain.Length]);
        using var cipher = new AesGcm(Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(OldSecret), salt, 100_000, HashAlgorithmName.SHA256, 32), 16);
        cipher.Encrypt(iv, plain, sealedPem, tag);
        File.WriteAllText(_folder.File("old.enc"), Convert.ToBase64String([.. salt, .. iv, .. tag, .. sealedPem]));

        // Old servers strip what is around it.
        File.WriteAllText(_folder.File("old.pass"), $" {OldSecret}\n\n");
    }

    private Task<GatewayCommand> RunAsync(params string[] settings) => GatewayCommand.RunAsync(
        _folder.Path, ["key", "import", "old.enc", "--passphrase-file", "old.pass", "--Gateway:DataDirectory=data", .. settings]);
}
