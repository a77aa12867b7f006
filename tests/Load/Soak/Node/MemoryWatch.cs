using NymDirectory.Load.Measuring;

namespace NymDirectory.Load.Soak.Node;

/// <summary>Resident memory of the services, warm and at the end. Comparable only where the process is still the same one.</summary>
internal sealed class MemoryWatch(SoakNode node)
{
    private IReadOnlyDictionary<string, (int Id, double Megabytes)>? _warm;

    public void TakeWarm() => _warm = Take();

    /// <summary>For each service what it has now and, when that can be compared, had when it was warm.</summary>
    public IReadOnlyList<ServiceMemory> Compare() =>
    [
        .. Take().Select(now => new ServiceMemory(
            now.Key, _warm?.GetValueOrDefault(now.Key) is { } warm && warm.Id == now.Value.Id ? warm.Megabytes : null, now.Value.Megabytes)),
    ];

    private Dictionary<string, (int Id, double Megabytes)> Take() => node.Local.Running
        .Where(process => process.Name != "localnet" && !process.HasEnded)
        .ToDictionary(process => process.Name, process => (process.Id, ProcessSample.Of(process.Id).MemoryMegabytes));
}
