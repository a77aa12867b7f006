using System.Text.Json;
using NymDirectory.Mixnet;
using NymDirectory.TestKit;

namespace NymDirectory.Localnet.Tests.Processes;

public sealed class InitTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Init_NewIdAsJson_PrintsTheAddressInBothForms()
    {
        var (code, output, errors) = await LocalnetProcess.RunAsync(_home.Path, "init", "--id", "a", "--port", "4321", "-o", "json");

        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        var address = NymAddress.Parse(json.RootElement.GetProperty("client_address").GetString()!);
        Assert.Equal(address.Bytes.ToArray(), json.RootElement.GetProperty("address").EnumerateArray().Select(number => number.GetByte()));
        Assert.Contains("listening_port = 4321", await File.ReadAllTextAsync(_home.File(".nym/clients/a/config/config.toml")), StringComparison.Ordinal);
        Assert.Contains("NOT ANONYMOUS", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_SameIdTwice_ExitsWithOneAndChangesNothing()
    {
        await LocalnetProcess.RunAsync(_home.Path, "init", "--id", "a");
        var before = await File.ReadAllTextAsync(_home.File(".nym/clients/a/keys/address.txt"));

        var (code, _, errors) = await LocalnetProcess.RunAsync(_home.Path, "init", "--id", "a");

        Assert.Equal(1, code);
        Assert.Contains("already initialised", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(_home.File(".nym/clients/a/keys/address.txt")));
    }

    [Fact]
    public async Task Init_WithAGateway_HasItInTheAddress()
    {
        const string Gateway = "DKhbwnsEMGZhq2qvuUoCxa77odYEJAb5Eb1QmMVgHZMA";

        var (code, output, _) = await LocalnetProcess.RunAsync(_home.Path, "init", "--id", "a", "--gateway", Gateway);

        Assert.Equal(0, code);
        Assert.EndsWith("@" + Gateway, output.Trim(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("init", "--id", "../a")]
    [InlineData("init", "--id", "a", "--gateway", "nonsense")]
    [InlineData("init", "--id", "a", "--port", "99999")]
    [InlineData("init")]
    [InlineData("run", "--id", "nobody")]
    [InlineData("run", "--id", "a", "--no-such-option")]
    [InlineData("run", "--id", "a", "--hub", "nowhere")]
    [InlineData("hub", "--listen", "127.0.0.1:1:1:1")]
    [InlineData("hub", "--loss", "1.5")]
    [InlineData("faults", "--delay", "5 parsecs")]
    [InlineData("faults", "--hub", "127.0.0.1:1")]
    [InlineData("faults", "--show", "--loss", "0.5")]
    [InlineData("nonsense")]
    public async Task AnyCommand_WrongInput_IsOneLineAndExitCodeOne(params string[] arguments)
    {
        var (code, output, errors) = await LocalnetProcess.RunAsync(_home.Path, arguments);

        Assert.Equal(1, code);
        Assert.StartsWith("error: ", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Equal("", output.Trim());
    }

    [Theory]
    [InlineData("help")]
    [InlineData("--help")]
    [InlineData("help", "faults")]
    public async Task Help_IsShown(params string[] arguments)
    {
        var (code, output, _) = await LocalnetProcess.RunAsync(_home.Path, arguments);

        Assert.Equal(0, code);
        Assert.Contains("Usage:", output, StringComparison.Ordinal);
    }
}
