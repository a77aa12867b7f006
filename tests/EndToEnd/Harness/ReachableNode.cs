using NymDirectory.Local.Processes;
using NymDirectory.Mixnet;
using NymDirectory.Signatures;

namespace NymDirectory.EndToEnd.Harness;

/// <summary>A node as its users see it, whoever runs it and where: on this machine, or in containers.</summary>
internal abstract class ReachableNode
{
    public abstract ServicePrograms Programs { get; }

    /// <summary>The hub of the local mixnet that the node is on: <c>host:port</c>.</summary>
    public abstract string HubAddress { get; }

    /// <summary>Where the users' own nym-clients keep their files.</summary>
    public abstract string UsersFolder { get; }

    /// <summary>The environment of processes around the node that are no part of it, such as its users'.</summary>
    public abstract IReadOnlyDictionary<string, string> UsersMark { get; }

    public NodeOutput Output { get; protected init; } = new();

    public Canaries Canaries { get; protected init; } = new();

    public NymAddress Address { get; private set; } = null!;

    public P256PublicKey PublicKey { get; private set; } = null!;

    public SignatureVerifier Signature { get; private set; } = null!;

    /// <summary>Takes over what the node publishes.</summary>
    protected void Published(string addressText, string publicKeyPem)
    {
        Assert.True(NymAddress.TryParse(addressText.Trim(), out var address));
        Assert.True(P256PublicKey.TryParsePem(publicKeyPem, out var key));
        (Address, PublicKey, Signature) = (address!, key, new SignatureVerifier(key));
        Canaries.Add("the node's address", Address.ToBase58());
    }
}
