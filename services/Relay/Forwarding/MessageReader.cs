using Google.Protobuf;
using NymDirectory.Contracts.V1;

namespace NymDirectory.Relay.Forwarding;

/// <summary>From what came to a message, or to the refusal of what cannot be one.</summary>
internal static class MessageReader
{
    /// <summary>The largest content, in bytes: as it comes and as the recipient gets it.</summary>
    public const int MaxContentBytes = 128 * 1024;

    /// <summary>Reads an item; null with a refusal.</summary>
    public static SignedMessage? Read(ForwardItem item, out ForwardOutcome? refusal)
    {
        var fault = ContentReader.Read(item.Content.Memory, out var content);
        refusal = fault switch
        {
            ContentFault.NotJson => Outcomes.InvalidContent,
            ContentFault.NoParties => Outcomes.MissingSenderOrRecipient,
            _ => null,
        };
        if (content is null)
        {
            return null;
        }

        var forRecipient = RecipientContent.Build(content);
        if (forRecipient.Length > MaxContentBytes)
        {
            // One byte more than came is possible, when a body is absent. The Directory would refuse the whole list for it.
            refusal = Outcomes.InvalidContent;
            return null;
        }

        return new SignedMessage(content, UnsafeByteOperations.UnsafeWrap(forRecipient));
    }
}
