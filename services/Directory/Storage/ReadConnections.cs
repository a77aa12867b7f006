using System.Collections.Concurrent;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>A few connections for reading; they never wait for the writer. Who finds none left waits for one.</summary>
internal sealed class ReadConnections(DatabaseLocation location) : IDisposable
{
    private const int Most = 4;

    private readonly ConcurrentBag<Statements> _idle = [];
    private readonly SemaphoreSlim _places = new(Most, Most);

    public async Task<T> ReadAsync<T>(Func<Statements, T> read, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return Read(read);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var statements))
        {
            statements.Dispose();
        }

        _places.Dispose();
    }

    private T Read<T>(Func<Statements, T> read)
    {
        var statements = _idle.TryTake(out var idle) ? idle : new Statements(location.OpenForReading());
        try
        {
            var result = read(statements);
            _idle.Add(statements);
            return result;
        }
        catch
        {
            // It may be the connection that is broken; the next reader opens another.
            statements.Dispose();
            throw;
        }
    }
}
