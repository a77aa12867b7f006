namespace NymDirectory.Localnet.Logging;

/// <summary>The Rust modules that nym-client's lines name, so that a <c>RUST_LOG</c> written for it fits here.</summary>
internal static class Modules
{
    /// <summary>Start and end of the program.</summary>
    public const string Client = "nym_client::client";

    /// <summary>The websocket's requests and messages.</summary>
    public const string WebSocketHandler = "nym_client::websocket::handler";

    /// <summary>The websocket's connections.</summary>
    public const string WebSocketListener = "nym_client::websocket::listener";

    /// <summary>The connection to the hub, which stands for the Nym gateway.</summary>
    public const string Gateway = "nym_gateway_client::client";

    /// <summary>Messages from the mixnet.</summary>
    public const string Received = "nym_client_core::client::received_buffer";

    /// <summary>Replies and their blocks.</summary>
    public const string Replies = "nym_client_core::client::replies::reply_controller";

    /// <summary>What is kept of them.</summary>
    public const string ReplyStorage = "nym_client_core::client::replies::reply_storage";
}
