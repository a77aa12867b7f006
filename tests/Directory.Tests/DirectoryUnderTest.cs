using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.Signatures;
using NymDirectory.TestKit;

namespace NymDirectory.DirectoryService.Tests;

/// <summary>A Directory over a real channel and a real file, with a clock that tests move.</summary>
internal sealed class DirectoryUnderTest : IAsyncDisposable
{
    public const string GatewayId = "gateway-a";
    public const string Endpoint = "http://127.0.0.1:5100";

    private readonly TemporaryFolder? _ownFolder;
    private string[] _arguments = [];
    private ServiceUnderTest _service = null!;

    private DirectoryUnderTest(TemporaryFolder? ownFolder, string database)
    {
        _ownFolder = ownFolder;
        Database = database;
    }

    public string Database { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public AccountService.AccountServiceClient Accounts => new(_service.Channel);

    public MailboxService.MailboxServiceClient Mailboxes => new(_service.Channel);

    public GatewayService.GatewayServiceClient Gateways => new(_service.Channel);

    public ServiceUnderTest Service => _service;

    public ByteString Run { get; private set; } = NewId();

    public ByteString Instance { get; } = NewId();

    public static async Task<DirectoryUnderTest> StartAsync(params string[] arguments)
    {
        var folder = new TemporaryFolder();
        var directory = new DirectoryUnderTest(folder, folder.File("sub/directory.db"));
        directory._arguments = arguments;
        await directory.StartServiceAsync(arguments);
        return directory;
    }

    /// <summary>On a file that is there, and stays the caller's.</summary>
    public static async Task<DirectoryUnderTest> StartOnAsync(string database, params string[] arguments)
    {
        var directory = new DirectoryUnderTest(null, database) { _arguments = arguments };
        await directory.StartServiceAsync(arguments);
        return directory;
    }

    /// <summary>On a file that is there already.</summary>
    public static async Task<DirectoryUnderTest> StartOnAsync(string database)
    {
        var directory = new DirectoryUnderTest(ownFolder: null, database);
        await directory.StartServiceAsync([]);
        return directory;
    }

    /// <summary>With a gateway that is attached.</summary>
    public static async Task<DirectoryUnderTest> StartAttachedAsync(params string[] arguments)
    {
        var directory = await StartAsync(arguments);
        await directory.AttachAsync();
        return directory;
    }

    public static ByteString NewId() => ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16));

    public static ItemContext NewContext() => new() { RequestId = NewId() };

    public T Get<T>()
        where T : notnull => _service.Services.GetRequiredService<T>();

    /// <summary>Ends the service and starts it again on the same file.</summary>
    public async Task RestartAsync(Func<Task>? meanwhile = null)
    {
        await _service.DisposeAsync();
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        await StartServiceAsync(_arguments);
    }

    public Route NewRoute() => new() { GatewayId = GatewayId, RunId = Run, SealedTag = NewId() };

    public async Task AttachAsync()
    {
        var response = await Gateways.AttachAsync(
            new AttachRequest { GatewayId = GatewayId, InstanceId = Instance, Endpoint = Endpoint, RunId = Run });
        Assert.Equal(15_000u, response.Attached.LeaseMilliseconds);
    }

    public Task ChangeRunAsync()
    {
        Run = NewId();
        return AttachAsync();
    }

    public async Task<TestUser> RegisterAsync(string name, params string[] features)
    {
        var user = new TestUser(name, SigningKey.Generate(), NewRoute());
        var begun = await BeginRegistrationAsync(user, features);
        var completed = await CompleteRegistrationAsync(user, begun.Challenge.Nonce);
        Assert.Equal(CompleteRegistrationOutcome.OutcomeOneofCase.Registered, completed.OutcomeCase);
        return user;
    }

    public async Task<BeginRegistrationOutcome> BeginRegistrationAsync(TestUser user, params string[] features) =>
        (await Accounts.BeginRegistrationAsync(new BeginRegistrationRequest
        {
            Items =
            {
                new BeginRegistrationItem
                {
                    Context = NewContext(), Route = user.Route, Username = user.Name, PublicKeyPem = user.Key.PublicKey.Pem,
                    Features = { features },
                },
            },
        })).Outcomes.Single();

    public async Task<CompleteRegistrationOutcome> CompleteRegistrationAsync(TestUser user, string nonce, ByteString? request = null) =>
        (await Accounts.CompleteRegistrationAsync(new CompleteRegistrationRequest
        {
            Items =
            {
                new CompleteRegistrationItem
                {
                    Context = new ItemContext { RequestId = request ?? NewId() }, Route = user.Route, Username = user.Name,
                    Signature = user.Sign(nonce),
                },
            },
        })).Outcomes.Single();

    public async Task<BeginLoginOutcome> BeginLoginAsync(string username, Route route, params string[] features) =>
        (await Accounts.BeginLoginAsync(new BeginLoginRequest
        {
            Items = { new BeginLoginItem { Context = NewContext(), Route = route, Username = username, Features = { features } } },
        })).Outcomes.Single();

    public async Task<CompleteLoginOutcome> CompleteLoginAsync(Route route, string? username, string? signature, ByteString? request = null)
    {
        var item = new CompleteLoginItem { Context = new ItemContext { RequestId = request ?? NewId() }, Route = route };
        if (username is not null)
        {
            item.Username = username;
        }

        if (signature is not null)
        {
            item.Signature = signature;
        }

        return (await Accounts.CompleteLoginAsync(new CompleteLoginRequest { Items = { item } })).Outcomes.Single();
    }

    /// <summary>Logs in on a new tag in the present run; the success is not yet taken.</summary>
    public async Task LogInAsync(TestUser user, params string[] features)
    {
        user.Route = NewRoute();
        var begun = await BeginLoginAsync(user.Name, user.Route, features);
        var outcome = await CompleteLoginAsync(user.Route, user.Name, user.Sign(begun.Challenge.Nonce));
        Assert.Equal(CompleteLoginOutcome.OutcomeOneofCase.LoggedIn, outcome.OutcomeCase);
    }

    public async Task ResumeAsync(TestUser user) =>
        await Mailboxes.ResumeAsync(new ResumeRequest { Items = { new ResumeItem { Route = user.Route } } });

    public static AcceptItem NewMessage(TestUser from, TestUser to, string text, Route? arrival = null) => new()
    {
        Context = NewContext(),
        Sender = from.Name,
        SenderKeyId = ByteString.CopyFrom(from.Key.PublicKey.KeyId.ToArray()),
        Recipient = to.Name,
        ContentHash = NewId(),
        RecipientContent = ByteString.CopyFrom(Encoding.UTF8.GetBytes(text)),
        Arrival = arrival ?? from.Route,
    };

    public async Task<AcceptOutcome> AcceptAsync(AcceptItem item) =>
        (await Mailboxes.AcceptAsync(new AcceptRequest { Items = { item } })).Outcomes.Single();

    public Task<AcceptOutcome> SendAsync(TestUser from, TestUser to, string text, Route? arrival = null) =>
        AcceptAsync(NewMessage(from, to, text, arrival));

    /// <summary>Asks once.</summary>
    public async Task<IReadOnlyList<Delivery>> LeaseDueAsync(uint max = 256) =>
        (await Mailboxes.LeaseDueAsync(new LeaseDueRequest { MaxDeliveries = max })).Deliveries;

    public async Task<uint> SettleAsync(Fate fate, params Delivery[] deliveries) => (await Mailboxes.SettleAsync(new SettleRequest
    {
        Items =
        {
            deliveries.Select(delivery => new SettleItem
            {
                DeliveryId = delivery.DeliveryId, LeaseId = delivery.LeaseId, RunId = delivery.Route.RunId, Fate = fate,
                Round = delivery.Round, SealedTag = delivery.Route.SealedTag,
            }),
        },
    })).Applied;

    public async Task<uint> AcknowledgeAsync(Route route, params Delivery[] deliveries) =>
        (await Mailboxes.AcknowledgeAsync(new AcknowledgeRequest
        {
            Items = { new AcknowledgeItem { Route = route, MessageIds = { deliveries.Select(delivery => delivery.MessageId) } } },
        })).Outcomes.Single().Acknowledged;

    public async Task<QueryOutcome> QueryAsync(string username, Route? arrival) => (await Accounts.QueryAsync(
        new QueryRequest { Items = { new QueryItem { Context = NewContext(), Username = username, Arrival = arrival } } })).Outcomes.Single();

    public async Task AdvanceAttachedAsync(TimeSpan time)
    {
        // The gateway is there all the time: it would have renewed its lease.
        for (var step = TimeSpan.FromSeconds(10); time > step && time < TimeSpan.FromHours(1); time -= step)
        {
            Time.Advance(step);
            await AttachAsync();
        }

        Time.Advance(time);
        await AttachAsync();
    }

    /// <summary>What is counted beside the rows is what the rows say.</summary>
    public async Task AssertCountersAsync()
    {
        const string wrong = """
            SELECT COUNT(*) FROM mailboxes b WHERE
                message_count <> (SELECT COUNT(*) FROM messages WHERE recipient_id = b.account_id)
                OR byte_count <> (SELECT COALESCE(SUM(LENGTH(content)), 0) FROM messages WHERE recipient_id = b.account_id)
                OR taken_count <> (SELECT COUNT(*) FROM messages WHERE recipient_id = b.account_id AND taken_run IS NOT NULL)
            """;
        var store = Get<DirectoryStore>();
        var (wrongOnes, rows) = await store.ReadAsync(
            sql => (sql.Scalar<long>(wrong), sql.Scalar<long>("SELECT COUNT(*) FROM messages")), default);
        Assert.Equal((0, rows), (wrongOnes, store.Depth ?? -1));
    }

    public static string Text(Delivery delivery) => delivery.RecipientContent.ToStringUtf8();

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _ownFolder?.Dispose();
    }

    private async Task StartServiceAsync(string[] arguments)
    {
        _service = await ServiceUnderTest.StartAsync(
            DirectoryApp.Build,
            [$"--ConnectionStrings:Directory=Data Source={Database}", .. arguments],
            builder => builder.Services.AddSingleton<TimeProvider>(Time));
        await Get<DirectoryStore>().DepthKnown;
    }
}
