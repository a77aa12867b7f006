using NymDirectory.Contracts.V1;
using NymDirectory.Relay.Keys;

namespace NymDirectory.Relay.Forwarding;

/// <summary>Whether a message is its sender's: either the key that its signature fits, or why it is refused.</summary>
internal readonly record struct SenderVerdict(SenderKey? Key, ForwardOutcome? Refusal)
{
    /// <summary>The signature fits this key.</summary>
    public static SenderVerdict Of(SenderKey key) => new(key, null);

    /// <summary>It is refused.</summary>
    public static SenderVerdict Refused(ForwardOutcome outcome) => new(null, outcome);
}
