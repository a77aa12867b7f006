using CsCheck;
using NymDirectory.Gateway.NymClient.Processes;
using NymDirectory.Mixnet;

namespace NymDirectory.Gateway.Tests.NymClient.Processes;

public sealed class LogLineTests
{
    // Lines as nym-client 1.1 prints them, with tags and addresses made up.
    [Theory]
    [InlineData("\u001b[2m2026-05-01T10:00:00.000001Z\u001b[0m \u001b[32m INFO\u001b[0m nym_client::client: The address of this client is: 3wq.4Kf@3zd", "info", LogSign.SocketOpen)]
    [InlineData("2026-05-01T10:00:00.000001Z  INFO nym_client_core::client::replies: Data flush is complete", "info", LogSign.Flushed)]
    [InlineData(" 2023-02-23T11:56:42.375Z INFO  nym_client_core::client > PersistentReplyStorage is flushing all reply-related data to underlying storage", "info", LogSign.Flushing)]
    [InlineData("2026-05-01T10:00:00Z ERROR nym_client_core: failed to flush our reply-related data to the persistent storage: disk I/O error", "error", LogSign.FlushFailed)]
    [InlineData("2026-05-01T10:00:00Z ERROR nym_client_core: The loaded data is inconsistent - the client hasn't undergone a graceful shutdown", "error", LogSign.StoreLost)]
    [InlineData("2026-05-01T10:00:00Z ERROR x: it seems that on the last shutdown the client hasn't finished the data flush. You may have to", "error", LogSign.StoreLost)]
    [InlineData("2026-05-01T10:00:00Z  INFO x: Creating fresh surb database", "info", LogSign.StoreLost)]
    [InlineData("2026-05-01T10:00:00Z ERROR x: Failed to bind to 127.0.0.1:1977 - Address already in use (os error 98). Are you sure", "error", LogSign.PortInUse)]
    [InlineData("thread 'tokio-runtime-worker' panicked at clients/native/src/websocket/handler.rs:1:2:", "none", LogSign.Panicked)]
    [InlineData("2026-05-01T10:00:00Z  INFO nym_client::websocket::listener: Running websocket on \"127.0.0.1:1977\"", "info", LogSign.None)]
    [InlineData("2026-05-01T10:00:00Z  WARN x: no reply surbs for 5hjx1NGdGfd4rGDPfB2r8E", "warn", LogSign.None)]
    [InlineData("2026-05-01T10:00:00Z ERROR x: failed to properly stop the storage session - locked. We might not be able to smoothly restore it", "error", LogSign.FlushFailed)]
    [InlineData("2026-05-01T10:00:00Z ERROR x: failed to start the storage session - locked", "error", LogSign.StoreUnusable)]
    [InlineData("2026-05-01T10:00:00Z  INFO x: it's been over 2 days and 3 hours since we last used our data store. our reply surbs are already outdated - we're going", "info", LogSign.StoreLost)]
    [InlineData("2026-05-01T10:00:00Z  INFO x: timeout reached - forcing shutdown", "info", LogSign.Forced)]
    [InlineData("2026-05-01T10:00:00Z ERROR x: panicked at src/a.rs:1:2: oh. issuing global cancellation", "error", LogSign.Panicked)]
    [InlineData("2026-05-01T10:00:00Z ERROR x: The lane queue length lock is poisoned!!", "error", LogSign.Broken)]
    [InlineData("2026-05-01T10:00:00Z ERROR x: Failed to load config for nymdirectory. Are you sure you have run `init` before?", "error", LogSign.ConfigurationRefused)]
    [InlineData("2026-05-01T10:00:00Z  WARN x: OUT OF BANDWIDTH. remaining: 0 B", "warn", LogSign.OutOfBandwidth)]
    [InlineData("2026-05-01T10:00:00Z  WARN x: received reply request for 5hjx1NGdGfd4rGDPfB2r8E but we don't have any surbs stored for that recipient!", "warn", LogSign.NoReplyBlocks)]
    [InlineData("2026-05-01T10:00:00Z ERROR x: Failed to send sphinx packet(s) to the gateway: timeout", "error", LogSign.None)]
    [InlineData("2026-05-01T10:00:00Z ERROR x: re-inserting 3 unused surbs", "error", LogSign.None)]
    [InlineData("", "none", LogSign.None)]
    public void Read_LineOfNymClient_IsUnderstood(string line, string level, object sign) => Assert.Equal(new LogLine(level, (LogSign)sign), LogLine.Read(line));

