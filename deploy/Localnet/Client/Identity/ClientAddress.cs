using System.Security.Cryptography;
using NymDirectory.Localnet.CommandLine;
using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.Client.Identity;

/// <summary>A client's address: three random keys, made once. Nothing is encrypted here, so there are no private ones.</summary>
internal static class ClientAddress
{
    private const int KeySize = NymAddress.Size / 3;

    /// <summary>Makes one, with the given gateway key or a random one.</summary>
    public static NymAddress Create(string? gateway)
    {
        var random = NymAddress.FromBytes(RandomNumberGenerator.GetBytes(NymAddress.Size));
        if (gateway is null)
        {
            return random;
        }

        // The library reads whole addresses: the key is tried as the last part of one.
        var text = random.ToBase58();
        return NymAddress.TryParse(text[..(text.IndexOf('@', StringComparison.Ordinal) + 1)] + gateway, out var address)
            ? address
            : throw new UserErrorException($"--gateway must be a Nym gateway's identity key: {KeySize} bytes in base58");
    }

    /// <summary>Keeps it.</summary>
    public static void Write(ClientFolder folder, NymAddress address) => File.WriteAllText(folder.AddressFile, address.ToBase58() + "\n");

    /// <summary>Reads it.</summary>
    /// <exception cref="UserErrorException">There is none, or it is damaged.</exception>
    public static NymAddress Read(ClientFolder folder)
    {
        try
        {
            if (NymAddress.TryParse(File.ReadAllText(folder.AddressFile).Trim(), out var address))
            {
                return address;
            }
        }
        catch (IOException)
        {
            // Reported below: for the caller, missing and damaged are the same.
        }

        throw new UserErrorException($"The client '{folder.Id}' has no address in {folder.AddressFile}");
    }
}
