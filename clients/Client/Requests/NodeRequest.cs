namespace NymDirectory.Client.Requests;

/// <summary>A request as it is sent, the very same bytes in every attempt.</summary>
/// <param name="Action">What it is, for telemetry.</param>
/// <param name="Text">The message.</param>
/// <param name="Reference">What it asks its answer to carry; null: nothing.</param>
internal sealed record NodeRequest(string Action, string Text, string? Reference = null);
