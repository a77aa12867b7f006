using System.Diagnostics.CodeAnalysis;
using NymDirectory.Mixnet.Codecs;

namespace NymDirectory.Mixnet;

/// <summary>
/// Where a nym-client can be reached (nym's <c>Recipient</c>): client identity key, client encryption key and the identity key of its Nym gateway,
/// 32 bytes each. Whoever has it can write to its owner for ever, so it is private and <see cref="ToString"/> does not show it.
/// </summary>
public sealed class NymAddress : IEquatable<NymAddress>
{
    /// <summary>Length of an address in bytes.</summary>
    public const int Size = 3 * KeySize;

    private const int KeySize = 32;

    private readonly byte[] _bytes;

    private NymAddress(byte[] bytes) => _bytes = bytes;

    /// <summary>The 96 bytes: identity key, encryption key, gateway key.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads the 96 bytes of an address. Whether its keys are points on their curves is for nym-client to say.</summary>
    /// <exception cref="ArgumentException">The length is not <see cref="Size"/>.</exception>
    public static NymAddress FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A nym address has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        return new NymAddress(bytes.ToArray());
    }

    /// <summary>Reads <c>base58(identity).base58(encryption)@base58(gateway)</c>.</summary>
    /// <exception cref="FormatException">It is not such a text.</exception>
    public static NymAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var address) ? address : throw new FormatException("The text is not a nym address.");
    }

    /// <summary>Reads <c>base58(identity).base58(encryption)@base58(gateway)</c>; each part must be exactly 32 bytes. No white space is skipped.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out NymAddress? address)
    {
        address = null;
        var chars = text.AsSpan();
        var dot = chars.IndexOf('.');
        var at = chars.IndexOf('@');
        if (dot < 0 || at < dot)
        {
            return false;
        }

        var bytes = new byte[Size];
        if (!Base58Text.TryDecode(chars[..dot], bytes.AsSpan(0, KeySize))
            || !Base58Text.TryDecode(chars[(dot + 1)..at], bytes.AsSpan(KeySize, KeySize))
            || !Base58Text.TryDecode(chars[(at + 1)..], bytes.AsSpan(2 * KeySize, KeySize)))
        {
            return false;
        }

        address = new NymAddress(bytes);
        return true;
    }

    /// <summary>The text form, <c>base58(identity).base58(encryption)@base58(gateway)</c>.</summary>
    public string ToBase58() =>
        $"{Base58Text.Encode(Bytes[..KeySize])}.{Base58Text.Encode(Bytes[KeySize..(2 * KeySize)])}@{Base58Text.Encode(Bytes[(2 * KeySize)..])}";

    /// <inheritdoc/>
    public bool Equals(NymAddress? other) => other is not null && Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NymAddress);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Says what it is and not which one: addresses must not slip into logs. See <see cref="ToBase58"/>.</summary>
    public override string ToString() => "NymAddress(redacted)";
}
