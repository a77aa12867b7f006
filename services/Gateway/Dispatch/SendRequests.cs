using Google.Protobuf;
using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.Protocol;
using Forwarded = NymDirectory.Contracts.V1.ForwardOutcome.OutcomeOneofCase;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>What the Relays are asked for clients, and how their outcomes read to them.</summary>
internal sealed class SendRequests(ForwardLists relays, Envelopes envelopes)
{
    // A signature of P-256 has at most 144 digits. A longer text is not one, and its first part is not one either, so that it
    // is refused at its place in the order of checks without being carried around whole.
    private const int MaxSignatureLength = 1024;

    public async Task<Answer> SendAsync(SendAsked asked, Caller caller, CancellationToken cancellationToken)
    {
        var item = new ForwardItem
        {
            Context = caller.Context,
            Content = UnsafeByteOperations.UnsafeWrap(asked.Content),
            Signature = asked.Signature.Length <= MaxSignatureLength ? asked.Signature : asked.Signature[..MaxSignatureLength],
            Arrival = caller.Route,
        };
        var answer = Read(await relays.SendAsync(item, cancellationToken));
        return new Answer(envelopes.Constant(answer), answer.Outcome);
    }

    private static ConstantAnswer Read(ForwardOutcome outcome) => outcome.OutcomeCase switch
    {
        Forwarded.Accepted => Answers.Sent,
        Forwarded.InvalidContent => Answers.SendInvalidJson,
        Forwarded.MissingSenderOrRecipient => Answers.SendMissingNames,
        Forwarded.UnrecognizedSender => Answers.SendUnknownSender,
        Forwarded.InvalidSignature => Answers.SendInvalidSignature,
        Forwarded.RecipientNotFound => Answers.SendNoRecipient,
        Forwarded.MailboxFull => Answers.SendMailboxFull,
        _ => throw new UnknownOutcomeException(),
    };
}
