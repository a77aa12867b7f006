namespace NymDirectory.Localnet.CommandLine;

/// <summary>What everybody who runs this must have read.</summary>
internal static class NotAnonymous
{
    /// <summary>In a line.</summary>
    public const string Short = "It is NOT ANONYMOUS: nothing is encrypted or mixed.";

    /// <summary>So that nobody misses it.</summary>
    public const string Loud = """
        ****************************************************************
        *  NOT ANONYMOUS. This is Localnet, a local stand-in for       *
        *  nym-client. Nothing is encrypted or mixed, and the hub sees *
        *  who writes what to whom. For development and tests only.    *
        ****************************************************************

        """;
}
