using NymDirectory.Contracts.V1;

namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>How much one answer to LeaseDue may still carry: so many deliveries, 512 KB, but always one.</summary>
internal sealed class DeliveryAllowance(int maxDeliveries)
{
    private const int MaxBytes = 512 * 1024;

    // Ids, lease, route and endpoint of a delivery at their longest.
    private const int BytesAroundContent = 512;

    private int _bytes = MaxBytes;
    private bool _closed;

    public List<Delivery> Deliveries { get; } = [];

    public int Remaining { get; private set; } = maxDeliveries;

    public bool HasRoom => Remaining > 0 && !_closed;

    /// <summary>Once something did not fit nothing more does: what is smaller must not overtake it.</summary>
    public bool TryTake(int contentLength)
    {
        var size = contentLength + BytesAroundContent;
        var first = _bytes == MaxBytes;
        _closed |= size > _bytes && !first;
        if (!HasRoom)
        {
            return false;
        }

        _bytes -= size;
        Remaining--;
        return true;
    }
}
