using System.Collections.Frozen;
using System.Text;
using NymDirectory.Signatures;

namespace NymDirectory.Gateway.Protocol;

/// <summary>Makes what clients get: content, signed by the node. Safe for any number of threads at once.</summary>
internal sealed class Envelopes
{
    private readonly SigningKey _key;
    private readonly FrozenDictionary<ConstantAnswer, ReadOnlyMemory<byte>> _constants;

    /// <summary>Signs every constant answer once: they are most of what a node says.</summary>
    public Envelopes(SigningKey key)
    {
        _key = key;
        var signatures = Answers.All.Select(answer => answer.Content).Distinct().ToDictionary(content => content, Sign);
        _constants = Answers.All.ToFrozenDictionary(answer => answer, answer => EnvelopeWriter.Write(
            AnswerForm.ResultOf(answer.Action), Encoding.UTF8.GetBytes(answer.Content), signatures[answer.Content]));
        Info = Signed(AnswerForm.ResultOf(ClientAction.Info), NodeInfo.Content(key.PublicKey));
    }

    /// <summary>The answer to <c>info</c>.</summary>
    public ReadOnlyMemory<byte> Info { get; }

    /// <summary>An answer of the table.</summary>
    public ReadOnlyMemory<byte> Constant(ConstantAnswer answer) => _constants[answer];

    /// <summary>The nonce to sign, for a <c>register</c> or a <c>login</c>.</summary>
    public ReadOnlyMemory<byte> Challenge(ClientAction action, string nonce) =>
        Signed(AnswerForm.ChallengeOf(action), $$"""{"nonce": {{EnvelopeWriter.Quote(nonce)}}}""");

    /// <summary>Who it is, for a <c>query</c>.</summary>
    public ReadOnlyMemory<byte> Found(string username, string publicKeyPem) => Signed(
        AnswerForm.ResultOf(ClientAction.Query),
        $$"""{"username": {{EnvelopeWriter.Quote(username)}}, "publicKey": {{EnvelopeWriter.Quote(publicKeyPem)}}}""");

    /// <summary>Another user's message.</summary>
    /// <param name="content">UTF-8 JSON as the Relay cut it out; passed on untouched.</param>
    /// <param name="id">What the client acknowledges it by, 16 bytes; empty for one that does not.</param>
    /// <param name="sequence">Its number among those of its sender.</param>
    public ReadOnlyMemory<byte> IncomingMessage(ReadOnlySpan<byte> content, ReadOnlySpan<byte> id = default, ulong sequence = 0) =>
        EnvelopeWriter.Write(AnswerForm.IncomingMessage, content, _key.SignHex(content), id, sequence);

    private ReadOnlyMemory<byte> Signed(AnswerForm form, string content)
    {
        var utf8 = Encoding.UTF8.GetBytes(content);
        return EnvelopeWriter.Write(form, utf8, _key.SignHex(utf8));
    }

    private string Sign(string content) => _key.SignHex(Encoding.UTF8.GetBytes(content));
}
