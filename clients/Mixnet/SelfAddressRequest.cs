namespace NymDirectory.Mixnet;

/// <summary>Asks nym-client for its own address. It answers even when its mixnet side is stuck.</summary>
public sealed record SelfAddressRequest : NymRequest;
