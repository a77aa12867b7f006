namespace NymDirectory.Gateway.NymClient.Runs;

/// <summary>When a run goes on and when a new one begins. In doubt it is a new one: that costs waiting until a login, the other way costs messages.</summary>
internal static class RunRules
{
    /// <summary>A process is about to start. Whatever it does, it uses the store from now on.</summary>
    public static (RunRecord Next, RunChange? Change) Start(RunRecord? record) => record switch
    {
        null => (RunRecord.New() with { Intact = false }, RunChange.First),
        { Intact: true } => (record with { Intact = false }, null),
        _ => (RunRecord.New() with { Intact = false }, RunChange.NotFlushed),
    };

    /// <summary>A process that an earlier Gateway started is still there, and with it its SURBs.</summary>
    public static (RunRecord Next, RunChange? Change) Adopt(RunRecord? record) =>
        record is null ? (RunRecord.New() with { Intact = false }, RunChange.First) : (record with { Intact = false }, null);

    /// <summary>It said that it begins with an empty store.</summary>
    public static (RunRecord Next, RunChange? Change) LoseStore() => (RunRecord.New() with { Intact = false }, RunChange.StoreLost);

    /// <summary>The process ended.</summary>
    public static (RunRecord Next, RunChange? Change) End(RunRecord record, bool flushed) =>
        flushed ? (record with { Intact = true }, null) : (RunRecord.New(), RunChange.NotFlushed);

    /// <summary>Somebody else runs it, and a connection came about. <paramref name="ownTagAnswers"/>: null when we had no tag to try.</summary>
    public static (RunRecord Next, RunChange? Change) Reconnect(RunRecord? record, bool? ownTagAnswers) => (record, ownTagAnswers) switch
    {
        ({ } known, true) => (known with { Intact = false }, null),
        (null, _) => (RunRecord.New() with { Intact = false }, RunChange.First),
        _ => (RunRecord.New() with { Intact = false }, RunChange.OwnTagDead),
    };
}
