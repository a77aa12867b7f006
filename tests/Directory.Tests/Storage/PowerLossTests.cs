using System.Security.Cryptography;
using Grpc.Net.Client;
using NymDirectory.TestKit;
using Xunit.Abstractions;

namespace NymDirectory.DirectoryService.Tests.Storage;

/// <summary>
/// What is on the disk at any moment is enough. A running Directory is stopped where it is, its files are copied, and another one starts on the copy: so the copy is of one moment, as
/// after a loss of power.
/// </summary>
public sealed class PowerLossTests(ITestOutputHelper output) : IDisposable
{
    private const int Losses = 50;
    private const int Writers = 4;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Power_LostAtAnyMoment_EverythingAcceptedIsThere()
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"seed {seed}");
        var database = _folder.File("directory.db");
        var (ada, bob) = await MessageFlood.PrepareAsync(database);
        using var running = DirectoryProgram.Start(database, "--Mailbox:MaxMessages=1000000", "--Mailbox:MaxBytes=10000000000");
        await running.StartedAsync();
        using var channel = GrpcChannel.ForAddress(running.Address);
        var flood = new MessageFlood(channel, ada, bob);
        using var stop = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => WriteAsync(flood, stop.Token)));
        for (var loss = 1; loss <= Losses; loss++)
        {
            seed = (int)((seed * 1_103_515_245L + 12_345) & int.MaxValue);
            var until = flood.Accepted.Count + 1 + (seed % 60);
            await Eventually.True(() => flood.Accepted.Count >= until || writing.IsCompleted, TimeSpan.FromSeconds(60));
            await running.FreezeAsync();
            var there = flood.Accepted.ToArray();
            var copy = _folder.File($"copy-{loss}.db");
            File.Copy(database, copy);
            File.Copy(database + "-wal", copy + "-wal");
            await running.ThawAsync();

            var found = await MessageFlood.HashesAsync(copy);
            Assert.All(there, hash => Assert.Contains(hash, found));
            File.Delete(copy);
        }

        await stop.CancelAsync();
        await writing.Within(TimeSpan.FromSeconds(30));
        Assert.Empty(flood.Refused);
    }

    private static async Task WriteAsync(MessageFlood flood, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await flood.SendAsync(count: 3, bytes: 700);
        }
    }
}
