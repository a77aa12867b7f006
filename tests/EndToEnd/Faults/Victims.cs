namespace NymDirectory.EndToEnd.Faults;

/// <summary>Which processes of a node are killed, or stopped where they are.</summary>
[Flags]
internal enum Victims
{
    None = 0,
    Gateway = 1,
    Directory = 2,
    Relay = 4,
    NymClient = 8,
    All = Gateway | Directory | Relay | NymClient,
}
