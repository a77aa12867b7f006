namespace NymDirectory.Gateway.Attachment;

/// <summary>How the Directory last answered.</summary>
internal enum AttachmentPhase
{
    /// <summary>It was not asked yet.</summary>
    Starting,

    /// <summary>The id is ours.</summary>
    Attached,

    /// <summary>Another process holds the id.</summary>
    HeldByAnother,

    /// <summary>It did not answer.</summary>
    Unanswered,
}
