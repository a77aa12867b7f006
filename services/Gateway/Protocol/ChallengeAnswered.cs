namespace NymDirectory.Gateway.Protocol;

/// <summary><c>registrationResponse</c> or <c>loginResponse</c>: the signed nonce.</summary>
/// <param name="Action">Which of the two.</param>
/// <param name="Username">The name given, if any: it must not be another's than the challenge was for.</param>
/// <param name="Signature">As the client wrote it; null when it gave none, which counts as a wrong one.</param>
internal sealed record ChallengeAnswered(ClientAction Action, string? Username, string? Signature) : ClientRequest(Action);
