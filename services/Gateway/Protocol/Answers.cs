using static NymDirectory.Gateway.Protocol.ClientAction;

namespace NymDirectory.Gateway.Protocol;

/// <summary>Every constant answer, in one place. Existing clients match these texts: they are fixed.</summary>
internal static class Answers
{
    public static readonly ConstantAnswer QueryMissingUsername = new(Query, "error: missing 'username' field", "missing_member");
    public static readonly ConstantAnswer QueryNotFound = new(Query, "No user found", "not_found");

    public static readonly ConstantAnswer RegisterMissing = new(Register, "error: missing username or public key", "missing_member");
    public static readonly ConstantAnswer RegisterInvalidUsername = new(Register, "error: invalid username format", "invalid_username");
    public static readonly ConstantAnswer RegisterInvalidKey = new(Register, "error: invalid public key", "invalid_public_key");
    public static readonly ConstantAnswer RegisterInUse = new(Register, "error: username already in use", "username_in_use");
    public static readonly ConstantAnswer RegisterBusy = new(Register, "error: rate limit exceeded, try again later", "busy");

    public static readonly ConstantAnswer Registered = new(RegistrationResponse, "success", "success");
    public static readonly ConstantAnswer RegistrationNotPending =
        new(RegistrationResponse, "error: no pending registration for sender", "no_pending_challenge");
    public static readonly ConstantAnswer RegistrationInvalidSignature =
        new(RegistrationResponse, "error: signature verification failed", "invalid_signature");
    public static readonly ConstantAnswer RegistrationInUse =
        new(RegistrationResponse, "error: username already in use", "username_in_use");

    public static readonly ConstantAnswer LoginMissingUsername = new(Login, "error: missing username", "missing_member");
    public static readonly ConstantAnswer LoginNotFound = new(Login, "error: user not found", "not_found");
    public static readonly ConstantAnswer LoginBusy = new(Login, "error: rate limit exceeded, try again later", "busy");

    public static readonly ConstantAnswer LoggedIn = new(LoginResponse, "success", "success");
    public static readonly ConstantAnswer LoginNotPending = new(LoginResponse, "error: no pending login for sender", "no_pending_challenge");
    public static readonly ConstantAnswer LoginInvalidSignature = new(LoginResponse, "error: invalid signature", "invalid_signature");

    public static readonly ConstantAnswer Sent = new(Send, "success", "success");
    public static readonly ConstantAnswer SendMissing = new(Send, "error: missing 'content' or 'signature'", "missing_member");
    public static readonly ConstantAnswer SendInvalidJson = new(Send, "error: invalid JSON in content", "invalid_content");
    public static readonly ConstantAnswer SendMissingNames =
        new(Send, "error: missing 'sender' or 'recipient' field in message content", "missing_sender_or_recipient");
    public static readonly ConstantAnswer SendUnknownSender = new(Send, "error: unrecognized sender username", "unrecognized_sender");
    public static readonly ConstantAnswer SendInvalidSignature = new(Send, "error: invalid signature", "invalid_signature");
    public static readonly ConstantAnswer SendNoRecipient = new(Send, "error: recipient not found", "recipient_not_found");
    public static readonly ConstantAnswer SendMailboxFull = new(Send, "error: recipient mailbox full", "mailbox_full");

    private static readonly ConstantAnswer[] Oversized = ForEveryAction("error: message too large", "too_large");
    private static readonly ConstantAnswer[] BackEndAway = ForEveryAction("error: temporarily unavailable", "unavailable");
    private static readonly ConstantAnswer[] Failures = ForEveryAction("error: temporarily unavailable", "failed");

    /// <summary>All of them, to be signed at the start.</summary>
    public static IReadOnlyList<ConstantAnswer> All { get; } =
    [
        QueryMissingUsername, QueryNotFound,
        RegisterMissing, RegisterInvalidUsername, RegisterInvalidKey, RegisterInUse, RegisterBusy,
        Registered, RegistrationNotPending, RegistrationInvalidSignature, RegistrationInUse,
        LoginMissingUsername, LoginNotFound, LoginBusy,
        LoggedIn, LoginNotPending, LoginInvalidSignature,
        Sent, SendMissing, SendInvalidJson, SendMissingNames, SendUnknownSender, SendInvalidSignature, SendNoRecipient, SendMailboxFull,
        .. Oversized, .. BackEndAway, .. Failures,
    ];

    /// <summary>The message, or its content, is over the limit of <see cref="ProtocolLimits"/>.</summary>
    public static ConstantAnswer TooLarge(ClientAction action) => Oversized[(int)action];

    /// <summary>A service behind the Gateway did not answer in time.</summary>
    public static ConstantAnswer Unavailable(ClientAction action) => BackEndAway[(int)action];

    /// <summary>Our own mistake. A client learns no more than from <see cref="Unavailable"/>.</summary>
    public static ConstantAnswer Failed(ClientAction action) => Failures[(int)action];

    private static ConstantAnswer[] ForEveryAction(string content, string outcome) =>
        [.. Enum.GetValues<ClientAction>().Where(action => action.IsAnswered()).Select(action => new ConstantAnswer(action, content, outcome))];
}
