namespace NymDirectory.Load.Soak.Users;

/// <summary>What the sender of a message knows about it.</summary>
internal enum Told
{
    /// <summary>No answer yet, or none that decides: the node may have it or not.</summary>
    Nothing,

    /// <summary><c>success</c>.</summary>
    Accepted,

    /// <summary>An error after which it must not arrive.</summary>
    Refused,
}
