namespace NymDirectory.Gateway.Protocol;

/// <summary>What a client says in <c>register</c> or <c>login</c> that it can do; each login states it anew.</summary>
[Flags]
internal enum ClientFeatures
{
    /// <summary>Nothing: every existing client.</summary>
    None = 0,

    /// <summary><c>ack</c>: it acknowledges messages, and is ready for them as soon as it is logged in.</summary>
    Ack = 1,
}
