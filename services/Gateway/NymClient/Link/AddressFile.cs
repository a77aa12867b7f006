using System.ComponentModel;
using System.Text;
using NymDirectory.Mixnet;

namespace NymDirectory.Gateway.NymClient.Link;

/// <summary>The node's address on file, for people and scripts: one line without an end, so that it can be passed on as it is.</summary>
internal sealed class AddressFile(GatewayFiles files, ILogger<AddressFile> logger)
{
    /// <summary>A full disk is no reason to give up a connection.</summary>
    public void Keep(NymAddress address)
    {
        try
        {
            KeepOrThrow(address);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or Win32Exception)
        {
            logger.FileFailed(failure.GetType().Name);
        }
    }

    private void KeepOrThrow(NymAddress address)
    {
        byte[] content = Encoding.ASCII.GetBytes(address.ToBase58());
        if (WholeFile.Read(files.Address)?.AsSpan().SequenceEqual(content) != true)
        {
            WholeFile.Write(files.Address, content, WholeFile.Everybody);
        }
    }
}
