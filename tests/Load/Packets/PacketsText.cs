using System.Globalization;
using NymDirectory.Load.Measuring;
using NymDirectory.Load.Packets.Envelopes;
using NymDirectory.Load.Packets.Paced;

namespace NymDirectory.Load.Packets;

/// <summary>For people: the tables of docs/benchmarks.md.</summary>
internal sealed class PacketsText(TextWriter output) : IPacketsReport
{
    private bool _capacityBegun;

    public void Tell(IReadOnlyList<Envelope> envelopes)
    {
        Table("envelope", "characters", "bytes", "reply blocks with it", "packets");
        foreach (var way in envelopes.GroupBy(envelope => envelope.Way))
        {
            Line($"| **{Words(way.Key)}** | | | | |");
            foreach (var envelope in way)
            {
                Line($"| {envelope.Name} | {envelope.Characters} | {Bytes(envelope.Bytes)} | {(envelope.Blocks > 0 ? envelope.Blocks : string.Empty)} | {Packets(envelope)} |");
            }
        }

        Line($"");
    }

    public void Tell(IReadOnlyList<TextLimit> limits)
    {
        Table("longest text (ASCII) whose delivery fits", "one packet", "two", "three");
        foreach (var limit in limits)
        {
            Line($"| {limit.Name} | {string.Join(" | ", limit.Characters)} |");
        }

        Line($"");
    }

    public void Tell(IReadOnlyList<MessageCost> costs)
    {
        Table(
            "characters", "request (the sender's)", "answer", "delivery", "refill, to one who only reads", "the node's in all", "… to one who only reads",
            "messages/s by default", "with `--fastmode`");
        foreach (var cost in costs)
        {
            var (slow, fast) = (PacedNode.PacketsPerSecond, PacedNode.FastPacketsPerSecond);
            Line($"| {cost.Characters} | {cost.Request:0.##} | {cost.Answer:0.##} | {cost.Delivery:0.##} | {cost.RefillForReaders:0.##} | {cost.Packets:0.##} | {cost.PacketsForReaders:0.##} | {cost.PerSecond(slow):0.0} ({cost.PerSecond(slow, toReaders: true):0.0}) | {cost.PerSecond(fast):0} ({cost.PerSecond(fast, toReaders: true):0}) |");
        }

        Line($"");
    }

    public void Tell(Capacity capacity)
    {
        if (!_capacityBegun)
        {
            _capacityBegun = true;
            Table("Gateways", "characters", "to", "messages/s", "computed", "packets/s", "packets a message", "asked for blocks", "refused, missing, twice");
        }

        var node = capacity.Node.Gateways + (capacity.Node.FastMode ? ", `--fastmode`" : string.Empty);
        Line($"| {node} | {capacity.Node.Characters} | {(capacity.Node.ToReaders ? "readers" : "writers")} | {capacity.MessagesPerSecond:0.0} | {capacity.ComputedPerSecond:0.0} | {capacity.PacketsPerSecond:0.0} | {capacity.PacketsOfAMessage:0.00} | {capacity.BlocksAskedFor} | {capacity.Refused}, {capacity.Missing}, {capacity.Repeated} |");
    }

    public void Tell(Overload overload)
    {
        Line($"");
        Line($"offered    {overload.OfferedPerSecond:0.0} messages/s of {overload.Characters} characters for {overload.Seconds:0} s, where {overload.ComputedPerSecond:0.0} fit: {overload.Offered}");
        Line($"accepted   {overload.AcceptedPerSecond:0.0}/s meanwhile ({overload.PacketsPerSecond:0.0} packets/s); in all {overload.Accepted}, refused {overload.Refused}, never answered {overload.Unanswered}, lost {overload.Lost}, twice {overload.Repeated}");
        Line($"answered   by quarter of the time: {string.Join("; ", overload.Answered.Select(Times))}");
        Line($"delivered  after success: {Times(overload.AcceptedToDelivered)}");
        Line($"look-ups   {overload.QueriesAnswered} of {overload.Queries}: {Times(overload.QueryAnswered)}");
        Line($"health     {overload.HealthFailures} of {overload.HealthChecks} not ready: {Times(overload.HealthAnswered)}");
        Line($"drained    {overload.DrainSeconds:0.0} s after the last was offered");
    }

    private static string Words(Way way) => way switch
    {
        Way.ToNode => "to the node",
        Way.FromNode => "from the node",
        _ => "between clients",
    };

    private static string Bytes(Spread bytes) => bytes.Most == 0 ? string.Empty
        : bytes.Least == bytes.Most ? Invariant($"{bytes.Most}")
        : Invariant($"{bytes.Least}–{bytes.Most}");

    private static string Packets(Envelope envelope) =>
        envelope.Packets == envelope.MostPackets ? Invariant($"{envelope.MostPackets}") : Invariant($"{envelope.Packets:0.00} (at most {envelope.MostPackets})");

    private static string Times(LatencySummary latency) =>
        Invariant($"p50 {latency.P50 / 1000:0.000} s, p99 {latency.P99 / 1000:0.000}, longest {latency.Longest / 1000:0.000}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Table(params string[] columns)
    {
        Line($"| {string.Join(" | ", columns)} |");
        Line($"|{string.Concat(Enumerable.Repeat("---|", columns.Length))}");
    }

    private void Line(FormattableString text) => output.WriteLine(Invariant(text));
}
