using System.Collections.Concurrent;
using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NymDirectory.Contracts.V1;
using NymDirectory.Signatures;

namespace NymDirectory.Relay.Tests.Fakes;

/// <summary>A Directory that says what the test tells it to, and remembers what it was asked.</summary>
internal sealed class FakeDirectory : IAsyncDisposable
{
    private FakeServer? _server;

    public string Address { get; private set; } = "";

    public ConcurrentDictionary<string, AccountKey> Accounts { get; } = new();

    public ConcurrentQueue<QueryItem> Queries { get; } = [];

    public ConcurrentQueue<AcceptItem> Accepts { get; } = [];

    /// <summary>How many items each call brought.</summary>
    public ConcurrentQueue<int> AcceptCalls { get; } = [];

    public ConcurrentQueue<LeaseDueRequest> LeaseQuestions { get; } = [];

    /// <summary>What an accepted item is answered with.</summary>
    public Func<AcceptItem, AcceptOutcome> Accept { get; set; } = _ => new AcceptOutcome { Pending = new() };

    /// <summary>How many outcomes are missing from an answer to a list.</summary>
    public int MissingOutcomes { get; set; }

    /// <summary>Awaited before a look-up is answered.</summary>
    public Task BeforeQuery { get; set; } = Task.CompletedTask;

    /// <summary>Thrown instead of an answer, while set.</summary>
    public StatusCode? FailQueries { get; set; }

    /// <summary>Thrown instead of an answer, while set.</summary>
    public StatusCode? FailAccepts { get; set; }

    /// <summary>Thrown instead of an answer, while set.</summary>
    public StatusCode? FailLeases { get; set; }

    /// <summary>Answers to the question for due deliveries.</summary>
    public Channel<LeaseDueResponse> Due { get; } = Channel.CreateUnbounded<LeaseDueResponse>();

    public static async Task<FakeDirectory> StartAsync()
    {
        var directory = new FakeDirectory();
        await directory.ServeAsync(0);
        return directory;
    }

    public void Register(string name, string publicKeyPem)
    {
        Assert.True(P256PublicKey.TryParsePem(publicKeyPem, out var key));
        Accounts[name] = new AccountKey
        {
            Username = name,
            PublicKeyPem = key.Pem,
            KeyId = ByteString.CopyFrom(key.KeyId.ToArray()),
        };
    }

    public async Task RestartAsync()
    {
        await DisposeAsync();
        await ServeAsync(new Uri(Address).Port);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
            _server = null;
        }
    }

    private static void ThrowIf(StatusCode? status)
    {
        if (status is { } code)
        {
            throw new RpcException(new Status(code, "canary-of-the-directory"));
        }
    }

    private async Task ServeAsync(int port)
    {
        _server = await FakeServer.StartAsync(
            services => services.AddSingleton(this).AddSingleton<AccountCalls>().AddSingleton<MailboxCalls>(),
            app =>
            {
                app.MapGrpcService<AccountCalls>();
                app.MapGrpcService<MailboxCalls>();
            },
            port);
        Address = _server.Address;
    }

    private sealed class AccountCalls(FakeDirectory directory) : AccountService.AccountServiceBase
    {
        public override async Task<QueryResponse> Query(QueryRequest request, ServerCallContext context)
        {
            request.Items.ToList().ForEach(directory.Queries.Enqueue);
            await directory.BeforeQuery;
            ThrowIf(directory.FailQueries);
            return new QueryResponse { Outcomes = { request.Items.Select(Find) } };
        }

        private QueryOutcome Find(QueryItem item) => directory.Accounts.TryGetValue(item.Username, out var account)
            ? new QueryOutcome { Found = account }
            : new QueryOutcome { NotFound = new() };
    }

    private sealed class MailboxCalls(FakeDirectory directory) : MailboxService.MailboxServiceBase
    {
        public override Task<AcceptResponse> Accept(AcceptRequest request, ServerCallContext context)
        {
            request.Items.ToList().ForEach(directory.Accepts.Enqueue);
            directory.AcceptCalls.Enqueue(request.Items.Count);
            Assert.True(request.OmitsContents);
            ThrowIf(directory.FailAccepts);
            return Task.FromResult(new AcceptResponse { Outcomes = { request.Items.SkipLast(directory.MissingOutcomes).Select(directory.Accept) } });
        }

        public override async Task<LeaseDueResponse> LeaseDue(LeaseDueRequest request, ServerCallContext context)
        {
            directory.LeaseQuestions.Enqueue(request);
            ThrowIf(directory.FailLeases);
            if (request.WaitMilliseconds == 0)
            {
                return directory.Due.Reader.TryRead(out var due) ? due : new LeaseDueResponse();
            }

            using var held = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
            held.CancelAfter(TimeSpan.FromMilliseconds(request.WaitMilliseconds));
            try
            {
                return await directory.Due.Reader.ReadAsync(held.Token);
            }
            catch (OperationCanceledException)
            {
                return new LeaseDueResponse();
            }
        }
    }
}
