using NymDirectory.Load.CommandLine;

namespace NymDirectory.Load.Tests.CommandLine;

/// <summary>What <c>--programs</c> takes.</summary>
public sealed class ProgramsTests
{
    [Theory]
    [InlineData("send")]
    [InlineData("all")]
    [InlineData("stages")]
    [InlineData("sizes", "speed")]
    [InlineData("packets")]
    [InlineData("scale")]
    [InlineData("endurance")]
    [InlineData("soak")]
    public void Programs_AFolderWithout_IsRefusedInALine(params string[] command)
    {
        var folder = Directory.CreateTempSubdirectory("nymdirectory-no-programs-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "Gateway"));
            var parsed = LoadCommand.Create().Parse([.. command, "--programs", folder.FullName]);
            Assert.Contains($"no published programs in {folder.FullName}", Assert.Single(parsed.Errors).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Programs_AFolderWithAll_IsTaken()
    {
        var folder = Directory.CreateTempSubdirectory("nymdirectory-programs-");
        try
        {
            foreach (var program in (string[])["Gateway", "Directory", "Relay", "Localnet", "ExpensiveRelay", "Receiver"])
            {
                Directory.CreateDirectory(Path.Combine(folder.FullName, program));
            }

            Assert.Empty(LoadCommand.Create().Parse(["send", "--programs", folder.FullName]).Errors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
