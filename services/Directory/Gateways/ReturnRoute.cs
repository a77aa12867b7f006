namespace NymDirectory.DirectoryService.Gateways;

/// <summary>Where a user can be answered. Live only while its gateway is attached and still in this run.</summary>
internal readonly record struct ReturnRoute(GatewayId Gateway, RunId Run, SealedTag Tag);
