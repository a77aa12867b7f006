namespace NymDirectory.Gateway.Protocol;

/// <summary>What a client asked, as far as the message alone can be judged.</summary>
/// <param name="Action">What it asked for.</param>
internal abstract record ClientRequest(ClientAction Action)
{
    /// <summary>What its answer is to carry so that the client knows it by it; absent when it asked for nothing of the kind.</summary>
    public string? Reference { get; init; }

    /// <summary>The kind of request and nothing else: names, keys and contents must not slip into a log through here.</summary>
    public sealed override string ToString() => GetType().Name;
}
