using NymDirectory.Signatures;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.Keys.CommandLine;

/// <summary>Starts the real program: nothing of the service may come up in it.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class KeyCommandTests : IDisposable
{
    private const string Secret = "correct horse battery staple";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Key_NoKeyYet_MakesBothFilesAndSaysWhere()
    {
        var made = await RunAsync("--Gateway:DataDirectory=deep/data");

        Assert.Equal(0, made.ExitCode);
        Assert.Contains($"private key: {_folder.File("deep/data/node_key.pem")} (made now, unsealed)", made.Output, StringComparison.Ordinal);
        Assert.Contains($"public key: {_folder.File("deep/data/node_public_key.pem")}", made.Output, StringComparison.Ordinal);
        Assert.Contains("Gateway__KeyPassphraseFile", made.Errors, StringComparison.Ordinal);
        using var key = SigningKey.FromPem(await File.ReadAllTextAsync(_folder.File("deep/data/node_key.pem")));
        Assert.Equal(key.PublicKey.Pem, await File.ReadAllTextAsync(_folder.File("deep/data/node_public_key.pem")));
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.File("deep/data")).Length);
    }

    [Fact]
    public async Task Key_WithAPassphrase_SealsItAndIsContentWithItNextTime()
    {
        await WriteSecretAsync(Secret);
        var made = await RunAsync("--Gateway:DataDirectory=data", "--Gateway:KeyFile=keys/k.pem", "--Gateway:KeyPassphraseFile=secret");
        var before = await File.ReadAllTextAsync(_folder.File("keys/k.pem"));
        var again = await RunAsync("--Gateway:DataDirectory=data", "--Gateway:KeyFile=keys/k.pem", "--Gateway:KeyPassphraseFile=secret");

        Assert.Equal((0, 0), (made.ExitCode, again.ExitCode));
        Assert.Equal("", made.Errors + again.Errors);
        Assert.Contains("keys/k.pem (there already, sealed)", again.Output, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(_folder.File("keys/k.pem")));
        using var key = SigningKey.FromEncryptedPem(before, Secret);
        Assert.Equal(key.PublicKey.Pem, await File.ReadAllTextAsync(_folder.File("data/node_public_key.pem")));
    }

    [Fact]
    public async Task Key_SealedByAnotherPassphrase_IsRefusedInOneLineAndUntouched()
    {
        await WriteSecretAsync(Secret);
        await RunAsync("--Gateway:DataDirectory=.", "--Gateway:KeyPassphraseFile=secret");
        var before = await File.ReadAllTextAsync(_folder.File("node_key.pem"));
        await WriteSecretAsync("canary");

        (await RunAsync("--Gateway:DataDirectory=.", "--Gateway:KeyPassphraseFile=secret")).AssertRefused("does not open with this passphrase");
        (await RunAsync("--Gateway:DataDirectory=.")).AssertRefused("set Gateway__KeyPassphraseFile");

        Assert.Equal(before, await File.ReadAllTextAsync(_folder.File("node_key.pem")));
    }

    [Theory]
    [InlineData("--Gateway:KeyPassphraseFile=nowhere", "passphrase file nowhere cannot be read")]
    [InlineData("--Gateway:DataDirectory=/dev/null", "/dev/null/node_key.pem cannot be read or written")]
    [InlineData("--Gateway:Id=has space", "Gateway__Id must be")]
    [InlineData("--seal", "--seal")]
    public async Task Key_SettingsThatCannotWork_AreRefusedInOneLine(string setting, string reason)
    {
        (await RunAsync(setting)).AssertRefused(reason);

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private Task WriteSecretAsync(string secret) => File.WriteAllTextAsync(_folder.File("secret"), secret + "\n");

    private Task<GatewayCommand> RunAsync(params string[] arguments) => GatewayCommand.RunAsync(_folder.Path, ["key", .. arguments]);
}
