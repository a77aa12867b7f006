namespace NymDirectory.Client;

/// <summary>The node did not answer, however often it was asked. Whether it acted on a request is not known.</summary>
public sealed class NodeSilentException : TimeoutException
{
    /// <summary>With the standard text.</summary>
    public NodeSilentException()
        : base("The node did not answer within the time and the attempts that the options allow.")
    {
    }

    /// <summary>With a text.</summary>
    public NodeSilentException(string message)
        : base(message)
    {
    }

    /// <summary>With a text and a cause.</summary>
    public NodeSilentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
