using Google.Protobuf;
using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.Signatures;
using Arrived = NymDirectory.Contracts.V1.AcceptOutcome.OutcomeOneofCase;

namespace NymDirectory.DirectoryService.Tests.Mailboxes;

public sealed class AcceptTests : IAsyncLifetime
{
    private DirectoryUnderTest _directory = null!;
    private TestUser _ada = null!;
    private TestUser _bob = null!;

    public async Task InitializeAsync()
    {
        _directory = await DirectoryUnderTest.StartAttachedAsync("--Mailbox:MaxMessages=3", "--Mailbox:MaxBytes=200000");
        _ada = await _directory.RegisterAsync("ada");
        _bob = await _directory.RegisterAsync("bob");
    }

    public async Task DisposeAsync()
    {
        _directory.Service.Logs.AssertNoErrors();
        await _directory.DisposeAsync();
    }

    [Fact]
    public async Task Accept_LiveRouteAndNothingBefore_IsLeasedAtOnce()
    {
        var item = DirectoryUnderTest.NewMessage(_ada, _bob, "hello");

        var delivery = (await _directory.AcceptAsync(item)).Leased;

        Assert.Equal(item.Context.RequestId, delivery.LeaseId);
        Assert.Equal(_bob.Route, delivery.Route);
        Assert.Equal(DirectoryUnderTest.Endpoint, delivery.GatewayEndpoint);
        Assert.Equal("hello", DirectoryUnderTest.Text(delivery));
        Assert.NotEqual(0ul, delivery.DeliveryId);
    }

    [Fact]
    public async Task Accept_CallerKeepsTheContents_AreNotSentBackButKept()
    {
        var item = DirectoryUnderTest.NewMessage(_ada, _bob, "hello");

        var response = await _directory.Mailboxes.AcceptAsync(new AcceptRequest { Items = { item }, OmitsContents = true });

        var delivery = Assert.Single(response.Outcomes).Leased;
        Assert.Equal((item.Context.RequestId, ByteString.Empty), (delivery.LeaseId, delivery.RecipientContent));
        var kept = await _directory.Get<DirectoryStore>().ReadAsync(sql => sql.Scalar<byte[]>("SELECT content FROM messages"), default);
        Assert.Equal(item.RecipientContent.ToByteArray(), kept);
    }

    [Fact]
    public async Task Accept_AnotherStandsBefore_Waits()
    {
        await _directory.SendAsync(_ada, _bob, "1");
        Assert.Equal(Arrived.Pending, (await _directory.SendAsync(_ada, _bob, "2")).OutcomeCase);
    }

    [Fact]
    public async Task Accept_ToOneself_Works() =>
        Assert.Equal(Arrived.Leased, (await _directory.SendAsync(_ada, _ada, "note")).OutcomeCase);

    [Fact]
    public async Task Accept_UnknownNames_AreRefused()
    {
        var nobody = new TestUser("no body", _ada.Key, _ada.Route);
        var stranger = new TestUser("stranger", _ada.Key, _ada.Route);

        Assert.Equal(Arrived.UnknownSender, (await _directory.SendAsync(nobody, _bob, "x")).OutcomeCase);
        Assert.Equal(Arrived.UnknownSender, (await _directory.SendAsync(stranger, stranger, "x")).OutcomeCase);
        Assert.Equal(Arrived.RecipientNotFound, (await _directory.SendAsync(_ada, stranger, "x")).OutcomeCase);
        Assert.Equal(Arrived.RecipientNotFound, (await _directory.SendAsync(_ada, nobody, "x")).OutcomeCase);
    }

    [Fact]
    public async Task Accept_CheckedWithAnotherKey_TellsTheRightOne()
    {
        var old = new TestUser("ada", SigningKey.Generate(), _ada.Route);

        var outcome = await _directory.SendAsync(old, _bob, "x");

        Assert.Equal(_ada.Key.PublicKey.Pem, outcome.KeyChanged.PublicKeyPem);
        Assert.Equal(_ada.Key.PublicKey.KeyId.ToArray(), outcome.KeyChanged.KeyId.ToByteArray());
    }

    [Fact]
    public async Task Accept_SameRequestAgain_SameLeaseWhileItLasts()
    {
        var item = DirectoryUnderTest.NewMessage(_ada, _bob, "hello");
        var first = await _directory.AcceptAsync(item);

        Assert.Equal(first, await _directory.AcceptAsync(item));

        _directory.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(Arrived.Pending, (await _directory.AcceptAsync(item)).OutcomeCase);
    }

    [Fact]
    public async Task Accept_SameContentInAnotherRequest_IsAcceptedOnce()
    {
        var item = DirectoryUnderTest.NewMessage(_ada, _bob, "hello");
        var first = (await _directory.AcceptAsync(item)).Leased;
        item.Context = DirectoryUnderTest.NewContext();

        Assert.Equal(Arrived.Pending, (await _directory.AcceptAsync(item)).OutcomeCase);
        Assert.Equal(1u, await _directory.SettleAsync(Fate.Taken, first));
        Assert.Equal(Arrived.Settled, (await _directory.AcceptAsync(item)).OutcomeCase);
        Assert.Equal(Arrived.Leased, (await _directory.SendAsync(_ada, _bob, "next")).OutcomeCase);
    }

