using System.Text.Json;
using NymDirectory.Localnet.Faults;

namespace NymDirectory.Localnet.Hub;

/// <summary>A <see cref="ClientBehaviour"/> as the body of a frame.</summary>
internal static class BehaviourJson
{
    /// <summary>The body.</summary>
    public static byte[] Write(ClientBehaviour behaviour) =>
        JsonSerializer.SerializeToUtf8Bytes(behaviour, FaultJson.Default.ClientBehaviour);

    /// <summary>Reads the body.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static ClientBehaviour Read(byte[] body) =>
        JsonSerializer.Deserialize(body, FaultJson.Default.ClientBehaviour) ?? throw new JsonException("There is no behaviour in the frame.");
}
