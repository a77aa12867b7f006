using NymDirectory.Hosting;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests;

public sealed class GatewayAppTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("--Gateway:Id=has space")]
    [InlineData("--Gateway:Id=")]
    [InlineData("--Gateway:Endpoint=localhost:5100")]
    [InlineData("--Gateway:KeyPassphraseFile=/nowhere/to/be/found")]
    [InlineData("--Gateway:DataDirectory=/dev/null")]
    [InlineData("--NymClient:Host=two words")]
    [InlineData("--NymClient:Port=abc")]
    [InlineData("--NymClient:StopPatience=long")]
    public async Task RunAsync_SettingsThatCannotWork_EndsWithOne(string setting) => Assert.Equal(1, await RunAsync(setting));

    [Fact]
    public async Task RunAsync_KeyFileThatIsNone_EndsWithOneAndLeavesItAlone()
    {
        await File.WriteAllTextAsync(_folder.File("node_key.pem"), "precious");

        Assert.Equal(1, await RunAsync());
        Assert.Equal("precious", await File.ReadAllTextAsync(_folder.File("node_key.pem")));
    }

    [Fact]
    public async Task RunAsync_SealKeyThatIsNone_EndsWithOneAndLeavesItAlone()
    {
        await File.WriteAllTextAsync(_folder.File("seal.key"), "precious");

        Assert.Equal(1, await RunAsync());
        Assert.Equal("precious", await File.ReadAllTextAsync(_folder.File("seal.key")));
    }

    public void Dispose() => _folder.Dispose();

    private Task<int> RunAsync(params string[] settings)
    {
        string[] arguments =
        [
            "--urls=http://127.0.0.1:0", "--Health:Url=http://127.0.0.1:0", "--NymClient:Managed=false",
            $"--Gateway:DataDirectory={_folder.Path}", .. settings,
        ];
        return ServiceHost.RunAsync(GatewayApp.Description, arguments, args => GatewayApp.Build(args)).Within();
    }
}
