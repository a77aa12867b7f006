namespace NymDirectory.DirectoryService.Gateways;

/// <summary>A sender tag as only the Gateway that saw it can open it. Equal tags seal to equal bytes.</summary>
internal readonly record struct SealedTag(SixteenBytes Value);
