using Microsoft.Extensions.Logging;
using NymDirectory.Localnet.Logging;

namespace NymDirectory.Localnet.Tests.Logging;

public class RustLogFilterTests
{
    [Theory]
    [InlineData(null, "a::b", LogLevel.Information, true)]
    [InlineData(null, "a::b", LogLevel.Debug, false)]
    [InlineData("warn", "a::b", LogLevel.Information, false)]
    [InlineData("warn", "a::b", LogLevel.Warning, true)]
    [InlineData("off", "a::b", LogLevel.Error, false)]
    [InlineData("warn,a::b=info", "a::b", LogLevel.Information, true)]
    [InlineData("warn,a::b=info", "a::bc", LogLevel.Information, false)]
    [InlineData("info,a=error,a::b=debug", "a::b::c", LogLevel.Debug, true)]
    [InlineData("info,a=error,a::b=debug", "a::c", LogLevel.Warning, false)]
    [InlineData("a=debug", "b", LogLevel.Warning, false)]
    [InlineData("a", "a", LogLevel.Trace, true)]
    [InlineData("info,a=nonsense", "a", LogLevel.Information, true)]
    public void IsEnabled_Directives_FollowTheLongestModule(string? variable, string module, LogLevel level, bool expected) =>
        Assert.Equal(expected, new RustLogFilter(variable).IsEnabled(module, level));
}
