using System.Globalization;
using NymDirectory.Client.Json;

namespace NymDirectory.Client.Protocol;

/// <summary>What a node that waits for acknowledgement calls one <c>incomingMessage</c>.</summary>
/// <param name="Id">32 hex digits; named in the acknowledgement.</param>
/// <param name="Sequence">Grows by one for each message of the sender to us; null: none that can be used.</param>
internal sealed record DeliveryName(string Id, long? Sequence)
{
    private const int IdLength = 32;

    /// <summary>Reads <c>id</c> and <c>seq</c>; null: there is no id, as from nodes without acknowledgement.</summary>
    public static DeliveryName? Read(JsonValue message) => message.Text("id") is { Length: IdLength } id && id.All(char.IsAsciiHexDigit)
        ? new DeliveryName(id, ReadSequence(message["seq"]))
        : null;

    private static long? ReadSequence(JsonValue? json) =>
        json is JsonNumber number
        && long.TryParse(number.Written, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
        && sequence < long.MaxValue
            ? sequence
            : null;
}
