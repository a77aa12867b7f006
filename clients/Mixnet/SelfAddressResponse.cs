namespace NymDirectory.Mixnet;

/// <summary>Answers <see cref="SelfAddressRequest"/>.</summary>
/// <param name="Address">nym-client's own address.</param>
public sealed record SelfAddressResponse(NymAddress Address) : NymResponse;
