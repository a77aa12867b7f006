using System.Text;
using NymDirectory.Load.Mixnet;
using NymDirectory.Localnet.Packets;
using NymDirectory.Mixnet;

namespace NymDirectory.Load.Crowds;

/// <summary>The users, and how what they say becomes a frame for the hub.</summary>
internal sealed class Crowd(NymAddress node, NymAddress returnAddress, string suffix)
{
    // nym-client holds the last ten of a tag back, so the first message brings them and some to spare.
    private const int BlocksAtFirst = 40;

    // One for the answer, one for the message that somebody else sends, and one more.
    private const int BlocksEach = 3;

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
    public byte[] FirstFrame(Person from, string json) => Frame(from, json, BlocksAtFirst);

    /// <summary>Any further message of a user.</summary>
    public byte[] Frame(Person from, string json) => Frame(from, json, BlocksEach);

    /// <summary>More reply blocks, when nym-client asks for them.</summary>
    public byte[] BlocksFrame(Person from) => HubSocket.Frame(node, new ReplyBlocksMessage(from.Tag, returnAddress, Keys(from, BlocksAtFirst)), 1);

    private byte[] Frame(Person from, string json, int blocks)
    {
        var content = Encoding.UTF8.GetBytes(json);
        return HubSocket.Frame(node, new AnonymousMessage(from.Tag, returnAddress, Keys(from, blocks), content), PacketCount.Of(content.Length));
    }

    private static ulong[] Keys(Person from, int count)
    {
        var keys = new ulong[count];
        Array.Fill(keys, (ulong)from.Number);
        return keys;
    }
}
