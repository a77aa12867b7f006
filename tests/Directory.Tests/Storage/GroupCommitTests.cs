using Grpc.Core;
using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.DirectoryService.Storage.Commits;
using NymDirectory.DirectoryService.Storage.Expiry;
using NymDirectory.Hosting.Errors;
using NymDirectory.TestKit;

namespace NymDirectory.DirectoryService.Tests.Storage;

public sealed class GroupCommitTests : IAsyncLifetime
{
    private const string CountSettings = "SELECT COUNT(*) FROM settings WHERE name IN ('before', 'half', 'after')";
    private const string AddSetting = "INSERT INTO settings (name, value) VALUES ($1, $2)";

    private DirectoryUnderTest _directory = null!;

    private DirectoryStore Store => _directory.Get<DirectoryStore>();

    public async Task InitializeAsync() => _directory = await DirectoryUnderTest.StartAttachedAsync("--Storage:QueueCapacity=64");

    public Task DisposeAsync() => _directory.DisposeAsync().AsTask();

    [Fact]
    public async Task Write_OneOfACommitFails_ItsNeighboursDoNot()
    {
        using var gate = new Gate();
        var blocked = Store.WriteAsync(gate);
        await gate.Entered.Within();

        // All of these wait behind the first and so share the next commit.
        var before = Store.WriteAsync(new Change(sql => sql.Execute(AddSetting, "before", new byte[1])));
        var half = Store.WriteAsync(new Change(sql => sql.Execute(AddSetting, "half", new byte[1]) + sql.Execute(AddSetting, "before", new byte[1])));
        var fault = Store.WriteAsync(new Change(sql => throw new InvalidOperationException("on purpose")));
        var after = Store.WriteAsync(new Change(sql => sql.Execute(AddSetting, "after", new byte[1])));
        gate.Open();

        await Task.WhenAll(blocked, before, after).Within();
        await Assert.ThrowsAsync<StorageException>(() => half.Within());
        await Assert.ThrowsAsync<StorageException>(() => fault.Within());
        Assert.Equal(2, await Store.ReadAsync(sql => sql.Scalar<long>(CountSettings), default));
        _directory.Service.Logs.AssertNoErrors("A change failed with");
    }

    [Fact]
    public async Task Write_TakenBackWithANeighbourThatFails_IsDoneWhole()
    {
        const int Number = 5_000;
        await Store.WriteAsync(new Change(sql => sql.Execute("INSERT INTO sequences (pair, next, day) VALUES ($1, $2, 1)", new byte[16], Number)));
        using var gate = new Gate();
        var blocked = Store.WriteAsync(gate);
        await gate.Entered.Within();
        var forgotten = Store.WriteAsync(new OldSequences([], [.. Enumerable.Repeat(byte.MaxValue, 16)], firstKept: 2));
        var fault = Store.WriteAsync(new Change(sql => throw new InvalidOperationException("on purpose")));
        gate.Open();

        await blocked.Within();
        await Assert.ThrowsAsync<StorageException>(() => fault.Within());

        // What it had noted in memory at its first try must not make it think that the number is on disk already.
        Assert.Equal(1, await forgotten.Within());
        Assert.True(await Store.ReadAsync(SettingsTable.FirstSequence, default) > Number);
        _directory.Service.Logs.AssertNoErrors("A change failed with");
    }

