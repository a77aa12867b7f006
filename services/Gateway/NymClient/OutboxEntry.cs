namespace NymDirectory.Gateway.NymClient;

/// <summary>A reply and the promise to tell what became of it.</summary>
internal sealed class OutboxEntry(OutboundReply reply, bool isDelivery = false)
{
    // Who waits goes on where the fate is told, on its thread and without a lock: they note it, take short locks and may queue work, and never block.
    // Each wake-up of another thread would cost more than that.
    private readonly TaskCompletionSource<ReplyFate> _fate = new();

    public OutboundReply Reply { get; private set; } = reply;

    /// <summary>Whether it waits in a mailbox until it is taken. An answer does not: who misses it asks again.</summary>
    public bool IsDelivery { get; } = isDelivery;

    public Task<ReplyFate> Fate => _fate.Task;

    /// <summary>nym-client has the content; whoever still waits for the fate need not keep it alive.</summary>
    public void DropContent() => Reply = Reply with { Message = default };

    /// <summary>The first fate counts.</summary>
    public bool End(ReplyFate fate) => _fate.TrySetResult(fate);
}
