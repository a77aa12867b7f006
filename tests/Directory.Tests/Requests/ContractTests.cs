using Google.Protobuf;
using NymDirectory.Contracts.V1;

namespace NymDirectory.DirectoryService.Tests.Requests;

public sealed class ContractTests : IAsyncLifetime
{
    private DirectoryUnderTest _directory = null!;

    public async Task InitializeAsync() => _directory = await DirectoryUnderTest.StartAttachedAsync();

    public async Task DisposeAsync()
    {
        _directory.Service.Logs.AssertNoErrors();
        await _directory.DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    public async Task Call_ListOfWrongLength_BreaksTheContract(int count)
    {
        await BrokenContract.AssertAsync(async () => await _directory.Accounts.QueryAsync(
            new QueryRequest { Items = { Enumerable.Repeat(new QueryItem(), count) } }));
        await BrokenContract.AssertAsync(async () => await _directory.Accounts.BeginLoginAsync(
            new BeginLoginRequest { Items = { Enumerable.Repeat(Login(), count) } }));
        await BrokenContract.AssertAsync(async () => await _directory.Mailboxes.AcceptAsync(
            new AcceptRequest { Items = { Enumerable.Repeat(new AcceptItem(), count) } }));
        await BrokenContract.AssertAsync(async () => await _directory.Mailboxes.ResumeAsync(
            new ResumeRequest { Items = { Enumerable.Repeat(new ResumeItem { Route = _directory.NewRoute() }, count) } }));
        await BrokenContract.AssertAsync(async () => await _directory.Mailboxes.SettleAsync(
            new SettleRequest { Items = { Enumerable.Repeat(new SettleItem(), count * 8) } }));
    }

    [Fact]
    public async Task Call_RequestIdOfWrongSize_BreaksTheContract()
    {
        await LoginBreaksAsync(item => item.Context = null);
        await LoginBreaksAsync(item => item.Context.RequestId = ByteString.Empty);
        await LoginBreaksAsync(item => item.Context.RequestId = ByteString.CopyFrom(new byte[17]));
        await BrokenContract.AssertAsync(async () => await _directory.Accounts.CompleteRegistrationAsync(
            new CompleteRegistrationRequest { Items = { new CompleteRegistrationItem { Route = _directory.NewRoute() } } }));
    }

    [Fact]
    public async Task Call_RouteWithAWrongPart_BreaksTheContract()
    {
        await LoginBreaksAsync(item => item.Route = null);
        await LoginBreaksAsync(item => item.Route.RunId = ByteString.Empty);
        await LoginBreaksAsync(item => item.Route.SealedTag = ByteString.CopyFrom(new byte[15]));
        await LoginBreaksAsync(item => item.Route.GatewayId = "");
        await LoginBreaksAsync(item => item.Route.GatewayId = "white space");
        await LoginBreaksAsync(item => item.Route.GatewayId = new string('g', 65));
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(257u, 0u)]
    [InlineData(1u, 10_001u)]
    public async Task LeaseDue_OutOfBounds_BreaksTheContract(uint most, uint wait) => await BrokenContract.AssertAsync(
        async () => await _directory.Mailboxes.LeaseDueAsync(new LeaseDueRequest { MaxDeliveries = most, WaitMilliseconds = wait }));

    private BeginLoginItem Login() => new()
    {
        Context = DirectoryUnderTest.NewContext(),
        Route = _directory.NewRoute(),
        Username = "ada",
    };

    private async Task LoginBreaksAsync(Action<BeginLoginItem> breakIt)
    {
        var item = Login();
        breakIt(item);
        await BrokenContract.AssertAsync(async () => await _directory.Accounts.BeginLoginAsync(new BeginLoginRequest { Items = { item } }));
    }
}
