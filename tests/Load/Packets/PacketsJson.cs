using System.Text.Json;
using System.Text.Json.Serialization;
using NymDirectory.Load.Packets.Envelopes;
using NymDirectory.Load.Packets.Paced;

namespace NymDirectory.Load.Packets;

/// <summary>For programs: one JSON object in a line for each thing that was measured.</summary>
internal sealed class PacketsJson(TextWriter output) : IPacketsReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public void Tell(IReadOnlyList<Envelope> envelopes) => Write(new { envelopes });

    public void Tell(IReadOnlyList<TextLimit> limits) => Write(new { limits });

    public void Tell(IReadOnlyList<MessageCost> costs) => Write(new { costs });

    public void Tell(Capacity capacity) => Write(new { capacity });

    public void Tell(Overload overload) => Write(new { overload });

    private void Write<T>(T value) => output.WriteLine(JsonSerializer.Serialize(value, Options));
}
