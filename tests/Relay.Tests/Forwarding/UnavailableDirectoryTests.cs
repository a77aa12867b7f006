using System.Diagnostics.Metrics;
using System.Text;
using Grpc.Core;
using NymDirectory.Contracts.V1;
using NymDirectory.Relay.Tests.Fakes;
using NymDirectory.Signatures;
using NymDirectory.TestKit;
using Outcome = NymDirectory.Contracts.V1.ForwardOutcome.OutcomeOneofCase;

namespace NymDirectory.Relay.Tests.Forwarding;

public sealed class UnavailableDirectoryTests : IAsyncLifetime
{
    private static readonly Vectors.MessageVector First = Vectors.Load().Sends[0];

    private Node _node = null!;

    public async Task InitializeAsync() => _node = await Node.StartAsync();

    public Task DisposeAsync() => _node.DisposeAsync().AsTask();

    [Fact]
    public async Task Forward_DirectoryFailsForAWhile_IsAcceptedInTheEnd()
    {
        _node.Directory.FailQueries = StatusCode.Unavailable;
        _node.Directory.FailAccepts = StatusCode.Unavailable;
        var forward = _node.ForwardAsync(First.Content, First.Signature);
        await Eventually.True(() => _node.Directory.Queries.Count >= 2);
        _node.Directory.FailQueries = null;
        await Eventually.True(() => _node.Directory.Accepts.Count >= 2);
        _node.Directory.FailAccepts = null;

        Assert.Equal(Outcome.Accepted, await forward.Within());
        Assert.Single(_node.Directory.Accepts.Select(accept => accept.Context.RequestId).Distinct());
    }

    [Fact]
    public async Task Forward_DirectoryIsGone_IsUnavailableWithoutItsText()
    {
        _node.Directory.FailAccepts = StatusCode.Unavailable;
        var e = await Assert.ThrowsAsync<RpcException>(() => _node.ForwardAsync(First.Content, First.Signature));
        AssertStatus(e, StatusCode.Unavailable, "dependency");
    }

    [Theory]
    [InlineData(StatusCode.FailedPrecondition, StatusCode.Unavailable, "dependency")]
    [InlineData(StatusCode.InvalidArgument, StatusCode.Internal, "internal")]
    public async Task Forward_DirectoryRefusesTheCall_SaysNoMoreThanAReason(StatusCode from, StatusCode to, string reason)
    {
        _node.ExpectedErrors = ["The Directory refuses a call"];
        _node.Directory.FailQueries = from;
        var e = await Assert.ThrowsAsync<RpcException>(() => _node.ForwardAsync(First.Content, First.Signature));
        AssertStatus(e, to, reason);
        Assert.DoesNotContain("canary", _node.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", _node.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forward_AnswerLacksAnOutcome_NoneOfTheListIsDecided()
    {
        _node.ExpectedErrors = ["UnreachableException"];
        using var counted = new Measurements(_node.Get<IMeterFactory>());
        _node.Directory.MissingOutcomes = 1;

        var e = await Assert.ThrowsAsync<RpcException>(
            () => _node.ForwardAsync(Node.Item(First.Content, First.Signature), Node.Item(First.Content, First.Signature)));

        AssertStatus(e, StatusCode.Internal, "internal");
        Assert.Equal((2, 0), (counted["requests undecided"], counted["requests accepted"]));
    }

    [Fact]
    public async Task Forward_OneItemUndecided_TheListFailsAndCanBeRepeated()
    {
        _node.Directory.Accept = item => new AcceptOutcome { Leased = _node.Leased() };
        using var carol = SigningKey.Generate();
        _node.Directory.Register("carol", carol.PublicKey.Pem);
        const string OfCarol = """{"sender":"carol","recipient":"bob"}""";
        ForwardItem[] items = [Node.Item(First.Content, First.Signature), Node.Item(OfCarol, carol.SignHex(Encoding.UTF8.GetBytes(OfCarol)))];
        // Only one of them needs a look-up.
        Assert.Equal(Outcome.Accepted, await _node.ForwardAsync(First.Content, First.Signature));
        _node.Directory.FailQueries = StatusCode.FailedPrecondition;
        var e = await Assert.ThrowsAsync<RpcException>(() => _node.ForwardAsync(items));
        AssertStatus(e, StatusCode.Unavailable, "dependency");

        _node.Directory.FailQueries = null;
        Assert.All(await _node.ForwardAsync(items), outcome => Assert.Equal(Outcome.Accepted, outcome));
        // None of the list was accepted before all of it was decided.
        Assert.All(items, item => Assert.Single(_node.Directory.Accepts, accept => accept.Context.RequestId == item.Context.RequestId));
    }

    [Fact]
    public async Task Forward_CallerGoesAway_IsCancelledAndTheRelayGoesOn()
    {
        var gate = new TaskCompletionSource();
        _node.Directory.BeforeQuery = gate.Task;
        var request = new ForwardRequest { Items = { Node.Item(First.Content, First.Signature) } };
        using var caller = new CancellationTokenSource();
        var call = _node.Client.ForwardAsync(request, cancellationToken: caller.Token).ResponseAsync;
        await Eventually.True(() => !_node.Directory.Queries.IsEmpty);
        await caller.CancelAsync();
        await Assert.ThrowsAsync<RpcException>(() => call);
        gate.SetResult();
        Assert.Equal(Outcome.Accepted, await _node.ForwardAsync(First.Content, First.Signature));
    }

    private static void AssertStatus(RpcException e, StatusCode status, string reason)
    {
        Assert.Equal(status, e.StatusCode);
        Assert.Equal(reason, e.Status.Detail);
        Assert.Equal(reason, e.Trailers.GetValue("nymdirectory-reason"));
    }
}
