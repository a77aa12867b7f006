namespace NymDirectory.Mixnet;

/// <summary>What nym-client tells an application: messages that arrived, and answers to requests.</summary>
public abstract record NymResponse
{
    private protected NymResponse()
    {
    }

    /// <summary>Only the kind of the response: what it holds must not slip into logs.</summary>
    public sealed override string ToString() => GetType().Name;
}
