using System.Diagnostics;
using NymDirectory.DirectoryService.Telemetry;
using NymDirectory.Hosting.Telemetry;

namespace NymDirectory.DirectoryService.Requests;

/// <summary>Carries lists of items out and says what came of each: one span and one count for each item.</summary>
internal sealed class ItemOutcomes(DirectoryMetrics metrics)
{
    /// <summary>Items that know nothing of each other, at the same time.</summary>
    public async Task<TOutcome[]> EachAsync<TItem, TOutcome>(
        string rpc, IReadOnlyList<TItem> items, Func<TItem, string?> traceparent, Func<TItem, Task<TOutcome>> carryOut, Func<TOutcome, string> name)
    {
        ItemRules.CheckCount(items.Count);
        return await Task.WhenAll(items.Select(item => OneAsync(rpc, traceparent(item), () => carryOut(item), name)));
    }

    /// <summary>Counts the outcome of one item.</summary>
    public void Count(string rpc, string outcome) => metrics.Request(rpc, outcome);

    private async Task<TOutcome> OneAsync<TOutcome>(
        string rpc, string? traceparent, Func<Task<TOutcome>> carryOut, Func<TOutcome, string> name)
    {
        using var span = ItemTrace.Start(DirectorySpans.Source, rpc, ActivityKind.Internal, traceparent ?? string.Empty);
        var outcome = await carryOut();
        metrics.Request(rpc, name(outcome));
        span?.SetTag(DirectoryTelemetry.OutcomeLabel, name(outcome));
        return outcome;
    }
}
