using System.Text;
using NymDirectory.Mixnet;

namespace NymDirectory.Gateway.NymClient.Link;

/// <summary>The node's address on file, for people and scripts: one line without an end, so that it can be passed on as it is.</summary>
internal sealed class AddressFile(GatewayFiles files)
{
    public void Keep(NymAddress address)
    {
        byte[] content = Encoding.ASCII.GetBytes(address.ToBase58());
        if (WholeFile.Read(files.Address)?.AsSpan().SequenceEqual(content) != true)
        {
            WholeFile.Write(files.Address, content, WholeFile.Everybody);
        }
    }
}
