using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Client.Contacts;
using NymDirectory.Client.Receipts;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Fakes;

/// <summary>One user with a client, a transport and a store, on a clock of the test's.</summary>
internal sealed class Party : IAsyncDisposable
{
    private readonly ILoggerFactory _loggers;
    private readonly MemoryMixnet _mixnet;

    private Party(MemoryMixnet mixnet, Identity identity, FakeTimeProvider time, RecordingLoggerProvider logs)
    {
        (_mixnet, Identity, Transport, Time, Logs) = (mixnet, identity, mixnet.Join(), time, logs);
        _loggers = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
    }

    public Identity Identity { get; }

    public MemoryTransport Transport { get; private set; }

    public FakeTimeProvider Time { get; }

    public RecordingLoggerProvider Logs { get; }

    public FaultyContactStore Contacts { get; } = new();

    public InMemoryNodeKeyStore NodeKeys { get; } = new();

    public NymChatClient Client { get; private set; } = null!;

    /// <summary>Errors that the test provokes; any other one in the log fails it.</summary>
    public string[] ExpectedErrors { get; set; } = [];

    public static NymChatClientOptions Options { get; } = new() { Node = People.NodeAddress, NodeKey = People.NodeKey.PublicKey };

    /// <summary>Starts a client that is not registered.</summary>
    public static async Task<Party> StartAsync(
        MemoryMixnet mixnet, Identity identity, FakeTimeProvider time, NymChatClientOptions? options = null, IReceiptStore? receipts = null)
    {
        var party = new Party(mixnet, identity, time, new RecordingLoggerProvider());
        await party.StartClientAsync(options ?? Options, receipts);
        return party;
    }

    /// <summary>The process is gone from one moment to the next: nothing of it is remembered, remembered late, or acknowledged. A new one starts on a new nym-client.</summary>
    public async Task RestartAsync(IReceiptStore receipts, NymChatClientOptions? options = null)
    {
        Transport.Broken = true;
        Transport.End();
        await Client.DisposeAsync().AsTask().Within();
        Transport = _mixnet.Join();
        await StartClientAsync(options ?? Options, receipts);
        Assert.True((await Client.LogInAsync().Within()).Succeeded);
    }

    /// <summary>Starts a client and registers it.</summary>
    public static async Task<Party> RegisteredAsync(
        MemoryMixnet mixnet, Identity identity, FakeTimeProvider time, NymChatClientOptions? options = null, IReceiptStore? receipts = null)
    {
        var party = await StartAsync(mixnet, identity, time, options, receipts);
        Assert.True((await party.Client.RegisterAsync().Within()).Succeeded);
        return party;
    }

    public async Task<IncomingMessage> NextAsync() => await Client.Received.ReadAsync().AsTask().Within();

    public async Task<Contact?> ContactAsync(string username) => await Contacts.FindAsync(username, CancellationToken.None);

    /// <summary>
    /// Lets that many attempts time out, each when <paramref name="seen"/> has counted it: their clocks run before anything of them can be seen.
    /// </summary>
    public async Task<T> AfterTimeOuts<T>(int timeOuts, Func<long> seen, Task<T> task)
    {
        for (var i = 1; i <= timeOuts; i++)
        {
            await Eventually.True(() => seen() >= i);
            Time.Advance(Options.AnswerTimeout);
        }

        return await task.Within();
    }

    /// <summary>Lets the clock run until the task is done.</summary>
    public async Task<T> AfterAWhile<T>(Task<T> task)
    {
        await AfterAWhile(() => task.IsCompleted);
        return await task;
    }

    /// <summary>Lets the clock run until the condition holds.</summary>
    public Task AfterAWhile(Func<bool> condition) => Eventually.True(() =>
    {
        if (condition())
        {
            return true;
        }

        Time.Advance(TimeSpan.FromSeconds(1));
        return false;
    });

    private async Task StartClientAsync(NymChatClientOptions options, IReceiptStore? receipts) => Client = await NymChatClient.StartAsync(
        Identity, Transport, Contacts, options, NodeKeys, Time, _loggers.CreateLogger<NymChatClient>(), receipts);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync().AsTask().Within();
        _loggers.Dispose();
        Logs.AssertNoErrors(ExpectedErrors);
    }
}
