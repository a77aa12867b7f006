namespace NymDirectory.Hosting.Commands;

/// <summary>A command did not do what it was asked for; the message is for the operator and is all they see.</summary>
public sealed class CommandFailedException : Exception
{
    /// <summary>Says in one line what was in the way.</summary>
    public CommandFailedException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="CommandFailedException(string)"/>
    public CommandFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>For serializers and such; says nothing.</summary>
    public CommandFailedException()
    {
    }
}
