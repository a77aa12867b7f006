using System.Text;
using NymDirectory.Load.Mixnet;
using NymDirectory.Localnet.Packets;
using NymDirectory.Mixnet;

namespace NymDirectory.Load.Crowds;

/// <summary>The users, and how what they say becomes a frame for the hub. Each has one of the node's Gateways, in turn.</summary>
internal sealed class Crowd(IReadOnlyList<NymAddress> gateways, NymAddress returnAddress, string suffix, BlockSupply blocks)
{
    private readonly List<Person> _people = [];

    public int Count => _people.Count;

    public Person this[int number] => _people[number];

    /// <summary>Makes more users; the node does not know them yet.</summary>
    public void Grow(int count)
    {
        var first = _people.Count;
        var more = new Person[count];
        Parallel.For(0, count, i => more[i] = Person.Create(first + i, suffix));
        _people.AddRange(more);
    }

    /// <summary>Takes in users whom the node knows already; their numbers go on from those that are there.</summary>
    public void Admit(IEnumerable<Person> people) => _people.AddRange(people);

    /// <summary>The first message of a user.</summary>
    public byte[] FirstFrame(Person from, string json) => Frame(from, json, blocks.AtFirst);

    /// <summary>Any further message of a user.</summary>
    public byte[] Frame(Person from, string json) => Frame(from, json, blocks.Each);

    /// <summary>More reply blocks, when nym-client asks for them.</summary>
    public byte[] BlocksFrame(Person from, int count) =>
        HubSocket.Frame(GatewayOf(from), new ReplyBlocksMessage(from.Tag, returnAddress, Keys(from, count)), PacketCount.Of(0, count));

    private byte[] Frame(Person from, string json, int attached)
    {
        var content = Encoding.UTF8.GetBytes(json);
        var message = new AnonymousMessage(from.Tag, returnAddress, Keys(from, attached), content);
        return HubSocket.Frame(GatewayOf(from), message, PacketCount.Of(content.Length, attached));
    }

    private NymAddress GatewayOf(Person person) => gateways[person.Number % gateways.Count];

    private static ulong[] Keys(Person from, int count)
    {
        var keys = new ulong[count];
        Array.Fill(keys, (ulong)from.Number);
        return keys;
    }
}
