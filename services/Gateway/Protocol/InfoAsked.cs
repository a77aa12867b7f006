namespace NymDirectory.Gateway.Protocol;

/// <summary><c>info</c>: what is this node?</summary>
internal sealed record InfoAsked() : ClientRequest(ClientAction.Info);
