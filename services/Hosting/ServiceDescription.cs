namespace NymDirectory.Hosting;

/// <summary>What is fixed about a service before any configuration is read.</summary>
/// <param name="Name">The assembly's name, which is also that of its activity source and its meter, such as <c>NymDirectory.Relay</c>.</param>
/// <param name="DefaultUrl">Where it serves gRPC unless <c>urls</c> says otherwise.</param>
/// <param name="DefaultHealthUrl">Where it answers <c>/healthz</c> unless <c>Health__Url</c> says otherwise.</param>
public sealed record ServiceDescription(string Name, string DefaultUrl, string DefaultHealthUrl);
