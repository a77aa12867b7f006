using System.Buffers;
using System.Text;
using System.Text.Json;
using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.CommandLine;

/// <summary>What <c>init</c> prints.</summary>
internal sealed record InitResult(string Id, NymAddress Address, int Port)
{
    /// <summary>For people.</summary>
    public string ToText()
    {
        var (identity, encryption, gateway) = Parts();
        return $"""
            Client configuration completed.

            Version: {Version}
            ID: {Id}
            Identity key: {identity}
            Encryption: {encryption}
            Gateway ID: {gateway}
            Client listening port: {Port}

            The address of this client is: {Address.ToBase58()}
            """;
    }

    /// <summary>For programs: <c>address</c> is 96 numbers, <c>client_address</c> the text.</summary>
    public string ToJson()
    {
        var (identity, encryption, gateway) = Parts();
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("version", Version);
            json.WriteString("id", Id);
            json.WriteString("identity_key", identity);
            json.WriteString("encryption_key", encryption);
            json.WriteString("gateway_id", gateway);
            json.WriteNumber("client_listening_port", Port);
            json.WriteString("client_address", Address.ToBase58());
            json.WriteStartArray("address");
            Array.ForEach(Address.Bytes.ToArray(), value => json.WriteNumberValue(value));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Version => typeof(InitResult).Assembly.GetName().Version?.ToString(3) + "-localnet";

    private (string Identity, string Encryption, string Gateway) Parts() =>
        Address.ToBase58().Split('.', '@') is [var identity, var encryption, var gateway]
            ? (identity, encryption, gateway)
            : throw new InvalidOperationException("An address has three parts.");
}
