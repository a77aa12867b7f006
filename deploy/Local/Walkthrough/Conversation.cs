using NymDirectory.Client;
using NymDirectory.Local.Node;
using NymDirectory.Local.Processes;

namespace NymDirectory.Local.Walkthrough;

/// <summary>
/// The whole conversation, once, through the node that is running: two users register, log in, look each other up, exchange messages and a
/// handshake, and go on without the node. Every line that is shown was seen to happen.
/// </summary>
internal sealed class Conversation(Person alice, Person bob, Screen screen, CancellationToken cancellationToken)
{
    private string _step = "the arrival of two users";
    private int _number;

    /// <summary>Shows it; false when a step failed, which is then on the screen.</summary>
    internal static async Task<bool> ShowAsync(
        NodeAccess alices, NodeAccess bobs, ServicePrograms programs, Screen screen, CancellationToken cancellationToken)
    {
        try
        {
            await using var alice = await Person.ArriveAsync("alice", alices, programs, cancellationToken);
            await using var bob = await Person.ArriveAsync("bob", bobs, programs, cancellationToken);
            return await new Conversation(alice, bob, screen, cancellationToken).RunAsync();
        }
        catch (Exception e) when (e is LocalException or TimeoutException or NodeSilentException or IOException)
        {
            screen.Broken("the arrival of two users", e.Message);
            return false;
        }
    }

    private async Task<bool> RunAsync()
    {
        try
        {
            await RegisterAsync();
            await LogInAsync();
            await LookUpAsync();
            await WriteAsync();
            await HandOverAddressAsync();
            await WriteDirectlyAsync();
            screen.Done();
            return true;
        }
        catch (Exception e) when (e is LocalException or TimeoutException or NodeSilentException or IOException)
        {
            screen.Broken(_step, e.Message);
            return false;
        }
    }

    private async Task RegisterAsync()
    {
        _step = $"{alice.Username} and {bob.Username} register.";
        foreach (var person in new[] { alice, bob })
        {
            Expect(await person.Client.RegisterAsync(cancellationToken) is { Succeeded: true }, "the node did not register them.");
        }

        Show(
            "each name, its public key, and a tag to answer by, which only the Gateway can open",
            "a nym address, an IP address, a private key: ownership was proven by signing a nonce");
    }

    private async Task LogInAsync()
    {
        _step = "Both log in.";
        foreach (var person in new[] { alice, bob })
        {
            Expect(await person.Client.LogInAsync(cancellationToken) is { Succeeded: true }, "the node did not let them in.");
        }

        Show("that somebody who has each key is there, and a tag to answer by", "from where: the answers go into single-use reply blocks");
    }

    private async Task LookUpAsync()
    {
        _step = "They look each other up.";
        foreach (var (person, other) in new[] { (alice, bob), (bob, alice) })
        {
            var found = await person.Client.LookUpAsync(other.Username, cancellationToken);
            Expect(found.Account?.Username == other.Username, "the node did not find the other one.");
        }

        Show("that some tag asked for each name", "who asked, unless they logged in on that tag");
    }

    private async Task WriteAsync()
    {
        _step = $"{alice.Username} writes, {bob.Username} answers.";
        await SendAsync(alice, bob, "Hello Bob, does the node read this?", viaDirect: false);
        await SendAsync(bob, alice, "No. It only sees that you wrote to me.", viaDirect: false);
        Show("sender, recipient, size, and a signature that it checks", "the text: it is encrypted from end to end");
    }

    private async Task HandOverAddressAsync()
    {
        _step = $"{alice.Username} hands {bob.Username} her nym address, in a handshake.";
        Accepted(await alice.Client.SendHandshakeAsync(bob.Username, cancellationToken), viaDirect: false);
        var received = await bob.ReceiveAsync(cancellationToken);
        Expect(received is { Kind: MessageKind.Handshake, ViaDirect: false } && received.Sender == alice.Username, "something else arrived.");
        Show("one more message of the same form as all others", "the address, or that it was a handshake");
    }

    private async Task WriteDirectlyAsync()
    {
        _step = $"{bob.Username} writes straight to {alice.Username}.";
        await SendAsync(bob, alice, "And now it does not even see that.", viaDirect: true);
        Show("nothing", "that there was a message");
    }

    private async Task SendAsync(Person from, Person to, string text, bool viaDirect)
    {
        Accepted(await from.Client.SendAsync(to.Username, text, cancellationToken), viaDirect);
        var received = await to.ReceiveAsync(cancellationToken);
        Expect(
            received.Kind == MessageKind.Text && received.Sender == from.Username && received.Text == text && received.ViaDirect == viaDirect,
            "something else arrived than what was sent.");
    }

    private static void Accepted(SendOutcome outcome, bool viaDirect)
    {
        Expect(outcome.Succeeded, $"the node refused the message: {outcome.Refusal}");
        Expect(outcome.ViaDirect == viaDirect, viaDirect ? "the message went through the node." : "the message did not go through the node.");
    }

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new LocalException(otherwise);
        }
    }

    private void Show(string sees, string never) => screen.Step(++_number, _step, sees, never);
}
