using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService;
using NymDirectory.DirectoryService.Accounts;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.DirectoryService.Storage.Operations;
using NymDirectory.Signatures;

namespace NymDirectory.Microbenchmarks;

/// <summary>
/// What a durable commit costs for each message, by how many share it: accepted in one commit, settled in the next. So many times and no
/// more: what waits for a disk never gets as even as BenchmarkDotNet would like it before it begins.
/// </summary>
[MemoryDiagnoser]
[InvocationCount(Invocations, 1)]
[WarmupCount(3)]
[IterationCount(10)]
public class MailboxBenchmarks
{
    private const int Invocations = 100;
    private const int Users = 1000;
    private const string Gateway = "gateway";
    private static readonly MailboxOptions Options = new();

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("nymdirectory-bench-");
    private readonly KeyId _keyId;
    private readonly RunId _run = new(NewId());
    private readonly SixteenBytes _instance = NewId();
    private readonly ByteString _content = ByteString.CopyFrom(new byte[860]);
    private readonly SigningKey _key = SigningKey.Generate();
    private WebApplication _app = null!;
    private DirectoryStore _store = null!;
    private int _next;

    /// <summary>All users have one key: the Directory does not look.</summary>
    public MailboxBenchmarks() => _keyId = _key.PublicKey.KeyId;

    /// <summary>How many messages share a commit.</summary>
    [Params(1, 8, 32)]
    public int Messages { get; set; }

    /// <summary>A Directory with its real schema, users, and a gateway that is attached.</summary>
    [GlobalSetup]
    public async Task SetupAsync()
    {
        _app = DirectoryApp.Build([
            "--urls=http://127.0.0.1:0", "--Health:Url=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning",
            $"--ConnectionStrings:Directory=Data Source={Path.Combine(_folder.FullName, Path.GetRandomFileName())}"]);
        await _app.StartAsync();
        _store = _app.Services.GetRequiredService<DirectoryStore>();
        Attach();
        await Task.WhenAll(Enumerable.Range(0, Users).Select(i => _store.WriteAsync(
            new CreateAccount(Name(i), _key.PublicKey, default, Route(i)))));
    }

    /// <summary>A lease of the gateway lasts 15 s, and without one messages would only wait.</summary>
    [IterationSetup]
    public void Attach() =>
        _store.WriteAsync(new AttachGateway(new GatewayId(Gateway), _instance, "http://localhost:1", _run)).GetAwaiter().GetResult();

    /// <summary>Leaves nothing behind.</summary>
    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Benchmark]
    public async Task<int> AcceptAndSettle()
    {
        var messages = Enumerable.Range(_next, Messages).Select(Message).ToList();
        _next += Messages;
        var accepted = await _store.WriteAsync(new AcceptMessages(messages, Options));
        var settled = await _store.WriteAsync(new SettleDeliveries([.. accepted
            .Where(outcome => outcome.OutcomeCase == AcceptOutcome.OutcomeOneofCase.Leased)
            .Select(outcome => outcome.Leased)
            .Select(leased => new FateReport(
                (long)leased.DeliveryId, SixteenBytes.Read(leased.LeaseId.Span), _run, (int)leased.Round, MessageFate.Taken))], Options));
        return settled == Messages ? settled : throw new InvalidOperationException($"Of {Messages} messages {settled} were accepted, leased and settled.");
    }

    private ArrivedMessage Message(int number) => new(
        NewId(), Name(number % Users).Value, _keyId, Name((number + 1) % Users).Value, NewId(), _content, Route(number % Users), Introduces: false);

    private ReturnRoute Route(int user) => new(new GatewayId(Gateway), _run, new SealedTag(Tag(user)));

    private static SixteenBytes Tag(int user)
    {
        var bytes = new byte[SixteenBytes.Size];
        BitConverter.TryWriteBytes(bytes, user);
        return SixteenBytes.Read(bytes);
    }

    private static SixteenBytes NewId() => SixteenBytes.Read(RandomNumberGenerator.GetBytes(SixteenBytes.Size));

    private static Username Name(int number) => Username.TryParse($"user-{number}", out var name) ? name : default;
}
