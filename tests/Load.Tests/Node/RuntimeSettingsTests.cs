using System.Text.Json;

namespace NymDirectory.Load.Tests.Node;

/// <summary>
/// What was measured is what programs are built with: nothing else would show that a setting of the runtime got lost. What each was worth is in
/// <c>docs/benchmarks.md</c>.
/// </summary>
public sealed class RuntimeSettingsTests
{
    [Theory]
    [InlineData("NymDirectory.DirectoryService")]
    [InlineData("NymDirectory.Gateway")]
    [InlineData("NymDirectory.Relay")]
    public void Services_AreBuiltWith_WhatWasMeasured(string program)
    {
        var settings = SettingsOf(program);
        Assert.Equal(0, settings["System.Threading.ThreadPool.UnfairSemaphoreSpinLimit"].GetInt32());
        Assert.True(settings["System.Threading.ThreadPool.HillClimbing.Disable"].GetBoolean());
        Assert.Equal(8 << 20, settings["System.GC.Gen0MaxBudget"].GetInt32());
        Assert.False(settings["System.GC.Server"].GetBoolean());
        Assert.False(settings["System.Runtime.TieredPGO"].GetBoolean());
        // As many workers as cores.
        Assert.False(settings.ContainsKey("System.Threading.ThreadPool.MinThreads"));
    }

    [Fact]
    public void Localnet_IsBuiltWith_OneWorker()
    {
        var settings = SettingsOf("NymDirectory.Localnet");
        Assert.Equal(1, settings["System.Threading.ThreadPool.MinThreads"].GetInt32());
        Assert.True(settings["System.Threading.ThreadPool.HillClimbing.Disable"].GetBoolean());
        Assert.Equal(0, settings["System.Threading.ThreadPool.UnfairSemaphoreSpinLimit"].GetInt32());
    }

    private static Dictionary<string, JsonElement> SettingsOf(string program)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, program + ".runtimeconfig.json"));
        using var config = JsonDocument.Parse(file);
        return config.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties").EnumerateObject()
            .ToDictionary(setting => setting.Name, setting => setting.Value.Clone());
    }
}
