using NymDirectory.Compose.Harness;
using NymDirectory.EndToEnd.Users;

namespace NymDirectory.Compose.Node;

/// <summary>Backup and restore as an operator of containers does them: no shell in there, and a root that nobody can write to.</summary>
[Collection(ComposeTests.Name)]
public sealed class BackupTests(ComposeNode node)
{
    private const string Program = "/app/NymDirectory.DirectoryService";
    private const string Copy = "/data/backup.db";

    [ComposeFact]
    public async Task Restore_OfABackupOfTheRunningNode_BringsBackItsUsers()
    {
        await using var before = await LegacyClient.RegisteredAsync(node.Gateway, Names.New("before"));
        await node.Project.RunAsync("exec", "-T", "directory", Program, "backup", Copy, "--overwrite");
        await using var after = await LegacyClient.RegisteredAsync(node.Gateway, Names.New("after"));

        await node.Project.RunAsync("stop", "gateway", "relay", "directory");
        await node.Project.RunAsync("run", "--rm", "-T", "--no-deps", "directory", "restore", Copy, "--replace");
        await node.Project.UpAsync(["directory", "relay", "gateway"], "--no-recreate");

        await before.LookUpAsync(before.Username);
        await before.LogInAsync();
        Assert.Equal("No user found", (await before.AskAsync(LegacyClient.Query(after.Username), "queryResponse")).Content);
    }
}
