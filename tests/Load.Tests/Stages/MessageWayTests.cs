using NymDirectory.EndToEnd.Telemetry;
using NymDirectory.Load.Stages;

namespace NymDirectory.Load.Tests.Stages;

/// <summary>Spans as the services export them; times in milliseconds after the request began.</summary>
public sealed class MessageWayTests
{
    private readonly List<ExportedSpan> _spans =
    [
        Span("a", "1", "nymchat send", 0, 20),
        Span("a", "2", "forward", 3, 18),
        Span("a", "3", "verify", 4, 5),
        Span("a", "4", "accept", 7, 12),
        Span("a", "5", "commit", 8, 11),
        Span("b", "6", "nymchat deliver", 14, 15, ("a", "2")),
        Span("b", "7", "deliver to nym-client", 19, 24),
    ];

    [Fact]
    public void Of_SpansOfAMessage_AreItsStages()
    {
        var way = Assert.Single(MessageWay.Of(_spans));
        Assert.Equal(
            [3, 2, 2, 4, 9, 13, 24],
            new[] { Stage.ToRelay, Stage.Check, Stage.ToDirectory, Stage.Commit, Stage.Answer, Stage.Delivery, Stage.Whole }.Select(way.Milliseconds));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(1), way.Began);
    }

    [Fact]
    public void Of_DeliveryWhoseTraceIsNotKept_IsItsRequestOnly()
    {
        _spans.RemoveAll(span => span.TraceId == "b");
        var way = Assert.Single(MessageWay.Of(_spans));
        Assert.Equal(4, way.Milliseconds(Stage.Commit));
        Assert.Null(way.Milliseconds(Stage.Delivery));
        Assert.Null(way.Milliseconds(Stage.Whole));
    }

    [Fact]
    public void Of_RequestThatWasRefused_IsLeftOut()
    {
        _spans.RemoveAll(span => span.Name is "accept" or "commit");
        Assert.Empty(MessageWay.Of(_spans));
    }

    [Fact]
    public void Of_RequestThatWasForwardedTwice_IsLeftOut()
    {
        _spans.Add(Span("a", "8", "forward", 30, 40));
        Assert.Empty(MessageWay.Of(_spans));
    }

    [Fact]
    public void StageTimes_OfAHundredMessages_AreTheirMeanPercentilesAndTheSlowest()
    {
        // The whole way takes 1 to 100 ms.
        var spans = Enumerable.Range(1, 100).SelectMany(i => new[]
        {
            Span($"a{i}", $"1-{i}", "nymchat send", 0, 1),
            Span($"a{i}", $"2-{i}", "forward", 0, 1),
            Span($"a{i}", $"3-{i}", "verify", 0, 0),
            Span($"a{i}", $"4-{i}", "accept", 0, 0),
            Span($"a{i}", $"5-{i}", "commit", 0, 0),
            Span($"b{i}", $"6-{i}", "nymchat deliver", 0, 0, ($"a{i}", $"2-{i}")),
            Span($"b{i}", $"7-{i}", "deliver to nym-client", 0, i),
        });
        var whole = StageTimes.Of(MessageWay.Of(spans)).Single(times => times.Stage == Stage.Whole);
        Assert.Equal(new StageTimes(Stage.Whole, 100, 50.5, 51, 100, 99.5), whole);
    }

    [Fact]
    public void StageTimes_NothingKnown_AreNone() => Assert.Empty(StageTimes.Of([]));

    private static ExportedSpan Span(string trace, string id, string name, int start, int end, params (string TraceId, string SpanId)[] links) =>
        new("service", "instance", trace, id, string.Empty, name, links, new Dictionary<string, string>())
        {
            Start = (ulong)(1000 + start) * 1_000_000,
            End = (ulong)(1000 + end) * 1_000_000,
        };
}
