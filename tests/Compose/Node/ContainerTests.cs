using NymDirectory.Compose.Harness;

namespace NymDirectory.Compose.Node;

/// <summary>How the containers of the node run.</summary>
[Collection(ComposeTests.Name)]
public sealed class ContainerTests(ComposeNode node)
{
    private static readonly string[] OwnServices = ["gateway", "directory", "relay", "hub"];

    [ComposeFact]
    public async Task Containers_RunAsNobodyOnAReadOnlyRoot()
    {
        foreach (var service in OwnServices)
        {
            foreach (var container in await node.Project.ContainersAsync(service))
            {
                Assert.Equal(
                    "1654:1654 true [ALL] [no-new-privileges:true]",
                    await ComposeProject.InspectAsync(
                        container, "{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}}"));
                // What is said there is what is so: every process is that user's, and nothing was written beside the volumes.
                var processes = (await DockerCommand.RunAsync(["top", container, "-o", "uid,pid"])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
                Assert.NotEmpty(processes.Skip(1));
                Assert.All(processes.Skip(1), process => Assert.StartsWith("1654 ", process.TrimStart(), StringComparison.Ordinal));
                Assert.Equal(string.Empty, await DockerCommand.RunAsync(["diff", container]));
            }
        }
    }

    [ComposeFact]
    public async Task Services_ArePublishedNowhere()
    {
        foreach (var service in new[] { "gateway", "directory", "relay" })
        {
            var container = Assert.Single(await node.Project.ContainersAsync(service));
            Assert.Equal("{}", await ComposeProject.InspectAsync(container, "{{json .HostConfig.PortBindings}}"));
        }
    }

    [ComposeFact]
    public async Task Services_TellTheCLibraryHowToHandOutMemory()
    {
        foreach (var service in new[] { "gateway", "directory", "relay" })
        {
            var container = Assert.Single(await node.Project.ContainersAsync(service));
            var variables = await ComposeProject.InspectAsync(container, "{{range .Config.Env}}{{println .}}{{end}}");
            Assert.Superset(
                new HashSet<string> { "MALLOC_ARENA_MAX=1", "MALLOC_MMAP_THRESHOLD_=65536" }, variables.Split('\n', StringSplitOptions.TrimEntries).ToHashSet());
        }
    }

    [ComposeFact]
    public async Task NodeKey_IsMadeOnceAndGatewaysOnlyReadIt()
    {
        var key = await node.Project.ReadFileAsync("gateway", "/key/node_key.pem");
        await node.Project.RunAsync("run", "--rm", "--no-deps", "node-key");
        Assert.Equal(key, await node.Project.ReadFileAsync("gateway", "/key/node_key.pem"));
        var gateway = Assert.Single(await node.Project.ContainersAsync("gateway"));
        Assert.Equal("false", await ComposeProject.InspectAsync(gateway, "{{range .Mounts}}{{if eq .Destination \"/key\"}}{{.RW}}{{end}}{{end}}"));
    }
}
