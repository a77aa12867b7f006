using System.Text;
using NymDirectory.Contracts.V1;
using NymDirectory.Signatures;

namespace NymDirectory.DirectoryService.Tests;

internal sealed class TestUser(string name, SigningKey key, Route route)
{
    public string Name => name;

    public SigningKey Key => key;

    public Route Route { get; set; } = route;

    public string Sign(string nonce) => key.SignHex(Encoding.ASCII.GetBytes(nonce));
}
