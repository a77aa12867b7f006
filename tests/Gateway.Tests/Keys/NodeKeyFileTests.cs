using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NymDirectory.Gateway.Keys;
using NymDirectory.Hosting;
using NymDirectory.TestKit;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;

namespace NymDirectory.Gateway.Tests.Keys;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class NodeKeyFileTests : IDisposable
{
    private const string Secret = "correct horse battery staple";

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(null)]
    [InlineData(Secret)]
    public void LoadOrCreate_Twice_GivesTheSameKey(string? passphrase)
    {
        using var made = Load(passphrase).Key;
        using var read = Load(passphrase).Key;

        Assert.Equal(made.PublicKey, read.PublicKey);
    }

    [Fact]
    public void LoadOrCreate_NewKey_IsForTheOwnerOnlyAndLeavesNothingBeside()
    {
        var loaded = Load(Secret);

        Assert.True(loaded.IsNew && loaded.IsSealed);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
        Assert.Equal([KeyPath], Directory.GetFiles(Path.GetDirectoryName(KeyPath)!));
    }

    [Fact]
    public void LoadOrCreate_SealedKey_OpensInBouncyCastle()
    {
        using var key = Load(Secret).Key;

        using var file = new StreamReader(KeyPath);
        using var reader = new PemReader(file, new FixedPassword());
        var opened = Assert.IsType<ECPrivateKeyParameters>(reader.ReadObject());
        var mine = ECDsaParameters(key.ExportPem());
        Assert.Equal(mine.D, Pad(opened.D.ToByteArrayUnsigned()));
    }

    [Fact]
    public void LoadOrCreate_SealedKey_IsPbes2WithManyRounds()
    {
        Load(Secret).Key.Dispose();

        var label = PemEncoding.Find(File.ReadAllText(KeyPath));
        Assert.Equal("ENCRYPTED PRIVATE KEY", File.ReadAllText(KeyPath)[label.Label]);
        var info = Org.BouncyCastle.Asn1.Pkcs.EncryptedPrivateKeyInfo.GetInstance(Convert.FromBase64String(File.ReadAllText(KeyPath)[label.Base64Data]));
        Assert.Equal(Org.BouncyCastle.Asn1.Pkcs.PkcsObjectIdentifiers.IdPbeS2, info.EncryptionAlgorithm.Algorithm);
        var kdf = Org.BouncyCastle.Asn1.Pkcs.Pbkdf2Params.GetInstance(
            Org.BouncyCastle.Asn1.Pkcs.PbeS2Parameters.GetInstance(info.EncryptionAlgorithm.Parameters).KeyDerivationFunc.Parameters);
        Assert.Equal(600_000, kdf.IterationCount.IntValue);
        Assert.Equal(Org.BouncyCastle.Asn1.Pkcs.PkcsObjectIdentifiers.IdHmacWithSha256, kdf.Prf.Algorithm);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData(null)]
    public void LoadOrCreate_SealedKeyWithoutItsPassphrase_IsRefusedAndUntouched(string? passphrase)
    {
        Load(Secret).Key.Dispose();
        var before = File.ReadAllBytes(KeyPath);

        Assert.Throws<InvalidConfigurationException>(() => Load(passphrase));

        Assert.Equal(before, File.ReadAllBytes(KeyPath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n")]
    public void LoadOrCreate_Garbage_IsRefusedInOneLineAndUntouched(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyPath)!);
        File.WriteAllText(KeyPath, text);

        var refused = Assert.Throws<InvalidConfigurationException>(() => Load(Secret));

        Assert.DoesNotContain('\n', refused.Message);
        Assert.DoesNotContain(Secret, refused.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(KeyPath));
    }

    [Fact]
    public void LoadOrCreate_KeyOfAnotherCurve_IsRefused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Directory.CreateDirectory(Path.GetDirectoryName(KeyPath)!);
        File.WriteAllText(KeyPath, other.ExportPkcs8PrivateKeyPem());

        Assert.Throws<InvalidConfigurationException>(() => Load(null));
    }

    [Fact]
    public void LoadOrCreate_FolderThatIsAFile_IsRefusedInOneLine()
    {
        File.WriteAllText(_folder.File("deep"), "in the way");

        Assert.Throws<InvalidConfigurationException>(() => Load(null));
    }

    [Fact]
    public async Task LoadOrCreate_ManyAtOnce_AllGetOneKey()
    {
        var loads = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Load(null))));

        Assert.Single(loads.Select(loaded => loaded.Key.PublicKey).Distinct());
        Assert.Single(loads, loaded => loaded.IsNew);
    }

    [Fact]
    public void NodeKey_AtAStart_PublishesThePublicKeyAndWarnsWhenUnsealed()
    {
        using var logs = new RecordingLoggerProvider();
        using var node = Start(new GatewayOptions { DataDirectory = _folder.Path }, logs);

        Assert.Equal(node.Key.PublicKey.Pem, File.ReadAllText(_folder.File("node_public_key.pem")));
        Assert.Contains(logs.Entries, entry => entry.Level == LogLevel.Warning && entry.Message.Contains("unsealed", StringComparison.Ordinal));
        Assert.True(File.Exists(_folder.File("node_key.pem")));
    }

    [Fact]
    public void NodeKey_WithAPassphraseFile_SealsWithItsFirstLine()
    {
        File.WriteAllText(_folder.File("secret"), Secret + "\n");
        using var logs = new RecordingLoggerProvider();
        using var node = Start(
            new GatewayOptions { DataDirectory = _folder.Path, KeyFile = KeyPath, KeyPassphraseFile = _folder.File("secret") }, logs);

        using var read = Load(Secret).Key;
        Assert.Equal(node.Key.PublicKey, read.PublicKey);
        Assert.DoesNotContain(logs.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData(null)]
    public void Read_PassphraseFileWithoutAPassphrase_IsRefused(string? text)
    {
        if (text is not null)
        {
            File.WriteAllText(_folder.File("secret"), text);
        }

        Assert.Throws<InvalidConfigurationException>(() => Passphrase.Read(_folder.File("secret")));
    }

    [Fact]
    public async Task LoadOrCreate_SealedKey_OpensInOpenssl()
    {
        using var key = Load(Secret).Key;
        File.WriteAllText(_folder.File("secret"), Secret + "\n");
        if (await OpensslAsync("pkey", "-in", KeyPath, "-passin", $"file:{_folder.File("secret")}", "-pubout") is not { } published)
        {
            return; // No openssl on this machine: BouncyCastle gave the second opinion.
        }

        Assert.Equal(key.PublicKey.Pem, published);
    }

    public void Dispose() => _folder.Dispose();

    private string KeyPath => _folder.File(Path.Combine("deep", "key.pem"));

    private LoadedKey Load(string? passphrase) => new NodeKeyFile(KeyPath, passphrase).LoadOrCreate();

    private static NodeKey Start(GatewayOptions options, RecordingLoggerProvider logs)
    {
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(logs));
        return new NodeKey(Options.Create(options), factory.CreateLogger<NodeKey>());
    }

    private static ECParameters ECDsaParameters(string pem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return key.ExportParameters(includePrivateParameters: true);
    }

    private static byte[] Pad(byte[] number) => [.. new byte[32 - number.Length], .. number];

    private static async Task<string?> OpensslAsync(params string[] arguments)
    {
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "openssl"))))
        {
            return null;
        }

        using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    private sealed class FixedPassword : IPasswordFinder
    {
        public char[] GetPassword() => Secret.ToCharArray();
    }
}
