namespace NymDirectory.Mixnet;

/// <summary>What an application asks of nym-client. A message in it is not copied: it must not change until the request was written.</summary>
public abstract record NymRequest
{
    private protected NymRequest()
    {
    }

    /// <summary>Only the kind of the request: what it holds must not slip into logs.</summary>
    public sealed override string ToString() => GetType().Name;
}
