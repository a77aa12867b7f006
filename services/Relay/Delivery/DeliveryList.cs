using System.Collections;

namespace NymDirectory.Relay.Delivery;

/// <summary>What one call to a gateway carries: at most 32 deliveries and 512 KB; a single larger one goes alone.</summary>
internal sealed class DeliveryList : IReadOnlyList<(LeasedDelivery Delivery, Consignment Consignment)>
{
    /// <summary>How many one call carries at most.</summary>
    public const int MaxItems = 32;

    private const int MaxBytes = 512 * 1024;

    // Route, ids and traceparent beside the content.
    private const int BytesBesideContent = 256;

    private readonly List<(LeasedDelivery Delivery, Consignment Consignment)> _items = [];
    private int _bytes;

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <inheritdoc/>
    public (LeasedDelivery Delivery, Consignment Consignment) this[int index] => _items[index];

    /// <summary>Takes the next delivery of a consignment, if it fits.</summary>
    public bool TryTakeFrom(Consignment consignment)
    {
        var size = consignment.Next!.RecipientContent.Length + BytesBesideContent;
        if (_items.Count == MaxItems || (_items.Count > 0 && _bytes + size > MaxBytes))
        {
            return false;
        }

        _items.Add((consignment.Take(), consignment));
        _bytes += size;
        return true;
    }

    /// <inheritdoc/>
    public IEnumerator<(LeasedDelivery Delivery, Consignment Consignment)> GetEnumerator() => _items.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
