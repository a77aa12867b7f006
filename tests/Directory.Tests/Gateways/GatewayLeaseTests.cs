using Google.Protobuf;
using NymDirectory.Contracts.V1;
using Arrived = NymDirectory.Contracts.V1.AcceptOutcome.OutcomeOneofCase;

namespace NymDirectory.DirectoryService.Tests.Gateways;

public sealed class GatewayLeaseTests : IAsyncLifetime
{
    private readonly ByteString _other = DirectoryUnderTest.NewId();
    private DirectoryUnderTest _directory = null!;

    public async Task InitializeAsync() => _directory = await DirectoryUnderTest.StartAttachedAsync();

    public async Task DisposeAsync()
    {
        _directory.Service.Logs.AssertNoErrors();
        await _directory.DisposeAsync();
    }

    [Fact]
    public async Task Attach_HeldByAnother_SaysForHowLong()
    {
        _directory.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(11_000u, (await AttachOtherAsync()).HeldByAnother.EndsInMilliseconds);
    }

    [Fact]
    public async Task Attach_OthersLeaseLapsed_IsTaken()
    {
        _directory.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.NotNull((await AttachOtherAsync()).Attached);
        var former = await _directory.Gateways.AttachAsync(new AttachRequest
        {
            GatewayId = DirectoryUnderTest.GatewayId,
            InstanceId = _directory.Instance,
            Endpoint = "http://x:1",
        });
        Assert.NotNull(former.HeldByAnother);
    }

    [Fact]
    public async Task Attach_RenewedInTime_StaysHeld()
    {
        for (var time = 0; time < 4; time++)
        {
            _directory.Time.Advance(TimeSpan.FromSeconds(10));
            await _directory.AttachAsync();
        }

        Assert.NotNull((await AttachOtherAsync()).HeldByAnother);
    }

    [Fact]
    public async Task Detach_ByItsHolder_FreesIt()
    {
        await DetachAsync(_other);
        Assert.NotNull((await AttachOtherAsync()).HeldByAnother);
        await DetachAsync(_directory.Instance);
        Assert.NotNull((await AttachOtherAsync()).Attached);
    }

    [Fact]
    public async Task Attach_AfterARestartOfTheDirectory_TheLeaseStillHolds()
    {
        await _directory.RestartAsync();
        Assert.NotNull((await AttachOtherAsync()).HeldByAnother);
        await _directory.AttachAsync();
    }

    [Fact]
    public async Task Attach_BackInTheSameRun_WhatWasParkedIsDue()
    {
        var ada = await _directory.RegisterAsync("ada");
        await DetachAsync(_directory.Instance);
        Assert.Equal(Arrived.Pending, (await _directory.SendAsync(ada, ada, "note")).OutcomeCase);
        Assert.Empty(await _directory.LeaseDueAsync());

        await _directory.AttachAsync();

        Assert.Single(await _directory.LeaseDueAsync());
    }

    [Fact]
    public async Task Attach_BackAfterItLapsedWithMessagesUnderWay_TheyAreDueAgain()
    {
        var ada = await _directory.RegisterAsync("ada");
        var delivery = (await _directory.SendAsync(ada, ada, "note")).Leased;
        _directory.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Empty(await _directory.LeaseDueAsync());

        await _directory.AttachAsync();

        Assert.Equal(delivery.DeliveryId, Assert.Single(await _directory.LeaseDueAsync()).DeliveryId);
    }

    [Fact]
    public async Task Attach_RunNotYetKnown_NothingIsLive()
    {
        var ada = await _directory.RegisterAsync("ada");
        await AttachSelfAsync(ByteString.Empty);
        Assert.Equal(Arrived.Pending, (await _directory.SendAsync(ada, ada, "note")).OutcomeCase);

        await AttachSelfAsync(_directory.Run);

        Assert.Single(await _directory.LeaseDueAsync());
    }

    [Fact]
    public async Task Attach_NewEndpoint_DeliveriesNameIt()
    {
        var ada = await _directory.RegisterAsync("ada");
        await AttachSelfAsync(_directory.Run, "http://moved:5100");
        Assert.Equal("http://moved:5100", (await _directory.SendAsync(ada, ada, "note")).Leased.GatewayEndpoint);
    }

    [Fact]
    public async Task Attach_ValuesOfWrongSize_BreakTheContract()
    {
        await BrokenContract.AssertAsync(() => AttachSelfAsync(ByteString.CopyFrom(1, 2)));
        await BrokenContract.AssertAsync(() => AttachSelfAsync(_directory.Run, ""));
        await BrokenContract.AssertAsync(() => AttachSelfAsync(_directory.Run, new string('x', 257)));
        await BrokenContract.AssertAsync(() => DetachAsync(ByteString.Empty));
    }

    private async Task AttachSelfAsync(ByteString run, string endpoint = DirectoryUnderTest.Endpoint) =>
        await _directory.Gateways.AttachAsync(new AttachRequest
        {
            GatewayId = DirectoryUnderTest.GatewayId,
            InstanceId = _directory.Instance,
            Endpoint = endpoint,
            RunId = run,
        });

    private async Task<AttachResponse> AttachOtherAsync() => await _directory.Gateways.AttachAsync(new AttachRequest
    {
        GatewayId = DirectoryUnderTest.GatewayId,
        InstanceId = _other,
        Endpoint = "http://other:5100",
        RunId = DirectoryUnderTest.NewId(),
    });

    private async Task DetachAsync(ByteString instance) =>
        await _directory.Gateways.DetachAsync(new DetachRequest { GatewayId = DirectoryUnderTest.GatewayId, InstanceId = instance });
}
