using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Import;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.DirectoryService.Storage.Operations;
using NymDirectory.Load.Node;

namespace NymDirectory.Load.Sizes.Filling;

/// <summary>
/// Databases of a size, made once and kept beside the published programs. The Directory's own code makes them, in the order in which users
/// happen to come; only the waits for the disk are fewer.
/// </summary>
internal static class FilledDatabases
{
    // As many batches as the Directory puts into one commit, or a little less.
    private const int UsersPerCommit = 12_500;
    private const int MessagesPerCommit = 12_500;

    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(PublishedPrograms.DefaultFolder)!, "sizes");

    /// <summary>The database with so many users and so many messages that wait; it is made when it is not there.</summary>
    public static async Task<FilledDatabase> GetAsync(int users, int waiting, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        var name = Path.Combine(Folder, $"users-{users}");
        var keys = new KeyFile(name + ".keys");
        await MakeAsync(name + ".db", file => FillAsync(file, users, keys, cancellationToken));
        if (waiting == 0)
        {
            return new FilledDatabase(users, 0, name + ".db", keys);
        }

        var withMessages = $"{name}-waiting-{waiting}.db";
        await MakeAsync(withMessages, file => SendAsync(name + ".db", file, users, waiting, cancellationToken));
        return new FilledDatabase(users, waiting, withMessages, keys);
    }

    // One that was not finished has another name, and is gone on with.
    private static async Task MakeAsync(string file, Func<string, Task> make)
    {
        if (!File.Exists(file))
        {
            var unfinished = file + ".unfinished";
            var started = Stopwatch.GetTimestamp();
            await make(unfinished);
            File.Move(unfinished, file);
            File.Delete(new DatabaseLocation($"Data Source={unfinished}").LockFile);
            Console.Error.WriteLine($"made {Path.GetFileName(file)}: {new FileInfo(file).Length / 1e6:0} MB in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        }
    }

    private static async Task FillAsync(string file, int users, KeyFile keys, CancellationToken cancellationToken)
    {
        await using var opened = await OpenAsync(file, cancellationToken);
        using var log = new Statements(new DatabaseLocation($"Data Source={file}").OpenForCheckpoints());
        var done = await CountAsync(opened, "SELECT COUNT(*) FROM accounts", cancellationToken);
        keys.Cut(Math.Min(done, FilledDatabase.MostWithKeys));
        for (var first = done; first < users; first += UsersPerCommit)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var run = new RunId(NewUser.RandomId());
            var batch = new NewUser[Math.Min(UsersPerCommit, users - first)];
            Parallel.For(0, batch.Length, i => batch[i] = NewUser.Create(first + i, run));
            await Task.WhenAll(batch.Chunk(SmallBatch.Most).Select(
                some => opened.Store.WriteAsync(new SmallBatch([.. some.Select(user => user.Account)]))));
            keys.Append(batch.Select(user => user.PrivateKey).OfType<byte[]>());
            EmptyLog(log);
        }
    }

    private static async Task SendAsync(string from, string file, int users, int waiting, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            var copy = file + ".copy";
            File.Copy(from, copy, overwrite: true);
            File.Move(copy, file);
        }

        await using var opened = await OpenAsync(file, cancellationToken);
        using var log = new Statements(new DatabaseLocation($"Data Source={file}").OpenForCheckpoints());
        var messages = await WaitingMessages.FromAsync(opened.Store, users, cancellationToken);
        const string Count = "SELECT COUNT(*) FROM messages";
        for (var done = await CountAsync(opened, Count, cancellationToken); done < waiting; done += MessagesPerCommit)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = Enumerable.Range(0, Math.Min(MessagesPerCommit, waiting - done)).Select(_ => messages.Next()).Chunk(SmallBatch.Most);
            var accepted = batch.Select(some => new AcceptMessages(some, new MailboxOptions())).ToList();
            await Task.WhenAll(accepted.Select(some => opened.Store.WriteAsync(new SmallBatch([some]))));
            EmptyLog(log);
        }

        if (await CountAsync(opened, Count, cancellationToken) != waiting)
        {
            throw new InvalidOperationException("A message for somebody who is away was not kept.");
        }
    }

    private static async Task<int> CountAsync(ImportStore opened, string query, CancellationToken cancellationToken) =>
        (int)await opened.Store.ReadAsync(sql => sql.Scalar<long>(query), cancellationToken);

    private static Task<ImportStore> OpenAsync(string file, CancellationToken cancellationToken) => ImportStore.OpenAsync(
        new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:Directory", $"Data Source={file}")]).Build(), cancellationToken);

    // With so much in each commit it would grow to many times the database.
    private static void EmptyLog(Statements log) => log.Scalar<long>("PRAGMA wal_checkpoint(TRUNCATE)");
}
