namespace NymDirectory.DirectoryService.Gateways;

/// <summary>A run of nym-client; it changes when nym-client lost its reply blocks.</summary>
internal readonly record struct RunId(SixteenBytes Value)
{
    /// <summary>A run that no nym-client is ever in.</summary>
    public static RunId None => default;
}
