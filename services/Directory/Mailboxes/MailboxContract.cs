using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Requests;
using NymDirectory.Hosting.Errors;
using NymDirectory.Signatures;

namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>Reads items of the contract into the service's own types, or refuses the call.</summary>
internal static class MailboxContract
{
    private const int LongestContent = 128 * 1024;
    private const int MostAcknowledged = 256;

    public static ArrivedMessage ReadMessage(AcceptItem item)
    {
        ItemRules.Check(item.RecipientContent.Length is > 0 and <= LongestContent && item.SenderKeyId.Length == KeyId.Size);
        return new ArrivedMessage(
            ItemRules.RequestId(item.Context),
            item.Sender,
            KeyId.FromBytes(item.SenderKeyId.Span),
            item.Recipient,
            ItemRules.Sixteen(item.ContentHash),
            item.RecipientContent,
            ItemRules.Route(item.Arrival),
            item.Introduces);
    }

    public static Acknowledgement ReadAcknowledgement(AcknowledgeItem item)
    {
        ItemRules.CheckCount(item.MessageIds.Count, MostAcknowledged);
        return new Acknowledgement(ItemRules.Route(item.Route), [.. item.MessageIds.Select(ItemRules.Sixteen)]);
    }

    public static FateReport ReadReport(SettleItem item) => new(
        (long)item.DeliveryId,
        ItemRules.Sixteen(item.LeaseId),
        new RunId(ItemRules.Sixteen(item.RunId)),
        (int)item.Round,
        item.Fate switch
        {
            Fate.Taken => MessageFate.Taken,
            Fate.RunLost => MessageFate.RunLost,
            Fate.Refused => MessageFate.Refused,
            Fate.Unsent => MessageFate.Unsent,
            _ => throw ServiceFailure.BrokenContract(),
        },
        item.Fate == Fate.Unsent ? new SealedTag(ItemRules.Sixteen(item.SealedTag)) : null);
}
