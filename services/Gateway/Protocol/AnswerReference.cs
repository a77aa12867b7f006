using System.Buffers;
using System.Text;

namespace NymDirectory.Gateway.Protocol;

/// <summary>
/// The <c>ref</c> of a request: comes back in its answer, so that a client can tell an answer to this request from a late one to an earlier request.
/// Chosen by the client and for its eyes only.
/// </summary>
internal static class AnswerReference
{
    // Nothing that JSON would have to escape.
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    /// <summary>The reference; null when there is none, or one that answers cannot carry: as good as none.</summary>
    public static string? Read(JsonMember member) =>
        member.HasText && member.Text is { Length: <= ProtocolLimits.MaxReferenceLength } text && !text.AsSpan().ContainsAnyExcept(Allowed)
            ? text
            : null;

    /// <summary>The envelope with the reference as its last member.</summary>
    /// <param name="envelope">Printed JSON.</param>
    /// <param name="reference">As <see cref="Read"/> gave it; null changes nothing.</param>
    public static ReadOnlyMemory<byte> AddTo(ReadOnlyMemory<byte> envelope, string? reference)
    {
        if (reference is null)
        {
            return envelope;
        }

        ReadOnlySpan<byte> name = ",\"ref\":\""u8, end = "\"}"u8;
        var open = envelope.Span[..^1];
        var printed = new byte[open.Length + name.Length + reference.Length + end.Length];
        open.CopyTo(printed);
        name.CopyTo(printed.AsSpan(open.Length));
        Encoding.ASCII.GetBytes(reference, printed.AsSpan(open.Length + name.Length));
        end.CopyTo(printed.AsSpan(^end.Length));
        return printed;
    }
}
