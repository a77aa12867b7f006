using NymDirectory.Localnet.Faults;
using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.Hub;

/// <summary>Knows all addresses that ever joined, and takes messages to them through whatever goes wrong.</summary>
internal sealed class PostOffice(FaultTable faults, FaultDice dice, DelayLine delays)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<NymAddress, Post> _posts = [];
    private long _delivered;
    private long _lost;
    private long _duplicated;
    private long _reordered;
    private long _undeliverable;

    /// <summary>A client joins; what was kept for it goes out.</summary>
    public Post Join(NymAddress address, string id, FrameStream connection)
    {
        lock (_gate)
        {
            if (!_posts.TryGetValue(address, out var post))
            {
                _posts[address] = post = new Post(address);
            }

            connection.TryWrite(FrameKind.Behave, BehaviourJson.Write(Behaviour(address.ToBase58(), id, silence: null)));
            _delivered += post.Join(id, connection);
            return post;
        }
    }

    /// <summary>A client's connection has ended.</summary>
    public void Leave(Post post, FrameStream connection)
    {
        lock (_gate)
        {
            post.Leave(connection);
        }
    }

    /// <summary>Takes a message to its recipient: by the recipient's own settings, else by the sender's, else by those for all.</summary>
    public void Send(Post sender, NymAddress recipient, int packets, byte[] payload)
    {
        var fate = dice.Draw(SettingsBetween(sender, recipient), packets);
        Count(fate);
        for (var copy = 0; copy < fate.Copies; copy++)
        {
            var isCopy = copy > 0;
            if (fate.Delay > TimeSpan.Zero)
            {
                delays.Add(fate.Delay, () => Deliver(recipient, payload, isCopy));
            }
            else
            {
                Deliver(recipient, payload, isCopy);
            }
        }
    }

    /// <summary>Does what a command says and tells the clients.</summary>
    public FaultReport Apply(FaultCommand command)
    {
        faults.Apply(command);
        lock (_gate)
        {
            foreach (var post in _posts.Values.Where(post => post.Connection is not null))
            {
                var concerned = command.Client is null || command.Client == post.Id || command.Client == post.AddressText;
                var silence = concerned ? command.Silence ?? (command.Reset ? TimeSpan.Zero : null) : null;
                post.Connection!.TryWrite(FrameKind.Behave, BehaviourJson.Write(Behaviour(post.AddressText, post.Id, silence)));
            }

            return Report();
        }
    }

    private FaultReport Report()
    {
        var present = _posts.Values.Where(post => post.Connection is not null).ToList();
        var clients = present.Select(post => new ClientReport(post.Id, true, faults.Own(post.Id, post.AddressText)));
        var absent = faults.Clients
            .Where(name => !present.Any(post => post.Id == name || post.AddressText == name))
            .Select(name => new ClientReport(name, false, faults.Own(name)));
        var counts = new MessageCounts(_delivered, _lost, _duplicated, _reordered, _undeliverable, _posts.Values.Sum(post => (long)post.Waiting));
        return new FaultReport(faults.Settings, [.. clients, .. absent], counts);
    }

    private ClientBehaviour Behaviour(string address, string id, TimeSpan? silence)
    {
        var settings = faults.Own(id, address) ?? faults.Settings;
        return new ClientBehaviour(settings.PacketsPerSecond, settings.FlushRow, silence);
    }

    private FaultSettings SettingsBetween(Post sender, NymAddress recipient)
    {
        if (!faults.HasOwn)
        {
            return faults.Settings;
        }

        Post? receiver;
        lock (_gate)
        {
            _posts.TryGetValue(recipient, out receiver);
        }

        var own = receiver is null ? null : faults.Own(receiver.Id, receiver.AddressText);
        return own ?? faults.Own(sender.Id, sender.AddressText) ?? faults.Settings;
    }

    private void Count(FaultDice.Fate fate)
    {
        lock (_gate)
        {
            _lost += fate.Copies == 0 ? 1 : 0;
            _duplicated += fate.Copies > 1 ? 1 : 0;
            _reordered += fate.Reordered ? 1 : 0;
        }
    }

    private void Deliver(NymAddress recipient, byte[] payload, bool copy)
    {
        lock (_gate)
        {
            if (!_posts.TryGetValue(recipient, out var post))
            {
                _undeliverable++;
            }
            else if (post.Hand(payload, copy))
            {
                _delivered++;
            }
            else if (!post.Keep(payload, copy))
            {
                _undeliverable++;
            }
        }
    }
}
