namespace NymDirectory.Hosting.Errors;

/// <summary>Why a call failed as a whole: the value of the trailer <see cref="ServiceFailure.ReasonTrailer"/>.</summary>
public static class FailureReason
{
    /// <summary>INVALID_ARGUMENT: the caller broke the contract (a list too long, an id of the wrong size).</summary>
    public const string BrokenContract = "broken-contract";

    /// <summary>RESOURCE_EXHAUSTED: a bounded queue is full; try again later.</summary>
    public const string Overloaded = "overloaded";

    /// <summary>UNAVAILABLE: the database cannot be written or read now; try again.</summary>
    public const string Storage = "storage";

    /// <summary>UNAVAILABLE: a service that this one needs does not answer; try again.</summary>
    public const string Dependency = "dependency";

    /// <summary>UNAVAILABLE: the service is about to stop; try another one.</summary>
    public const string Stopping = "stopping";

    /// <summary>CANCELLED: the caller went away.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>INTERNAL: a fault of ours; it is in the service's log.</summary>
    public const string Internal = "internal";
}
