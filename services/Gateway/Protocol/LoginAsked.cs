namespace NymDirectory.Gateway.Protocol;

/// <summary><c>login</c>: a name that the client wants to prove its own.</summary>
/// <param name="Username">Not empty; otherwise as the client wrote it.</param>
internal sealed record LoginAsked(string Username) : ClientRequest(ClientAction.Login);
