using NymDirectory.Localnet.CommandLine;

namespace NymDirectory.Localnet.Tests.CommandLine;

public class DurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("300ms", 300)]
    [InlineData("1.5s", 1500)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    public void TryParse_Duration_IsRead(string text, double milliseconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("ms")]
    [InlineData("-1s")]
    [InlineData("25h")]
    [InlineData("1 s")]
    [InlineData("1e9s")]
    public void TryParse_SomethingElse_IsFalse(string text) => Assert.False(Duration.TryParse(text, out _));
}
