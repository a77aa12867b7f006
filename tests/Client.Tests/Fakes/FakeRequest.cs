using System.Text.Json;

namespace NymDirectory.Client.Tests.Fakes;

/// <summary>One request as the node saw it.</summary>
internal sealed record FakeRequest(string Action, string Message, uint Surbs, MemoryTransport From)
{
    /// <summary>What its answer is to carry.</summary>
    public string? Reference
    {
        get
        {
            using var json = JsonDocument.Parse(Message);
            return json.RootElement.TryGetProperty("ref", out var reference) ? reference.GetString() : null;
        }
    }
}
