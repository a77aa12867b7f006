namespace NymDirectory.Client.Tests.Fakes;

/// <summary>One request as the node saw it.</summary>
internal sealed record FakeRequest(string Action, string Message, uint Surbs, MemoryTransport From);
