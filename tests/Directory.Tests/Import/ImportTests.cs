using System.Security.Cryptography;
using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Tests.CommandLine;
using NymDirectory.Signatures;
using NymDirectory.TestKit;
using Arrived = NymDirectory.Contracts.V1.AcceptOutcome.OutcomeOneofCase;

namespace NymDirectory.DirectoryService.Tests.Import;

/// <summary>The real program on files as existing servers and accidents make them.</summary>
public sealed class ImportTests : IDisposable
{
    private static readonly string LongName = new('n', 300);

    private readonly TemporaryFolder _folder = new();

    private string Old => _folder.File("old.db");

    private string Database => _folder.File("node/directory.db");

    [Fact]
    public async Task Import_Users_LogInAreFoundAndAreWrittenToUnderTheirOldKeys()
    {
        await using var directory = await DirectoryUnderTest.StartAsync();
        using var adasKey = SigningKey.Generate();
        using var longKey = SigningKey.Generate();
        OldDirectoryFile.Create(Old, [("ada", adasKey.PublicKey.Pem), (LongName, longKey.PublicKey.Pem)]);
        await directory.RestartAsync(async () => (await DirectoryCommand.RunAsync(directory.Database, "import", Old)).AssertDone());
        await directory.AttachAsync();
        var ada = new TestUser("ada", adasKey, directory.NewRoute());
        var other = new TestUser(LongName, longKey, directory.NewRoute());

        // Their routes are dead until they log in: nothing is sent anywhere.
        Assert.Equal(Arrived.Pending, (await directory.SendAsync(ada, other, "waits")).OutcomeCase);
        Assert.Empty(await directory.LeaseDueAsync());
        await directory.LogInAsync(other, "ack");
        await directory.ResumeAsync(other);
        Assert.Equal("waits", DirectoryUnderTest.Text(Assert.Single(await directory.LeaseDueAsync())));
        Assert.Equal(Arrived.Pending, (await directory.SendAsync(other, ada, "back")).OutcomeCase);
        Assert.Equal(longKey.PublicKey.Pem, (await QueryAsync(directory, LongName)).Found.PublicKeyPem);

        // A new name of that length is still nobody's.
        var begun = await directory.BeginRegistrationAsync(new TestUser(LongName + "x", longKey, directory.NewRoute()));
        Assert.Equal(BeginRegistrationOutcome.OutcomeOneofCase.InvalidUsername, begun.OutcomeCase);
        directory.Service.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task Import_BadRows_AreReportedByRowAndDoNotStopTheRest()
    {
        var pem = NewPem();
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        OldDirectoryFile.Create(
            Old,
            [
                ("canary-first", pem), ("canary space", pem), (null, pem), ("", pem), ("canary-\u00e9", pem), (new byte[] { 1 }, pem),
                ("canary-7", null), ("canary-8", "canary"), ("canary-9", p384.ExportSubjectPublicKeyInfoPem()), ("canary-10", new byte[] { 1 }),
                ("canary-11", ""), ("canary-12", pem + pem), (new string('c', 1025), pem), ("canary-last", pem),
            ],
            groups: 3);

        var outcome = await ImportAsync();

        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal("users taken over 2, there already 0, left out 12\ngroups: 3 left out, this node has none and no client asks for any\n", outcome.Output);
        Assert.Equal(["canary-first", "canary-last"], DatabaseFile.Names(Database));
        var lines = outcome.Errors.TrimEnd('\n').Split('\n');
        Assert.Equal(Enumerable.Range(2, 12).Select(row => $"row {row}"), lines.Select(line => line.Split(':')[0]));
        Assert.Contains("row 2: the username has characters other than", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("row 3: the username is missing", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("row 6: the username is not text", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("row 7: the public key is missing", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("row 9: the public key is not one PEM public key of P-256", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("row 10: the public key is not text", outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", outcome.Errors + outcome.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Import_Twice_ChangesNothingTheSecondTime()
    {
        OldDirectoryFile.Create(Old, Enumerable.Range(0, 150).Select(number => ((object?)$"user{number}", (object?)NewPem())));

        var first = (await ImportAsync()).AssertDone();
        var before = Accounts();
        var second = (await ImportAsync()).AssertDone();

        Assert.StartsWith("users taken over 150, there already 0, left out 0\n", first.Output, StringComparison.Ordinal);
        Assert.StartsWith("users taken over 0, there already 150, left out 0\n", second.Output, StringComparison.Ordinal);
        Assert.Equal(150, before.Count);
        Assert.Equal(before, Accounts());
    }

    [Fact]
    public async Task Import_NameThatIsTakenByAnotherKey_StaysTheirs()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        var bob = await directory.RegisterAsync("bob");
        OldDirectoryFile.Create(Old, [("ada", NewPem()), ("bob", bob.Key.PublicKey.Pem), ("Ada", NewPem())]);
        CommandOutcome? outcome = null;
        await directory.RestartAsync(async () => outcome = await DirectoryCommand.RunAsync(directory.Database, "import", Old));

        Assert.Equal(2, outcome!.ExitCode);
        Assert.StartsWith("users taken over 1, there already 1, left out 1\n", outcome.Output, StringComparison.Ordinal);
        Assert.StartsWith("row 1: the username is taken, with another key", outcome.Errors, StringComparison.Ordinal);
        Assert.Equal(ada.Key.PublicKey.Pem, (await QueryAsync(directory, "ada")).Found.PublicKeyPem);

        // The one that was there already has kept its route.
        await directory.AttachAsync();
        Assert.Equal(Arrived.Leased, (await directory.SendAsync(ada, bob, "at once")).OutcomeCase);
    }

    [Fact]
    public async Task Import_WhileADirectoryRuns_IsRefused()
    {
        await using var directory = await DirectoryUnderTest.StartAsync();
        OldDirectoryFile.Create(Old, [("ada", NewPem())]);

        (await DirectoryCommand.RunAsync(directory.Database, "import", Old)).AssertRefused("another Directory has it in use");

        Assert.Empty(DatabaseFile.Names(directory.Database));
    }

    [Fact]
    public async Task Import_WhatIsNoNymDirectoryFile_IsRefusedAndMakesNoDatabase()
    {
        await File.WriteAllTextAsync(_folder.File("text.db"), new string('x', 8192));
        await File.WriteAllTextAsync(_folder.File("empty.db"), "");
        DatabaseFile.Change(_folder.File("columns.db"), "CREATE TABLE users (username TEXT, canary TEXT)");
        await DatabaseFile.CreateAsync(_folder.File("ours.db"));

        await AssertRefusedAsync("nowhere.db", "there is no such file");
        await AssertRefusedAsync("text.db", "not a database");
        await AssertRefusedAsync("empty.db", "no table users");
        await AssertRefusedAsync("columns.db", "no table users");
        await AssertRefusedAsync("ours.db", "no table users");

        async Task AssertRefusedAsync(string file, string reason)
        {
            (await DirectoryCommand.RunAsync(Database, "import", _folder.File(file))).AssertRefused(reason);
            Assert.False(File.Exists(Database));
        }
    }

    [Fact]
    public async Task Import_FileWithoutGroupsFromStandardInput_Works()
    {
        OldDirectoryFile.Create(Old, [("ada", NewPem())]);
        DatabaseFile.Change(Old, "DROP TABLE groups", "PRAGMA journal_mode=DELETE");

        var outcome = (await DirectoryCommand.RunAsync(Database, await File.ReadAllBytesAsync(Old), "import", "-")).AssertDone();

        Assert.Contains("groups: none", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(["ada"], DatabaseFile.Names(Database));
        Assert.Empty(Directory.GetFiles(_folder.File("node"), "*.part"));
    }

    public void Dispose() => _folder.Dispose();

    private static string NewPem()
    {
        using var key = SigningKey.Generate();
        return key.PublicKey.Pem;
    }

    private static async Task<QueryOutcome> QueryAsync(DirectoryUnderTest directory, string name) =>
        (await directory.Accounts.QueryAsync(new QueryRequest { Items = { new QueryItem { Context = DirectoryUnderTest.NewContext(), Username = name } } }))
        .Outcomes.Single();

    private Task<CommandOutcome> ImportAsync() => DirectoryCommand.RunAsync(Database, "import", Old);

    private List<string> Accounts() => DatabaseFile.Read(
        Database,
        sql => sql.List(
            "SELECT id || username || hex(public_key_spki) || ifnull(route_gateway, 'dead') FROM accounts ORDER BY id", row => row.GetString(0)));
}
