namespace NymDirectory.Client.Requests;

/// <summary>
/// How many SURBs a request carries. The node's nym-client keeps what we attach and holds back the last ten of each tag, so a client that attaches ten makes
/// its first answer wait for a round trip in which it is asked for more. SURBs that lie there unused cost the node memory and us packets (each takes
/// several hundred bytes of the message), so this reckons what should be left and fills up to a level: reserve, some for answers and, once
/// logged in, some for messages that are pushed. The reckoning starts again at zero when they may have died: of age, or because an answer did not come.
/// </summary>
internal sealed class SurbBudget(NymChatClientOptions options, TimeProvider time)
{
    // What one SURB carries: a reply of 1,601 bytes is one packet, 3,205 two, 4,809 three.
    private const int PacketBytes = 1_604;
    private const int PacketOverhead = 3;

    private readonly Lock _sync = new();
    private int _left;
    private int _level = options.SurbReserve + options.SurbsForAnswers;
    private long? _oldest;

    /// <summary>From now on messages are pushed to us, too.</summary>
    public void ExpectMessages()
    {
        lock (_sync)
        {
            _level = options.SurbReserve + options.SurbsForAnswers + options.SurbsForMessages;
        }
    }

    /// <summary>How many to attach to the request that is about to be sent; at least one.</summary>
    public uint Take()
    {
        lock (_sync)
        {
            if (_oldest is not { } oldest || time.GetElapsedTime(oldest) > options.SurbLifetime)
            {
                _oldest = time.GetTimestamp();
                _left = 0;
            }

            var attach = Math.Max(1, _level - _left);
            _left += attach;
            return (uint)attach;
        }
    }

    /// <summary>A message of that length came by SURBs.</summary>
    public void Spent(int bytes)
    {
        lock (_sync)
        {
            _left = Math.Max(0, _left - ((bytes + PacketOverhead + PacketBytes - 1) / PacketBytes));
        }
    }

    /// <summary>No answer came: what lay at the node may be gone, with its nym-client's store.</summary>
    public void Suspect()
    {
        lock (_sync)
        {
            _oldest = null;
        }
    }
}
