using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NymDirectory.Hosting.Balancing;

namespace NymDirectory.Hosting.Calls;

/// <summary>
/// Channels to other services, one for each address. <c>http://host:port</c> is one server; <c>dns:///host:port</c> balances over all
/// addresses of the name and looks for new ones every 10 s (gRPC makes that 15); <c>static:///host:port,host:port</c> balances over
/// those. Replicas that do not answer are passed by (<see cref="HealthyReplicasBalancer"/>); dead connections are noticed by pings within 13 s.
/// </summary>
public sealed class ServiceChannels(ILoggerFactory loggers) : IDisposable
{
    private static readonly TimeSpan DnsRefresh = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, GrpcChannel> _channels = new(StringComparer.Ordinal);
    private readonly ServiceProvider _resolvers = new ServiceCollection()
        .AddSingleton<ResolverFactory>(new DnsResolverFactory(DnsRefresh))
        .AddSingleton<ResolverFactory>(new StaticResolverFactory(AddressesOf))
        .AddSingleton<LoadBalancerFactory>(new HealthyReplicasFactory(TimeProvider.System))
        .AddSingleton(loggers)
        .BuildServiceProvider();

    /// <summary>The channel to this address, made at first use.</summary>
    /// <exception cref="InvalidConfigurationException">The address is not of a known form.</exception>
    public GrpcChannel For(string address)
    {
        try
        {
            return IsAddress(address) ? _channels.GetOrAdd(address, Create) : throw new UriFormatException();
        }
        catch (UriFormatException)
        {
            throw new InvalidConfigurationException(
                "A service's address is of the form http://host:port, dns:///host:port or static:///host:port,host:port.");
        }
    }

    /// <summary>Whether the text has the form of a service's address.</summary>
    public static bool IsAddress(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "dns" or "static";

    /// <summary>Closes the channel to an address that is not used any more; calls under way on it fail.</summary>
    public void Forget(string address)
    {
        if (_channels.TryRemove(address, out var channel))
        {
            channel.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var address in _channels.Keys)
        {
            Forget(address);
        }

        _resolvers.Dispose();
    }

    private static IEnumerable<BalancerAddress> AddressesOf(Uri address) =>
        from part in Uri.UnescapeDataString(address.AbsolutePath).TrimStart('/').Split(',', StringSplitOptions.RemoveEmptyEntries)
        let endpoint = new Uri("http://" + part)
        select new BalancerAddress(endpoint.Host, endpoint.Port);

    private GrpcChannel Create(string address) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler
        {
            // Services do not redirect each other, have no cookies, and are never behind a proxy, whatever the environment says: each would be looked at in each call.
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            // No ConnectTimeout. With one, Grpc.Net.Client 2.85 can end up connecting for ever: when it strikes, the subchannel asks for the next
            // try before the old one is put away, takes that for one under way, and makes none. Seen when a Relay's container was restarted.
            // An address that is gone ends by itself (no route), or with the next look-up; calls have deadlines of their own.
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            KeepAlivePingDelay = TimeSpan.FromSeconds(10),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(3),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
            EnableMultipleHttp2Connections = true,
        },
        DisposeHttpClient = true,
        Credentials = address.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? null : ChannelCredentials.Insecure,
        InitialReconnectBackoff = TimeSpan.FromMilliseconds(250),
        MaxReconnectBackoff = TimeSpan.FromSeconds(2),
        DisableResolverServiceConfig = true,
        ServiceConfig = new ServiceConfig { LoadBalancingConfigs = { new LoadBalancingConfig(HealthyReplicasFactory.PolicyName) } },
        ServiceProvider = _resolvers,
        // gRPC logs calls and hosts at Debug and Information, and failures that the callers handle at Error.
        LoggerFactory = Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
    });
}
