namespace NymDirectory.Client.Tests.Fakes;

/// <summary>A message that the node keeps until it is acknowledged.</summary>
internal sealed record FakeDelivery(string Sender, string Recipient, string Id, long Sequence, string Message);
