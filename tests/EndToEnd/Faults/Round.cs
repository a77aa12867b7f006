using NymDirectory.EndToEnd.Users;
using NymDirectory.Signatures;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Faults;

/// <summary>One message to a recipient who acknowledges, one to an existing client, and one that the node has to refuse, all at once.</summary>
internal sealed class Round(LibraryClient sender, LibraryClient second, LegacyClient forger, Listener listener, LegacyClient existing, string name)
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(70);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);

    private readonly List<Task> _accepted = [];

    /// <summary>The recipient who acknowledges.</summary>
    public Listener Listener => listener;

    public string Text { get; } = $"to one who acknowledges, {name}";

    public string ExistingText { get; } = $"to an existing client, {name}";

    /// <summary>Each starts to send one.</summary>
    public IEnumerable<Action> Sends =>
    [
        () => _accepted.Add(sender.SendAsync(listener.Username, Text, Long)),
        () => _accepted.Add(second.SendAsync(existing.Username, ExistingText, Long)),
    ];

    /// <summary>Sends what the node has to refuse: sealed by the sender, so that the recipient would show it, and signed by somebody else.</summary>
    public void Forge()
    {
        using var wrong = SigningKey.Generate();
        var content = PythonJson.Print(new System.Text.Json.Nodes.JsonObject
        {
            ["sender"] = sender.Username,
            ["recipient"] = listener.Username,
            ["body"] = LegacyCipher.Seal(sender.Identity.Key, listener.Key, 0, $"refused, {name}"),
        });
        _accepted.Add(forger.SendRawAsync(LegacyClient.Send(content, wrong)));
    }

    /// <summary>The node says <c>success</c> to both, be it to a repetition.</summary>
    public Task AcceptedAsync() => Task.WhenAll(_accepted).Within(Patience);

    /// <summary>The recipient who acknowledges has it.</summary>
    public Task ReceivedAsync() => Eventually.True(() => listener.Texts.Count > 0, Patience);

    /// <summary>It came once, and what was refused did not.</summary>
    public async Task CheckAsync()
    {
        await listener.HasExactlyAsync([Text], Patience, name);
        await listener.DisposeAsync();
    }
}
