using System.Text.Json.Nodes;
using NymDirectory.Compose.Harness;

namespace NymDirectory.Compose.Node;

/// <summary>The compose files as operators use them: valid, without a warning, and with no way in.</summary>
public sealed class ComposeFileTests
{
    private const string Base = "docker-compose.yml";
    private const string Mainnet = "deploy/compose.mainnet.yml";
    private const string Observability = "deploy/compose.observability.yml";
    private const string Sum = "0000000000000000000000000000000000000000000000000000000000000000";

    [ComposeFact]
    public async Task Config_EveryCombination_IsValidAndWarnsAboutNothing()
    {
        foreach (var files in new string[][] { [Base], [Base, Observability], [Base, Mainnet], [Base, Mainnet, Observability] })
        {
            var result = await ConfigAsync(files);
            Assert.True(result.ExitCode == 0, result.Errors);
            Assert.Equal(string.Empty, result.Errors);
        }
    }

    [ComposeFact]
    public async Task Config_PublishesPagesOnLoopbackOnly()
    {
        var published = Services(await ConfigAsync([Base, Observability]))
            .Where(service => service.Value!["ports"] is JsonArray { Count: > 0 })
            .Select(service => $"{service.Key} {service.Value!["ports"]![0]!["host_ip"]}");
        Assert.Equal(["grafana 127.0.0.1", "jaeger 127.0.0.1"], published.Order());
    }

    [ComposeFact]
    public async Task Config_Mainnet_HasNoStandInAndSavesReplyBlocks()
    {
        var services = Services(await ConfigAsync([Base, Mainnet]));
        Assert.Null(services["hub"]);
        foreach (var gateway in new[] { services["gateway"]!, services["gateway-2"]! })
        {
            Assert.Equal("SIGINT", gateway["stop_signal"]!.GetValue<string>());
            Assert.Equal("1m0s", gateway["stop_grace_period"]!.GetValue<string>());
            Assert.Equal("gateway-mainnet", gateway["build"]!["target"]!.GetValue<string>());
            Assert.Equal(Sum, gateway["build"]!["args"]!["NYM_CLIENT_SHA256"]!.GetValue<string>());
        }

        Assert.Equal("false", services["relay"]!["environment"]!["Telemetry__LinkDelivery"]!.GetValue<string>());
    }

    [ComposeFact]
    public async Task Config_MainnetWithoutAChecksum_SaysWhereToTakeItFrom()
    {
        var result = await DockerCommand.TryAsync(["compose", "-f", Base, "-f", Mainnet, "config", "--quiet"]);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("NYM_CLIENT_SHA256", result.Errors, StringComparison.Ordinal);
        Assert.Contains(".env.example", result.Errors, StringComparison.Ordinal);
    }

    private static JsonObject Services(DockerCommand.Result config) => JsonNode.Parse(config.Output)!["services"]!.AsObject();

    private static Task<DockerCommand.Result> ConfigAsync(string[] files) => DockerCommand.TryAsync(
        [
            "compose", "--env-file", EnvironmentFile.Value, .. files.SelectMany(file => new[] { "-f", file }), "--profile", "two-gateways", "--profile", "walkthrough",
            "config", "--format", "json",
        ]);

    // What an operator writes into .env, in a place of its own.
    private static readonly Lazy<string> EnvironmentFile = new(() =>
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, $"NYM_CLIENT_SHA256={Sum}\n");
        return path;
    });
}
