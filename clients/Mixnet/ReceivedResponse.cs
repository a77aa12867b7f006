namespace NymDirectory.Mixnet;

/// <summary>A message arrived through the mixnet.</summary>
/// <param name="Message">Its bytes. In the JSON form, what was not UTF-8 arrives damaged.</param>
/// <param name="SenderTag">Whom to reply to; null: it came without reply blocks.</param>
public sealed record ReceivedResponse(ReadOnlyMemory<byte> Message, SenderTag? SenderTag) : NymResponse;
