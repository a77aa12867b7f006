using System.Security.Cryptography;
using NymDirectory.Signatures;

namespace NymDirectory.Load.Sizes.Filling;

/// <summary>Private keys of users by their numbers, one behind the other: PKCS#8 of P-256 always has the same length.</summary>
internal sealed class KeyFile(string path)
{
    private const int KeySize = 138;

    private const string PemLabel = "PRIVATE KEY";

    public string Path => path;

    /// <summary>Reads the keys of users from the first number on.</summary>
    public SigningKey[] Read(int first, int count)
    {
        var all = File.ReadAllBytes(path).AsMemory(first * KeySize, count * KeySize);
        var keys = new SigningKey[count];
        Parallel.For(0, count, i => keys[i] = SigningKey.FromPem(PemEncoding.WriteString(PemLabel, all.Slice(i * KeySize, KeySize).Span)));
        return keys;
    }

    /// <summary>Keeps the first keys; there must be so many.</summary>
    public void Cut(int count)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate);
        file.SetLength(file.Length >= count * KeySize ? count * KeySize : throw new InvalidOperationException($"{path} lacks keys: delete its folder."));
    }

    /// <summary>Writes keys behind those that are there.</summary>
    public void Append(IEnumerable<byte[]> keys)
    {
        using var file = new FileStream(path, FileMode.Append);
        foreach (var key in keys)
        {
            file.Write(key.Length == KeySize ? key : throw new InvalidOperationException("PKCS#8 of P-256 has another length here."));
        }
    }
}
