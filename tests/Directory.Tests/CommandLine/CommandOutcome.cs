using System.Text;

namespace NymDirectory.DirectoryService.Tests.CommandLine;

/// <summary>How a command ended and what it said.</summary>
internal sealed record CommandOutcome(int ExitCode, byte[] OutputBytes, string Errors)
{
    public string Output => Encoding.UTF8.GetString(OutputBytes);

    public CommandOutcome AssertDone()
    {
        Assert.Equal("", Errors);
        Assert.Equal(0, ExitCode);
        return this;
    }

    /// <summary>It failed, and said why in one line and nothing else.</summary>
    public void AssertRefused(string reason)
    {
        Assert.Equal(1, ExitCode);
        Assert.Contains(reason, Errors, StringComparison.Ordinal);
        Assert.Single(Errors.TrimEnd('\n').Split('\n'));
        Assert.Empty(OutputBytes);
    }
}
