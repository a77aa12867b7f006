using System.Collections.Concurrent;
using NymDirectory.EndToEnd.Harness;
using NymDirectory.EndToEnd.Users;
using NymDirectory.Signatures;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Faults;

/// <summary>A recipient who acknowledges, and reads everything at once.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly LibraryClient _client;
    private readonly ConcurrentQueue<string> _texts = new();
    private readonly Task _reading;

    private Listener(LibraryClient client)
    {
        _client = client;
        _reading = ReadAsync();
    }

    public string Username => _client.Username;

    public P256PublicKey Key => _client.Identity.Key.PublicKey;

    /// <summary>What was read, in order.</summary>
    public IReadOnlyList<string> Texts => [.. _texts];

    /// <summary>Starts one whom the senders know, and who knows them: nobody has to look anybody up in the middle of an outage.</summary>
    public static async Task<Listener> StartAsync(NodeUnderTest node, params LibraryClient[] senders)
    {
        var client = await LibraryClient.RegisteredAsync(node, Names.New("listener"), configure: Patiently);
        foreach (var sender in senders)
        {
            await client.KnowsAsync(sender.Identity);
            await sender.KnowsAsync(client.Identity);
        }

        return new Listener(client);
    }

    /// <summary>Short attempts and many of them: nodes here are away for seconds. And the order is waited for as long as a message may take that is lost twice in a row.</summary>
    public static NymDirectory.Client.NymChatClientOptions Patiently(NymDirectory.Client.NymChatClientOptions options) =>
        options with { AnswerTimeout = TimeSpan.FromSeconds(3), Attempts = 20, OrderPatience = TimeSpan.FromMinutes(5) };

    /// <summary>What an application does when it learns that its node's SURBs are gone.</summary>
    public async Task LogInAsync() => Assert.True((await _client.Client.LogInAsync().Within(TimeSpan.FromSeconds(70))).Succeeded);

    /// <summary>Waits until exactly these have come, in this order and once each.</summary>
    public async Task HasExactlyAsync(IReadOnlyList<string> texts, TimeSpan patience, string when)
    {
        await Eventually.True(() => texts.All(_texts.Contains), patience, $"everything accepted arrives ({when}): {_texts.Count} of {texts.Count}");
        Assert.True(texts.SequenceEqual(_texts), $"{when}: sent {string.Join(" | ", texts)}; read {string.Join(" | ", _texts)}");
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        await foreach (var message in _client.Client.Received.ReadAllAsync())
        {
            _texts.Enqueue(message.Text);
        }
    }
}
