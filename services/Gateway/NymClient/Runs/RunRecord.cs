using System.Text;
using NymDirectory.Gateway.Sealing;

namespace NymDirectory.Gateway.NymClient.Runs;

/// <summary>What is kept on file about the run.</summary>
/// <param name="Run">The run that is, or that the next start begins.</param>
/// <param name="Intact">
/// No process has used the SURB store since it was last whole: the last one was seen to flush, or there was none yet. Taken back, durably,
/// before each start.
/// </param>
/// <param name="OwnTag">The tag under which nym-client keeps SURBs of our own, when somebody else runs it; sealed like any other.</param>
internal sealed record RunRecord(RunId Run, bool Intact, SealedTag? OwnTag)
{
    private const string Version = "1";

    /// <summary>One that nothing is known of.</summary>
    public static RunRecord New() => new(RunId.New(), Intact: true, null);

    /// <summary>As it is kept on file: a version, the run, its state, and the tag or a dash.</summary>
    public byte[] ToBytes()
    {
        Span<byte> run = stackalloc byte[RunId.Size];
        Run.CopyTo(run);
        Span<byte> tag = stackalloc byte[SealedTag.Size];
        OwnTag?.CopyTo(tag);
        return Encoding.ASCII.GetBytes(
            $"{Version} {Convert.ToHexStringLower(run)} {(Intact ? "intact" : "used")} {(OwnTag is null ? "-" : Convert.ToHexStringLower(tag))}\n");
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; null for anything else.</summary>
    public static RunRecord? FromBytes(ReadOnlySpan<byte> bytes)
    {
        string[] parts = Encoding.ASCII.GetString(bytes).TrimEnd('\n').Split(' ');
        if (parts.Length != 4 || parts[0] != Version || !RunId.TryFromBytes(FromHex(parts[1]), out var run) || parts[2] is not ("intact" or "used"))
        {
            return null;
        }

        var ownTag = SealedTag.TryFromBytes(FromHex(parts[3]), out var tag) ? tag : (SealedTag?)null;
        return new RunRecord(run, parts[2] == "intact", ownTag);
    }

    private static byte[] FromHex(string text)
    {
        byte[] bytes = new byte[text.Length / 2];
        return Convert.FromHexString(text, bytes, out _, out int written) == System.Buffers.OperationStatus.Done ? bytes[..written] : [];
    }
}
