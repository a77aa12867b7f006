using NymDirectory.Client.Protocol;

namespace NymDirectory.Client.Receipts;

/// <summary>
/// Follows one message through the client until it is settled (handed over, or never to be taken) or abandoned (so that the node shall send it again).
/// </summary>
internal sealed class Handover(DeliveryName? delivery)
{
    private readonly TaskCompletionSource _remembered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<UInt128> _marks = [];
    private UInt128? _sender;
    private long? _sequence = delivery?.Sequence;
    private int _settled;

    /// <summary>What the node calls it; null: the node does not ask for acknowledgement, or it came directly.</summary>
    public DeliveryName? Delivery { get; } = delivery;

    /// <summary>What it is recognised by.</summary>
    public IReadOnlyList<UInt128> Marks => _marks;

    /// <summary>Whether the caller can read it: then it is not abandoned any more, whatever fails afterwards.</summary>
    public bool PassedOn { get; set; }

    /// <summary>Ends when the receipt is in the store.</summary>
    public Task Remembered => _remembered.Task;

    /// <summary>Whose order it belongs to.</summary>
    public void IsFrom(UInt128 sender) => _sender = sender;

    /// <summary>It is recognised by this, too.</summary>
    public void IsKnownBy(UInt128 mark) => _marks.Add(mark);

    /// <summary>It says nothing about where its sender's order stands.</summary>
    public void KeepPosition() => _sequence = null;

    /// <summary>True once.</summary>
    public bool TrySettle() => Interlocked.Exchange(ref _settled, 1) == 0;

    /// <summary>What is to be remembered.</summary>
    public Receipt ToReceipt() => new(_marks, _sender ?? default, _sender is null ? null : _sequence);

    /// <summary>The receipt is in the store.</summary>
    public void SetRemembered() => _remembered.TrySetResult();

    /// <summary>The receipt will not be in the store.</summary>
    public void SetForgotten() => _remembered.TrySetException(new ObjectDisposedException(nameof(NymChatClient)));
}
