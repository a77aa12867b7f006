using NymDirectory.Client.Protocol;
using NymDirectory.Client.Receipts;

namespace NymDirectory.Client.Receiving;

/// <summary>A message on its way to the caller.</summary>
/// <param name="Message">What it says of itself.</param>
/// <param name="Handover">What becomes of it.</param>
/// <param name="ViaDirect">True: it came straight from the contact; false: through the node.</param>
internal sealed record Incoming(MessageContent Message, Handover Handover, bool ViaDirect);
