namespace NymDirectory.Gateway.Protocol;

/// <summary><c>query</c>: who is this?</summary>
/// <param name="Username">Not empty; otherwise as the client wrote it.</param>
internal sealed record QueryAsked(string Username) : ClientRequest(ClientAction.Query);
