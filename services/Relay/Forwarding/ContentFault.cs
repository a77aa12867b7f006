namespace NymDirectory.Relay.Forwarding;

/// <summary>Why a signed content cannot be forwarded, before anybody was asked about it.</summary>
internal enum ContentFault
{
    /// <summary>Nothing is wrong with it.</summary>
    None,

    /// <summary>Not UTF-8, not JSON, or nested deeper than <see cref="ContentReader.MaxDepth"/>.</summary>
    NotJson,

    /// <summary>Not an object, or without a sender or a recipient that is a string and not empty.</summary>
    NoParties,
}
