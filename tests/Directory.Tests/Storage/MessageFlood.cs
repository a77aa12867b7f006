using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client;
using NymDirectory.Contracts.V1;

namespace NymDirectory.DirectoryService.Tests.Storage;

/// <summary>Messages of one user to another, to a Directory that is a process of its own; remembers which of them were accepted.</summary>
internal sealed class MessageFlood(GrpcChannel channel, TestUser from, TestUser to)
{
    private readonly MailboxService.MailboxServiceClient _mailboxes = new(channel);
    private readonly ConcurrentQueue<string> _accepted = [];
    private readonly ConcurrentQueue<string> _refused = [];

    /// <summary>Content hashes of what was accepted so far.</summary>
    public IReadOnlyCollection<string> Accepted => _accepted;

    /// <summary>Content hashes of what was answered with an error.</summary>
    public IReadOnlyCollection<string> Refused => _refused;

    /// <summary>Makes the two users in a new file.</summary>
    public static async Task<(TestUser From, TestUser To)> PrepareAsync(string database)
    {
        await using var directory = await DirectoryUnderTest.StartOnAsync(database);
        await directory.AttachAsync();
        return (await directory.RegisterAsync("ada"), await directory.RegisterAsync("bob", "ack"));
    }

    /// <summary>What a file has, to a Directory that starts on it.</summary>
    public static async Task<HashSet<string>> HashesAsync(string database)
    {
        await using var directory = await DirectoryUnderTest.StartOnAsync(database);
        await directory.AssertCountersAsync();
        var store = directory.Get<DirectoryService.Storage.DirectoryStore>();
        var (verdict, hashes) = await store.ReadAsync(
            sql => (
                sql.Scalar<string>("PRAGMA integrity_check"),
                sql.List("SELECT content_hash FROM messages", row => Convert.ToHexString(row.GetSpan(0)))),
            default);
        Assert.Equal("ok", verdict);
        directory.Service.Logs.AssertNoErrors();
        return [.. hashes];
    }

    /// <summary>Sends so many at once.</summary>
    public async Task SendAsync(int count, int bytes)
    {
        var items = Enumerable.Range(0, count).Select(_ => DirectoryUnderTest.NewMessage(from, to, new string('x', bytes))).ToList();
        try
        {
            var response = await _mailboxes.AcceptAsync(new AcceptRequest { Items = { items } }, deadline: null);
            foreach (var (item, outcome) in items.Zip(response.Outcomes))
            {
                Assert.NotEqual(AcceptOutcome.OutcomeOneofCase.None, outcome.OutcomeCase);
                _accepted.Enqueue(Hash(item));
            }
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable)
        {
            items.ForEach(item => _refused.Enqueue(Hash(item)));
        }
    }

    private static string Hash(AcceptItem item) => Convert.ToHexString(item.ContentHash.ToByteArray());
}
