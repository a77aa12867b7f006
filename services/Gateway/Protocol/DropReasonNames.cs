namespace NymDirectory.Gateway.Protocol;

/// <summary>Metric labels of <see cref="DropReason"/>.</summary>
internal static class DropReasonNames
{
    /// <summary>The reason as a label.</summary>
    public static string Name(this DropReason reason) => reason switch
    {
        DropReason.NoSenderTag => "no_sender_tag",
        DropReason.NotUtf8 => "not_utf8",
        DropReason.NotJson => "not_json",
        DropReason.NotAnObject => "not_an_object",
        DropReason.NoAction => "no_action",
        DropReason.UnknownAction => "unknown_action",
        DropReason.MalformedAck => "malformed_ack",
        DropReason.Stopping => "stopping",
        DropReason.TagFlood => "tag_flood",
        DropReason.TooManySends => "too_many_sends",
        DropReason.WaitsAlready => "waits_already",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
