namespace NymDirectory.Local.Node;

/// <summary>What users on a local mixnet need to reach a node, whoever started it.</summary>
/// <param name="Hub">The hub of the mixnet: <c>host:port</c>.</param>
/// <param name="AddressFile">Holds the node's nym address.</param>
/// <param name="PublicKeyFile">Holds the node's public key in PEM.</param>
/// <param name="UsersHome">Where the users' own nym-clients keep their files.</param>
internal sealed record NodeAccess(string Hub, string AddressFile, string PublicKeyFile, string UsersHome);
