using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using NymDirectory.Client.Receipts;

namespace NymDirectory.Client.Sqlite;

/// <summary>
/// Remembers in a SQLite file, durably: what <see cref="AddAsync"/> has taken survives a loss of power. One file is of one node; several users of it may share the file, in one process at a
/// time. It holds 16-byte hashes and numbers: who has the file learns how much was received, and can try out whether a name they know has written.
/// </summary>
public sealed class SqliteReceiptStore : IReceiptStore, IAsyncDisposable, IDisposable
{
    /// <summary>How many marks are kept; a message has two. A mailbox of a node holds 1,000 messages by default.</summary>
    public const int DefaultCapacity = 200_000;

    private readonly Lock _sync = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _contains;
    private readonly SqliteCommand _position;
    private readonly SqliteCommand _addMark;
    private readonly SqliteCommand _setPosition;
    private readonly SqliteCommand _forget;

    private SqliteReceiptStore(SqliteConnection connection, int capacity)
    {
        _connection = connection;
        _contains = Prepare("SELECT EXISTS (SELECT 1 FROM marks WHERE mark = $1)");
        _position = Prepare("SELECT sequence FROM positions WHERE sender = $1");
        _addMark = Prepare("INSERT INTO marks (mark) VALUES ($1) ON CONFLICT (mark) DO NOTHING");
        _setPosition = Prepare(
            "INSERT INTO positions (sender, sequence) VALUES ($1, $2) ON CONFLICT (sender) DO UPDATE SET sequence = excluded.sequence");
        _forget = Prepare("DELETE FROM marks WHERE number <= (SELECT max(number) FROM marks) - $1");
        _forget.Parameters[0].Value = capacity;
    }

    /// <summary>Opens the file; makes it, and its folder, if need be.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="capacity">How many marks are kept.</param>
    /// <exception cref="SqliteException">It cannot be opened, or is no such file.</exception>
    /// <exception cref="NotSupportedException">A newer version of this library made it.</exception>
    public static SqliteReceiptStore Open(string path, int capacity = DefaultCapacity)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = full, Pooling = false }.ToString());
        try
        {
            connection.Open();
            ReceiptSchema.Ensure(connection);
            return new SqliteReceiptStore(connection, capacity);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> ContainsAsync(UInt128 mark, CancellationToken cancellationToken)
    {
        lock (_sync)
        {
            _contains.Parameters[0].Value = Bytes(mark);
            return new((long)_contains.ExecuteScalar()! != 0);
        }
    }

    /// <inheritdoc/>
    public ValueTask<long?> FindPositionAsync(UInt128 sender, CancellationToken cancellationToken)
    {
        lock (_sync)
        {
            _position.Parameters[0].Value = Bytes(sender);
            return new(_position.ExecuteScalar() as long?);
        }
    }

    /// <inheritdoc/>
    public ValueTask AddAsync(IReadOnlyList<Receipt> receipts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(receipts);

        // A commit waits for the disk.
        return new(Task.Run(() => Add(receipts), cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_sync)
        {
            foreach (var command in new[] { _contains, _position, _addMark, _setPosition, _forget })
            {
                command.Dispose();
            }

            _connection.Dispose();
        }
    }

    private void Add(IReadOnlyList<Receipt> receipts)
    {
        lock (_sync)
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            foreach (var receipt in receipts)
            {
                Add(receipt, transaction);
            }

            Run(_forget, transaction);
            transaction.Commit();
        }
    }

    private void Add(Receipt receipt, SqliteTransaction transaction)
    {
        foreach (var mark in receipt.Marks)
        {
            _addMark.Parameters[0].Value = Bytes(mark);
            Run(_addMark, transaction);
        }

        if (receipt.Sequence is { } sequence)
        {
            _setPosition.Parameters[0].Value = Bytes(receipt.Sender);
            _setPosition.Parameters[1].Value = sequence;
            Run(_setPosition, transaction);
        }
    }

    private static void Run(SqliteCommand command, SqliteTransaction transaction)
    {
        command.Transaction = transaction;
        command.ExecuteNonQuery();
        command.Transaction = null;
    }

    private static byte[] Bytes(UInt128 value)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return bytes;
    }

    [SuppressMessage("Security", "CA2100", Justification = "The texts are constants of this file.")]
    private SqliteCommand Prepare(string text)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        for (var i = 1; text.Contains($"${i}", StringComparison.Ordinal); i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        }

        return command;
    }
}
