namespace NymDirectory.Gateway.Protocol;

/// <summary><c>login</c>: a name that the client wants to prove its own.</summary>
/// <param name="Username">Not empty; otherwise as the client wrote it.</param>
/// <param name="Features">What the client can do.</param>
internal sealed record LoginAsked(string Username, ClientFeatures Features = ClientFeatures.None) : ClientRequest(ClientAction.Login);
