using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NymDirectory.Contracts.V1;
using NymDirectory.Hosting.Calls;
using NymDirectory.TestKit;

namespace NymDirectory.Hosting.Tests;

public sealed class ServiceChannelsTests
{
    [Fact]
    public async Task For_StaticList_BalancesOverAllAndGoesOnWithoutOne()
    {
        var counts = new int[2];
        var first = await StartAsync(() => counts[0]++);
        await using var second = await StartAsync(() => counts[1]++);
        using var channels = new ServiceChannels(NullLoggerFactory.Instance);
        var address = $"static:///{new Uri(first.Address).Authority},{new Uri(second.Address).Authority}";
        var client = new RelayService.RelayServiceClient(channels.For(address));

        // The second connection may come up after the first calls.
        await Eventually.True(async () =>
        {
            await ServiceCalls.InvokeAsync(options => client.ForwardAsync(new ForwardRequest(), options), default);
            return counts.All(count => count > 5);
        });
        await first.DisposeAsync();
        var before = counts[1];
        for (var i = 0; i < 10; i++)
        {
            await ServiceCalls.InvokeAsync(options => client.ForwardAsync(new ForwardRequest(), options), default).Within();
        }

        Assert.Equal(before + 10, counts[1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost:5100")]
    [InlineData("ftp://host:1")]
    public void For_AddressThatIsNone_IsRefused(string address)
    {
        using var channels = new ServiceChannels(NullLoggerFactory.Instance);
        Assert.Throws<InvalidConfigurationException>(() => channels.For(address));
    }

    private static Task<ServiceUnderTest> StartAsync(Action count) => ServiceUnderTest.StartAsync((args, change) =>
    {
        var builder = ServiceHost.CreateBuilder(new ServiceDescription("NymDirectory.Hosting.Tests", "http://localhost:1", "http://localhost:2"), args);
        builder.Services.AddSingleton<Func<ServerCallContext, ForwardResponse>>(_ =>
        {
            count();
            return new ForwardResponse();
        });
        change?.Invoke(builder);
        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapGrpcService<AnsweringRelay>();
        return app;
    });
}
