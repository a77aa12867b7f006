namespace NymDirectory.Hosting;

/// <summary>The service cannot start as it is configured; the message is for the operator and is all they see.</summary>
public sealed class InvalidConfigurationException : Exception
{
    /// <summary>Says in one line what is wrong and how it should be.</summary>
    public InvalidConfigurationException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="InvalidConfigurationException(string)"/>
    public InvalidConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>For serializers and such; says nothing.</summary>
    public InvalidConfigurationException()
    {
    }
}
