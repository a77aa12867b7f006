using NymDirectory.EndToEnd.Harness;
using NymDirectory.EndToEnd.Users;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Faults;

/// <summary>
/// Each step of a <c>send</c>, and each service killed there: the one that has the message, the one that is about to get it, those that have nothing to do with it, and several at once.
/// </summary>
public abstract class HandoverTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);

    private protected static async Task RunAsync(Step step, Victims several)
    {
        await using var node = await NodeUnderTest.StartAsync(test: $"{nameof(HandoverTests)}-{step}");
        await using var sender = await LibraryClient.RegisteredAsync(node, Names.New("sender"), configure: Listener.Patiently);
        await using var second = await LibraryClient.RegisteredAsync(node, Names.New("second"), configure: Listener.Patiently);
        await using var forger = await LegacyClient.RegisteredAsync(node, Names.New("forger"));
        await using var existing = await LegacyClient.RegisteredAsync(node, Names.New("existing"));
        await second.KnowsAsync(new NymDirectory.Client.Identity(existing.Username, existing.Key));
        var assault = new Assault(node);
        var rounds = new List<Round>();
        foreach (var victims in new[] { Victims.Gateway, Victims.Directory, Victims.Relay, Victims.NymClient, several })
        {
            var listener = await Listener.StartAsync(node, sender);
            var round = new Round(sender, second, forger, listener, existing, $"{step}, killed: {victims}");
            rounds.Add(round);
            await new Steps(node, assault).ReachAsync(step, round);
            await assault.KillAndRestartAsync(victims);
            if (victims.HasFlag(Victims.NymClient))
            {
                // Its reply blocks are gone; an application logs in again, an existing client's user starts it anew. Also those of earlier rounds: what they
                // were sent may still wait for the end of its lease.
                foreach (var earlier in rounds)
                {
                    await earlier.Listener.LogInAsync();
                }

                await existing.LogInAsync();
            }

            await round.AcceptedAsync();
        }

        foreach (var round in rounds)
        {
            await round.CheckAsync();
        }

        var expected = rounds.Select(round => round.ExistingText).ToList();
        var texts = new List<string>();
        await Eventually.True(() => expected.All((texts = TextsOf(existing, second)).Contains), Patience, $"everything accepted arrives at an existing client ({step})");
        Assert.Equal(expected.Order(), texts.Distinct().Order());
        await node.StopAsync();
    }

    private static List<string> TextsOf(LegacyClient existing, LibraryClient sender) =>
        [.. existing.Incoming.Select(message => existing.Open(message, sender.Identity.Key.PublicKey))];
}
