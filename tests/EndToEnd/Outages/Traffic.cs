using NymDirectory.EndToEnd.Users;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Outages;

/// <summary>Messages of one existing client to another, numbered; each is sent again until the node says that it has it.</summary>
internal sealed class Traffic(LegacyClient sender, LegacyClient recipient)
{
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(8);
    private const int MostTries = 10;
    private const string Away = "error: temporarily unavailable";

    private readonly List<string> _contents = [];

    /// <summary>The texts that the node accepted, in order.</summary>
    public List<string> Accepted { get; } = [];

    /// <summary>How many messages had to be sent again.</summary>
    public int Repeated { get; private set; }

    /// <summary>Sends so many messages, one after the other.</summary>
    public async Task SendAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var text = $"number {Accepted.Count:d4} of {sender.Username}";
            var content = sender.Content(recipient.Username, LegacyCipher.Seal(sender.Key, recipient.Key.PublicKey, 0, text));
            _contents.Add(content);
            await SendUntilAcceptedAsync(content);
            Accepted.Add(text);
        }
    }

    /// <summary>
    /// Sends everything once more: answers carry no ids, so after a lost one nobody can be sure which message an answer belonged to. What the node had is not
    /// accepted twice.
    /// </summary>
    public async Task SendAllAgainAsync()
    {
        foreach (var content in _contents)
        {
            await SendUntilAcceptedAsync(content);
        }
    }

    /// <summary>Waits until everything accepted has arrived; says how often what came was a copy.</summary>
    public async Task<int> ArrivedAsync(TimeSpan timeout)
    {
        await CountAsync(timeout);
        await Eventually.True(() => Accepted.All(recipient.TextsFrom(sender).Contains), timeout, "every accepted message arrives");
        var arrived = recipient.TextsFrom(sender);
        Assert.Equal(Accepted, arrived.Distinct());
        return arrived.Count - Accepted.Count;
    }

    private async Task CountAsync(TimeSpan timeout)
    {
        try
        {
            await Eventually.True(() => recipient.Incoming.Count >= Accepted.Count, timeout, "as many messages arrive as were accepted");
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}: {recipient.Incoming.Count} of {Accepted.Count}", e);
        }
    }

    private async Task SendUntilAcceptedAsync(string content)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var answer = await sender.AskAsync(LegacyClient.Send(content, sender.Key), "sendResponse", AnswerPatience);
                if (answer.Content != Away)
                {
                    Assert.Equal("success", answer.Content);
                    return;
                }
            }
            catch (TimeoutException) when (tries < MostTries)
            {
                // The request, or its answer, is gone.
            }

            Repeated++;
        }
    }
}
