namespace NymDirectory.Mixnet;

/// <summary>The life of one connection.</summary>
public enum NymClientSessionState
{
    /// <summary>Requests are taken.</summary>
    Open,

    /// <summary>We are closing it: nothing is taken any more, what arrives is still read.</summary>
    Closing,

    /// <summary>It is over, <see cref="NymClientSession.Completion"/> says why.</summary>
    Closed,
}
