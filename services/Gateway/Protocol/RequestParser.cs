namespace NymDirectory.Gateway.Protocol;

/// <summary>
/// Reads what a client sent. Pure, and total: any bytes give a request, a refusal, or a reason to drop them.
/// A member of the wrong type counts as missing, and so does an empty string where the protocol asks for the member.
/// </summary>
internal static class RequestParser
{
    /// <summary>Reads one message.</summary>
    public static ParsedMessage Parse(ReadOnlySpan<byte> message)
    {
        var members = default(RequestMembers);
        var drop = members.Read(message);
        if (drop != DropReason.None)
        {
            return ParsedMessage.Dropped(drop);
        }

        if (!members.Action.IsString)
        {
            return ParsedMessage.Dropped(DropReason.NoAction);
        }

        return FindAction(members.Action) switch
        {
            null => ParsedMessage.Dropped(DropReason.UnknownAction),
            ClientAction.Ack => Ack(members, message.Length),
            { } action when IsTooLarge(action, message.Length) => Answered(new RequestRefused(Answers.TooLarge(action)), members),
            { } action => Answered(Build(action, members), members),
        };
    }

    private static ParsedMessage Answered(ClientRequest request, in RequestMembers members) =>
        ParsedMessage.Of(AnswerReference.Read(members.Reference) is { } reference ? request with { Reference = reference } : request);

    /// <summary>What is wrong with it nobody is told: the protocol has no answer to it.</summary>
    private static ParsedMessage Ack(in RequestMembers members, int length) =>
        members.Ids is { Ids.Count: > 0 } list && !IsTooLarge(ClientAction.Ack, length)
            ? ParsedMessage.Of(new AckAsked(list.Ids, list.Unusable))
            : ParsedMessage.Dropped(DropReason.MalformedAck);

    private static ClientAction? FindAction(JsonMember action) => ClientActionNames.Find(action.Text!);

    private static bool IsTooLarge(ClientAction action, int length) =>
        length > (action == ClientAction.Send ? ProtocolLimits.MaxSendBytes : ProtocolLimits.MaxMessageBytes);

    private static ClientRequest Build(ClientAction action, in RequestMembers members) => action switch
    {
        ClientAction.Query => Query(members),
        ClientAction.Register => Register(members),
        ClientAction.Login => Login(members),
        ClientAction.Send => Send(members),
        ClientAction.Info => new InfoAsked(),
        _ => new ChallengeAnswered(action, members.Username.HasText ? members.Username.Text : null, members.Signature.Text),
    };

    private static ClientRequest Query(in RequestMembers members) => members.Username.HasText
        ? new QueryAsked(members.Username.Text!)
        : new RequestRefused(Answers.QueryMissingUsername);

    private static ClientRequest Register(in RequestMembers members) => members.Usernym.HasText && members.PublicKey.HasText
        ? new RegistrationAsked(members.Usernym.Text!, members.PublicKey.Text!, members.Features)
        : new RequestRefused(Answers.RegisterMissing);

    private static ClientRequest Login(in RequestMembers members) => members.Usernym.HasText
        ? new LoginAsked(members.Usernym.Text!, members.Features)
        : new RequestRefused(Answers.LoginMissingUsername);

    private static ClientRequest Send(in RequestMembers members)
    {
        // An empty signature is one, and a wrong one, as in the answers to challenges.
        if (!members.Content.HasText || !members.Signature.IsString)
        {
            return new RequestRefused(Answers.SendMissing);
        }

        var content = members.Content.Utf8(out var wellFormed);
        if (content.Length > ProtocolLimits.MaxContentBytes)
        {
            return new RequestRefused(Answers.TooLarge(ClientAction.Send));
        }

        // A lone surrogate has no UTF-8 form: there is nothing that a signature could be right for.
        return wellFormed
            ? new SendAsked(content, members.Signature.Text!)
            : new RequestRefused(Answers.SendInvalidSignature);
    }
}
