using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.Load.Crowds;
using NymDirectory.Signatures;

namespace NymDirectory.Load.Sizes.Filling;

/// <summary>Messages of some thousand users to all those who never act, about as long as short ones of real clients.</summary>
internal sealed class WaitingMessages
{
    private const int Senders = 10_000;

    // "sender" and "body" of a message of 16 characters.
    private const int ContentBytes = 860;

    private readonly int _users;
    private readonly KeyId[] _senders;
    private readonly ReturnRoute _arrival = new(new GatewayId("gateway"), new RunId(NewUser.RandomId()), new SealedTag(NewUser.RandomId()));

    private WaitingMessages(int users, KeyId[] senders) => (_users, _senders) = (users, senders);

    /// <summary>Nobody below this number is written to: they can act, and would get it.</summary>
    public static int FirstRecipient(int users) => users / 10;

    public static async Task<WaitingMessages> FromAsync(DirectoryStore store, int users, CancellationToken cancellationToken)
    {
        var senders = new KeyId[Math.Min(users, Senders)];
        for (var i = 0; i < senders.Length; i++)
        {
            var key = await store.ReadAsync(sql => AccountTable.FindKey(sql, NewUser.Name(i)), cancellationToken);
            senders[i] = key?.KeyId ?? throw new InvalidOperationException("The database has fewer users than its name says.");
        }

        return new WaitingMessages(users, senders);
    }

    public ArrivedMessage Next()
    {
        var sender = RandomNumberGenerator.GetInt32(_senders.Length);
        var recipient = RandomNumberGenerator.GetInt32(FirstRecipient(_users), _users);
        return new ArrivedMessage(
            NewUser.RandomId(), Person.NameOf(sender, string.Empty), _senders[sender], Person.NameOf(recipient, string.Empty), NewUser.RandomId(), Content(), _arrival,
            Introduces: false);
    }

    private static ByteString Content()
    {
        var body = RandomNumberGenerator.GetHexString(ContentBytes - 40, lowercase: true);
        return ByteString.CopyFrom(Encoding.ASCII.GetBytes($$"""{"sender": "u01234567", "body": "{{body}}"}"""));
    }
}
