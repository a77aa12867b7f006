using System.Text.Json.Serialization;

namespace NymDirectory.Localnet.Faults;

/// <summary>The JSON of settings on the wire between hub, clients and <c>faults</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(FaultCommand))]
[JsonSerializable(typeof(FaultReport))]
[JsonSerializable(typeof(ClientBehaviour))]
internal sealed partial class FaultJson : JsonSerializerContext;
