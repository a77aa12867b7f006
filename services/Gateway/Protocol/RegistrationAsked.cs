namespace NymDirectory.Gateway.Protocol;

/// <summary><c>register</c>: a name and a key.</summary>
/// <param name="Username">Not empty; otherwise as the client wrote it.</param>
/// <param name="PublicKeyPem">Not empty; otherwise as the client wrote it.</param>
/// <param name="Features">What the client can do.</param>
internal sealed record RegistrationAsked(string Username, string PublicKeyPem, ClientFeatures Features = ClientFeatures.None) : ClientRequest(ClientAction.Register);