    [Fact]
    public void Read_AnyText_KeepsNothingOfIt() =>
        Gen.String.Sample(text =>
        {
            var line = LogLine.Read("2026-05-01T10:00:00Z  WARN x: " + text + " CANARY");
            return line.Level is "trace" or "debug" or "info" or "warn" or "error" or "none" && !line.ToString().Contains("CANARY", StringComparison.Ordinal);
        });

    [Fact]
    public void TagOf_ReplyThatWasDropped_IsTheTag()
    {
        var tag = SenderTag.FromBytes([.. Enumerable.Range(1, SenderTag.Size).Select(i => (byte)i)]);

        Assert.Equal(tag, LogLine.TagOf($"\u001b[33m WARN\u001b[0m x: received reply request for {tag.ToBase58()} but we don't have any surbs stored for that recipient!"));
        Assert.Null(LogLine.TagOf("received reply request for nobody but we don't have any surbs stored for that recipient!"));
        Assert.Null(LogLine.TagOf("but we don't have any surbs stored for that recipient! reply request for "));
    }

    [Theory]
    [InlineData(new[] { "Flushing", "Flushed" }, "complete")]
    [InlineData(new[] { "Flushing", "Forced" }, "cut-off")]
    [InlineData(new[] { "Flushing" }, "cut-off")]
    [InlineData(new[] { "Flushing", "FlushFailed" }, "failed")]
    [InlineData(new[] { "Flushing", "Flushed", "FlushFailed" }, "failed")]
    [InlineData(new string[0], "none")]
    public void Outcome_OfAFlush_IsWhatItsLogSaid(string[] signs, string outcome) =>
        Assert.Equal(outcome, FlushRules.Outcome(signs.Select(Enum.Parse<LogSign>).Aggregate(new LogSigns(), (all, sign) => all.With(sign))));

    [Theory]
    [InlineData(new[] { "Flushing", "Flushed", "FlushFailed" }, false)]
    [InlineData(new[] { "Flushing", "Flushed" }, true)]
    [InlineData(new[] { "Flushing" }, false)]
    [InlineData(new[] { "Flushed", "StoreLost" }, false)]
    [InlineData(new[] { "Flushing", "FlushFailed" }, false)]
    [InlineData(new string[0], false)]
    public void With_SignsInTheirOrder_KnowsWhetherTheStoreIsWhole(string[] signs, bool flushed) =>
        Assert.Equal(flushed, signs.Select(Enum.Parse<LogSign>).Aggregate(new LogSigns(), (all, sign) => all.With(sign)).Flushed);

    [Theory]
    [InlineData(0, false, true, "Left")]
    [InlineData(0, true, true, "PortInUse")]
    [InlineData(1, true, false, "PortInUse")]
    [InlineData(1, false, false, "StartFailed")]
    [InlineData(1, false, true, "Crashed")]
    [InlineData(137, false, true, "Crashed")]
    [InlineData(127, false, false, "NotExecuted")]
    [InlineData(null, false, true, "Unknown")]
    public void Classify_EndNobodyAskedFor_TellsKindsApart(int? exitCode, bool portInUse, bool wasUp, string expected) =>
        Assert.Equal(Enum.Parse<ProcessEnd>(expected), EndRules.Classify(exitCode, new LogSigns { PortInUse = portInUse }, wasUp));
}
