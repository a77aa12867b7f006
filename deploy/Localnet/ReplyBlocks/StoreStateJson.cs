using System.Text.Json.Serialization;

namespace NymDirectory.Localnet.ReplyBlocks;

/// <summary>The JSON of a <see cref="StoreState"/>.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(StoreState))]
internal sealed partial class StoreStateJson : JsonSerializerContext;
