namespace NymDirectory.Relay.Forwarding;

/// <summary>The members of a content as far as they were read.</summary>
internal struct ContentMembers
{
    private string? _sender;
    private string? _recipient;
    private ReadOnlyMemory<byte> _senderText;
    private ReadOnlyMemory<byte> _bodyText;
    private ReadOnlyMemory<byte> _senderPublicKeyText;

    /// <summary>Keeps a member; an earlier one of the same name is forgotten, also when this one is of the wrong type.</summary>
    public void Set(ContentMember member, string? name, ReadOnlyMemory<byte> text)
    {
        switch (member)
        {
            case ContentMember.Sender:
                (_sender, _senderText) = (name, text);
                break;
            case ContentMember.Recipient:
                _recipient = name;
                break;
            case ContentMember.Body:
                _bodyText = text;
                break;
            case ContentMember.SenderPublicKey:
                _senderPublicKeyText = text;
                break;
            default:
                break;
        }
    }

    /// <summary>The content, or null when a sender or a recipient is missing.</summary>
    public readonly SignedContent? ToContent() => string.IsNullOrEmpty(_sender) || string.IsNullOrEmpty(_recipient)
        ? null
        : new SignedContent
        {
            Sender = _sender,
            Recipient = _recipient,
            SenderText = _senderText,
            BodyText = _bodyText,
            SenderPublicKeyText = _senderPublicKeyText,
        };
}
