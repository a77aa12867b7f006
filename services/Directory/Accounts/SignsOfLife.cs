using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.DirectoryService.Storage.Operations;

namespace NymDirectory.DirectoryService.Accounts;

/// <summary>
/// Notices who is there by what they ask. That changes something only for users of whom messages wait to be acknowledged: for all others
/// it is a look into an index, and nothing is written.
/// </summary>
internal sealed class SignsOfLife(DirectoryStore store, TimeProvider time)
{
    public async Task NoteAsync(IReadOnlyList<ReturnRoute> arrivals, CancellationToken cancellationToken)
    {
        if (arrivals.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var awaited = await store.ReadAsync(
            sql => arrivals.Where(arrival => RouteTable.NeedsSignOfLife(sql, arrival, now)).ToList(), cancellationToken);
        if (awaited.Count > 0)
        {
            await TryWriteAsync(awaited);
        }
    }

    // What is asked is answered all the same: the next question is a sign of life as well.
    private async Task TryWriteAsync(List<ReturnRoute> routes)
    {
        try
        {
            await store.WriteAsync(new NoteSignsOfLife(routes));
        }
        catch (Exception e) when (e is StorageException or WriterOverloadedException)
        {
            // The storage has counted and logged it.
        }
    }
}
