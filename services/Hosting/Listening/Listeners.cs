using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace NymDirectory.Hosting.Listening;

/// <summary>
/// Two listeners: gRPC over cleartext HTTP/2 on <c>urls</c>, health over HTTP/1.1 on <c>Health:Url</c>. One cleartext port cannot
/// speak both, since there is no TLS handshake in which to agree on one.
/// </summary>
internal static class Listeners
{
    internal static void AddListeners(this WebApplicationBuilder builder, ServiceDescription service)
    {
        var grpcUrl = ListenUrl.Parse(builder.Configuration["urls"] ?? service.DefaultUrl, "urls");
        var healthUrl = ListenUrl.Parse(builder.Configuration["Health:Url"] ?? service.DefaultHealthUrl, "Health:Url");
        builder.Services.AddSingleton<IStartupFilter, AddressesSaidOnce>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
            grpcUrl.Listen(kestrel, HttpProtocols.Http2);
            healthUrl.Listen(kestrel, HttpProtocols.Http1);
        });
    }
}
