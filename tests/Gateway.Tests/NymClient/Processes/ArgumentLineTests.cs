using NymDirectory.Gateway.NymClient.Processes;

namespace NymDirectory.Gateway.Tests.NymClient.Processes;

public sealed class ArgumentLineTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("   ", new string[0])]
    [InlineData("--fastmode", new[] { "--fastmode" })]
    [InlineData(" --gateway  KEY\t--fastmode ", new[] { "--gateway", "KEY", "--fastmode" })]
    [InlineData("--a 'b c' \"d 'e' f\"", new[] { "--a", "b c", "d 'e' f" })]
    [InlineData("--empty '' --x=\"y z\"", new[] { "--empty", "", "--x=y z" })]
    public void Split_LineOfAnOperator_IsItsArguments(string line, string[] expected) => Assert.Equal(expected, ArgumentLine.Split(line));
}
