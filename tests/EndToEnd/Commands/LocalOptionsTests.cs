using Command = NymDirectory.Local.CommandLine.LocalCommand;

namespace NymDirectory.EndToEnd.Commands;

/// <summary>What the one command says of options that it cannot take.</summary>
public sealed class LocalOptionsTests
{
    [Theory]
    [InlineData("--port", "abc", "--port takes 1024 to 52000.")]
    [InlineData("--port", "99999", "--port takes 1024 to 52000.")]
    [InlineData("--port", "99999999999", "--port takes 1024 to 52000.")]
    [InlineData("--nym-client-port", "1977x", "--nym-client-port takes 1 to 65535.")]
    [InlineData("--nym-client-port", "0", "--nym-client-port takes 1 to 65535.")]
    [InlineData("--relays", "many", "--relays takes 1 to 16.")]
    [InlineData("--relays", "17", "--relays takes 1 to 16.")]
    public void Parse_ANumberItCannotTake_SaysWhatItTakes(string option, string value, string expected)
    {
        var result = Create().Parse([option, value]);
        Assert.Contains(expected, result.Errors.Select(error => error.Message));
    }

    [Fact]
    public void Parse_WalkthroughThroughThreeGateways_SaysHowMany() =>
        Assert.Equal("--node takes one folder or two.", Assert.Single(Create().Parse(["walkthrough", "--node", "a", "--node", "b", "--node", "c"]).Errors).Message);

    [Fact]
    public void Parse_NumbersInRange_HasNoErrors() =>
        Assert.Empty(Create().Parse(["--port", "5200", "--nym-client-port", "1", "--relays", "16"]).Errors);

    private static System.CommandLine.RootCommand Create() => Command.Create((_, _) => Task.FromResult(0), (_, _, _) => Task.FromResult(0));
}
