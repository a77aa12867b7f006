namespace NymDirectory.Gateway.NymClient.Runs;

/// <summary>Why a run began, as metrics and logs name it.</summary>
internal enum RunChange
{
    /// <summary>There was none on file.</summary>
    First,

    /// <summary>The process that had the SURBs ended and was not seen to flush them.</summary>
    NotFlushed,

    /// <summary>nym-client said that it begins with an empty SURB store.</summary>
    StoreLost,

    /// <summary>A reply to our own tag did not come back.</summary>
    OwnTagDead,
}