    [Fact]
    public async Task Accept_MoreMessagesThanFit_IsRefusedUntilThereIsRoom()
    {
        var first = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        await _directory.SendAsync(_ada, _bob, "2");
        var third = DirectoryUnderTest.NewMessage(_ada, _bob, "3");
        await _directory.AcceptAsync(third);
        var fourth = DirectoryUnderTest.NewMessage(_ada, _bob, "4");

        Assert.Equal(Arrived.MailboxFull, (await _directory.AcceptAsync(fourth)).OutcomeCase);
        Assert.Equal(Arrived.Pending, (await _directory.AcceptAsync(third)).OutcomeCase);
        await _directory.SettleAsync(Fate.Taken, first);
        Assert.Equal(Arrived.Pending, (await _directory.AcceptAsync(fourth)).OutcomeCase);
    }

    [Fact]
    public async Task Accept_MoreBytesThanFit_IsRefused()
    {
        await _directory.SendAsync(_ada, _bob, new string('x', 128 * 1024));
        Assert.Equal(Arrived.MailboxFull, (await _directory.SendAsync(_ada, _bob, new string('x', 128 * 1024))).OutcomeCase);
        Assert.Equal(Arrived.Pending, (await _directory.SendAsync(_ada, _bob, "short")).OutcomeCase);
    }

    [Fact]
    public async Task Accept_ListOfMany_OutcomesInTheirOrder()
    {
        var stranger = new TestUser("stranger", _ada.Key, _ada.Route);
        var response = await _directory.Mailboxes.AcceptAsync(new AcceptRequest
        {
            Items =
            {
                DirectoryUnderTest.NewMessage(_ada, _bob, "1"),
                DirectoryUnderTest.NewMessage(stranger, _bob, "2"),
                DirectoryUnderTest.NewMessage(_bob, _ada, "3"),
                DirectoryUnderTest.NewMessage(_ada, _bob, "4"),
            },
        });

        Assert.Equal(
            [Arrived.Leased, Arrived.UnknownSender, Arrived.Leased, Arrived.Pending],
            response.Outcomes.Select(outcome => outcome.OutcomeCase));
    }

    [Fact]
    public async Task Accept_OnTheRegisteredTagInANewRun_RenewsTheSendersRoute()
    {
        await _directory.ChangeRunAsync();
        Assert.Equal(Arrived.Pending, (await _directory.SendAsync(_bob, _ada, "for ada")).OutcomeCase);
        Assert.Empty(await _directory.LeaseDueAsync());

        var arrival = new Route { GatewayId = DirectoryUnderTest.GatewayId, RunId = _directory.Run, SealedTag = _ada.Route.SealedTag };
        await _directory.SendAsync(_ada, _bob, "I am back", arrival);

        var due = Assert.Single(await _directory.LeaseDueAsync());
        Assert.Equal("for ada", DirectoryUnderTest.Text(due));
        Assert.Equal(arrival, due.Route);
    }

    [Fact]
    public async Task Accept_OnAnotherTagOrInAnotherRun_MovesNothing()
    {
        await _directory.ChangeRunAsync();
        await _directory.SendAsync(_bob, _ada, "for ada");

        await _directory.SendAsync(_ada, _bob, "replayed by somebody", _directory.NewRoute());
        await _directory.SendAsync(_ada, _bob, "a run nobody told of", new Route(_ada.Route) { RunId = DirectoryUnderTest.NewId() });

        Assert.Empty(await _directory.LeaseDueAsync());
    }

    [Fact]
    public async Task Accept_WithAKeyThatIsNotTheSenders_RenewsNothing()
    {
        await _directory.ChangeRunAsync();
        await _directory.SendAsync(_bob, _ada, "for ada");
        var impostor = new TestUser("ada", SigningKey.Generate(), new Route(_ada.Route) { RunId = _directory.Run });

        await _directory.SendAsync(impostor, _bob, "me");

        Assert.Empty(await _directory.LeaseDueAsync());
    }

    [Fact]
    public async Task Accept_ContentOfNoUse_BreaksTheContract()
    {
        await BrokenContract.AssertAsync(() => _directory.SendAsync(_ada, _bob, ""));
        await BrokenContract.AssertAsync(() => _directory.SendAsync(_ada, _bob, new string('x', (128 * 1024) + 1)));
        await BrokenContract.AssertAsync(() => _directory.AcceptAsync(
            new AcceptItem(DirectoryUnderTest.NewMessage(_ada, _bob, "x")) { ContentHash = ByteString.CopyFrom(1, 2, 3) }));
    }
}
