namespace NymDirectory.Mixnet;

/// <summary>Drop reasons as metrics name them.</summary>
public static class NymDropReasonLabels
{
    /// <summary>A constant in lower case, for example <c>unmatched-answer</c>.</summary>
    public static string ToLabel(this NymDropReason reason) => reason switch
    {
        NymDropReason.Oversized => "oversized",
        NymDropReason.Unparsable => "unparsable",
        NymDropReason.UnmatchedAnswer => "unmatched-answer",
        NymDropReason.QueueFull => "queue-full",
        _ => "other",
    };
}
