using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using NymDirectory.Gateway.Protocol;
using NymDirectory.Signatures;

namespace NymDirectory.Microbenchmarks;

/// <summary>The client protocol: reading a <c>send</c>, writing what its sender and its recipient get.</summary>
[MemoryDiagnoser]
public class EnvelopeBenchmarks
{
    private readonly SigningKey _key = SigningKey.Generate();
    private Envelopes _envelopes = null!;
    private byte[] _content = [];
    private byte[] _send = [];
    private string _signature = "";

    /// <summary>A message of the size of a short real one.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _envelopes = new Envelopes(_key);
        var text = $$$"""
            {"sender": "alice", "body": {"encryptedPayload": {"ephemeralPublicKey": {{{Quote(_key.PublicKey.Pem)}}}, "text": "{{{new string('a', 500)}}}"} } }
            """;
        _content = Encoding.UTF8.GetBytes(text);
        _signature = _key.SignHex(_content);
        _send = Encoding.UTF8.GetBytes($$"""{"action": "send", "content": {{Quote(text)}}, "signature": "{{_signature}}"}""");
    }

    [Benchmark]
    public object? ParseSend() => RequestParser.Parse(_send).Request;

    [Benchmark]
    public int WriteUnsigned() => EnvelopeWriter.Write(AnswerForm.IncomingMessage, _content, _signature).Length;

    [Benchmark]
    public int WriteAndSign() => _envelopes.IncomingMessage(_content).Length;

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
