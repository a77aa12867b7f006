using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NymDirectory.Client.Receipts;

/// <summary>The hashes that stand for ids and names, so that a store at rest holds neither.</summary>
internal static class Mark
{
    /// <summary>Stands for the node's id of a delivery.</summary>
    public static UInt128 OfDelivery(string id) => Of($"delivery\n{id}");

    /// <summary>Stands for what one user sends to another.</summary>
    public static UInt128 OfPair(string sender, string recipient) => Of($"pair\n{sender}\n{recipient}");

    /// <summary>The first 16 bytes of the hash of a text.</summary>
    public static UInt128 Of(string text) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
