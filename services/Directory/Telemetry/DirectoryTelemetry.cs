namespace NymDirectory.DirectoryService.Telemetry;

/// <summary>Every name that this service's spans and metrics have; documented in <c>docs/telemetry.md</c>.</summary>
internal static class DirectoryTelemetry
{
    /// <summary>Of the activity source and the meter.</summary>
    public const string Name = "NymDirectory.DirectoryService";

    public const string Requests = "nymdirectory.directory.requests";
    public const string OpenChallenges = "nymdirectory.directory.challenges.open";
    public const string ChallengesRefused = "nymdirectory.directory.challenges.refused";
    public const string SignatureChecks = "nymdirectory.directory.signature_checks";
    public const string Commits = "nymdirectory.directory.commits";
    public const string CommitDuration = "nymdirectory.directory.commit.duration";
    public const string CommitItems = "nymdirectory.directory.commit.items";
    public const string MailboxDepth = "nymdirectory.directory.mailbox.depth";
    public const string MailboxAge = "nymdirectory.directory.mailbox.age";
    public const string DueLag = "nymdirectory.directory.mailbox.due_lag";
    public const string Leases = "nymdirectory.directory.leases";
    public const string Settles = "nymdirectory.directory.settles";
    public const string Accepted = "nymdirectory.directory.messages.accepted";
    public const string Ended = "nymdirectory.directory.messages.ended";
    public const string Acknowledgements = "nymdirectory.directory.acknowledgements";
    public const string Forgotten = "nymdirectory.directory.forgotten";
    public const string StorageFailures = "nymdirectory.directory.storage.failures";

    public const string RpcLabel = "rpc";
    public const string OutcomeLabel = "outcome";
    public const string FateLabel = "fate";
    public const string ReasonLabel = "reason";
    public const string KindLabel = "kind";

    public const string CommitSpan = "commit";
}