    [Fact]
    public async Task Write_MoreThanTheQueueHolds_CallerIsToldToComeBack()
    {
        using var gate = new Gate();
        var blocked = Store.WriteAsync(gate);
        await gate.Entered.Within();
        var waiting = Enumerable.Range(0, 64).Select(_ => Store.WriteAsync(new Change(_ => 1))).ToList();

        var refused = await Assert.ThrowsAsync<RpcException>(() => _directory.AttachAsync());
        gate.Open();

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Equal(FailureReason.Overloaded, refused.Trailers.GetValue(ServiceFailure.ReasonTrailer));
        await Task.WhenAll(waiting).Within();
        await _directory.AttachAsync();
        _directory.Service.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task Write_DiskFull_IsUnavailableAndHealsWhenThereIsRoomAgain()
    {
        var ada = await _directory.RegisterAsync("ada");
        await Store.WriteAsync(new Change(sql => (int)sql.Scalar<long>("PRAGMA max_page_count=1")));
        Assert.Equal("Healthy", await ReadinessAsync());

        var failure = await Assert.ThrowsAsync<RpcException>(() => FillAsync(ada));

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        Assert.Equal(FailureReason.Storage, failure.Trailers.GetValue(ServiceFailure.ReasonTrailer));
        Assert.True(_directory.Get<CommitReport>().IsFailing);
        Assert.Equal("Unhealthy", await ReadinessAsync());
        Assert.Equal(QueryOutcome.OutcomeOneofCase.Found, (await QueryAsync("ada")).Single().OutcomeCase);

        await Store.WriteAsync(new Change(sql => (int)sql.Scalar<long>("PRAGMA max_page_count=1000000")));
        Assert.Equal("Healthy", await ReadinessAsync());
        await FillAsync(ada);
        _directory.Service.Logs.AssertNoErrors("A commit failed");
    }

    [Fact]
    public async Task Complete_CannotBeWritten_ChallengeStaysOpen()
    {
        var ada = await _directory.RegisterAsync("ada");
        var route = _directory.NewRoute();
        var begun = await _directory.BeginLoginAsync("ada", route);
        var request = DirectoryUnderTest.NewId();
        await Store.WriteAsync(new Change(sql => sql.Execute("ALTER TABLE accounts RENAME TO hidden")));

        await Assert.ThrowsAsync<RpcException>(() => _directory.CompleteLoginAsync(route, "ada", ada.Sign(begun.Challenge.Nonce), request));

        await Store.WriteAsync(new Change(sql => sql.Execute("ALTER TABLE hidden RENAME TO accounts")));
        var again = await _directory.CompleteLoginAsync(route, "ada", ada.Sign(begun.Challenge.Nonce), request);
        Assert.Equal(CompleteLoginOutcome.OutcomeOneofCase.LoggedIn, again.OutcomeCase);
        _directory.Service.Logs.AssertNoErrors("A change failed with");
    }

    [Fact]
    public async Task Write_TheWholeCommitFails_GatewaysAreWhatTheDatabaseSays()
    {
        using var gate = new Gate();
        var blocked = Store.WriteAsync(gate);
        await gate.Entered.Within();
        var detach = _directory.Gateways.DetachAsync(
            new DetachRequest { GatewayId = DirectoryUnderTest.GatewayId, InstanceId = _directory.Instance }).ResponseAsync;
        await Eventually.True(() => Store.Queued == 1);
        var full = Store.WriteAsync(new Change(_ => throw new Microsoft.Data.Sqlite.SqliteException("on purpose", 13)));
        gate.Open();

        await Assert.ThrowsAsync<RpcException>(() => detach.Within());
        await Assert.ThrowsAsync<StorageException>(() => full.Within());
        await blocked.Within();

        var other = await _directory.Gateways.AttachAsync(new AttachRequest
        {
            GatewayId = DirectoryUnderTest.GatewayId,
            InstanceId = DirectoryUnderTest.NewId(),
            Endpoint = "http://x:1",
        });
        Assert.NotNull(other.HeldByAnother);
        _directory.Service.Logs.AssertNoErrors("A commit failed");
    }

    private async Task FillAsync(TestUser ada)
    {
        for (var number = 0; number < 4; number++)
        {
            await _directory.SendAsync(ada, ada, new string('x', 100_000));
        }
    }

    private async Task<IEnumerable<QueryOutcome>> QueryAsync(string name) =>
        (await _directory.Accounts.QueryAsync(new QueryRequest { Items = { new QueryItem { Username = name } } })).Outcomes;

    private async Task<string> ReadinessAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler());
        return await (await client.GetAsync($"{_directory.Service.HealthAddress}/healthz/ready")).Content.ReadAsStringAsync();
    }

    /// <summary>Holds the commit thread up until the test lets it go.</summary>
    private sealed class Gate : WriteOperation<int>, IDisposable
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _open = new();

        // A full commit, so that what comes next is in another one.
        public override int Weight => 64;

        public Task Entered => _entered.Task;

        public void Open() => _open.Set();

        public void Dispose() => _open.Dispose();

        protected override int Apply(WriteSession session)
        {
            _entered.SetResult();
            Assert.True(_open.Wait(TimeSpan.FromSeconds(20)));
            return 1;
        }
    }

    private sealed class Change(Func<Statements, int> change) : WriteOperation<int>
    {
        protected override int Apply(WriteSession session) => change(session.Sql);
    }
}
