using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace NymDirectory.Hosting.Listening;

/// <summary>
/// Takes <c>urls</c> away from the server before it starts: <see cref="Listeners"/> has read them, with the protocol that each one speaks,
/// and Kestrel would warn at every start that one overrides the other.
/// </summary>
internal sealed class AddressesSaidOnce : IStartupFilter
{
    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.ServerFeatures.Get<IServerAddressesFeature>()?.Addresses.Clear();
        next(app);
    };
}
