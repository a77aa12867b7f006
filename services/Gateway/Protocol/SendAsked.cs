namespace NymDirectory.Gateway.Protocol;

/// <summary><c>send</c>: signed content to pass on.</summary>
/// <param name="Content">The signed bytes, exactly: 1 to <see cref="ProtocolLimits.MaxContentBytes"/> of UTF-8.</param>
/// <param name="Signature">Not empty; otherwise as the client wrote it.</param>
internal sealed record SendAsked(ReadOnlyMemory<byte> Content, string Signature) : ClientRequest(ClientAction.Send);
