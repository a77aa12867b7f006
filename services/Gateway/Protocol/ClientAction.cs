namespace NymDirectory.Gateway.Protocol;

/// <summary>What a client can ask of the node: the known values of <c>action</c>.</summary>
internal enum ClientAction
{
    /// <summary>Looks a name up.</summary>
    Query,

    /// <summary>Asks for a name and gives a key.</summary>
    Register,

    /// <summary>Answers a registration challenge.</summary>
    RegistrationResponse,

    /// <summary>Asks for a login challenge.</summary>
    Login,

    /// <summary>Answers a login challenge.</summary>
    LoginResponse,

    /// <summary>Has a message passed on.</summary>
    Send,

    /// <summary>Asks what the node is and can do.</summary>
    Info,

    /// <summary>Says which messages have arrived. The last one, and the only one without an answer: that would cost a packet.</summary>
    Ack,
}
