using NymDirectory.Localnet.Client.Identity;
using NymDirectory.Localnet.CommandLine;
using NymDirectory.Localnet.ReplyBlocks;
using NymDirectory.TestKit;

namespace NymDirectory.Localnet.Tests.Client.Identity;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly ClientFolder _folder;

    public ConfigurationFileTests()
    {
        _folder = ClientFolder.In(_home.Path, "a");
        _folder.Create();
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var configuration = new ClientConfiguration { Host = "0.0.0.0", Port = 4000, Fast = true, NoPacing = true };
        ConfigurationFile.Write(_folder, configuration);

        Assert.Equal(configuration, ConfigurationFile.Read(_folder));
    }

    [Fact]
    public void Read_AppendedSection_Counts()
    {
        ConfigurationFile.Write(_folder, new ClientConfiguration());
        File.AppendAllText(_folder.ConfigFile, """

            [debug.reply_surbs]
            minimum_reply_surb_storage_threshold = 2 # at least 2
            minimum_reply_surb_threshold_buffer = 1_0
            """);

        var expected = new ReplyBlockSettings { MinimumStorageThreshold = 2, MinimumThresholdBuffer = 10 };
        Assert.Equal(expected, ConfigurationFile.Read(_folder).ReplyBlocks);
    }

    [Theory]
    [InlineData("minimum_reply_surb_storage_threshold = 1")]
    [InlineData("minimum_reply_surb_threshold_buffer = -3")]
    [InlineData("minimum_reply_surb_threshold_buffer = 'many'")]
    public void Read_ImpossibleValue_IsTheUsersError(string line)
    {
        File.WriteAllText(_folder.ConfigFile, "[debug.reply_surbs]\n" + line);

        Assert.Throws<UserErrorException>(() => ConfigurationFile.Read(_folder));
    }
}
