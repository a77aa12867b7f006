using NymDirectory.Gateway.Keys;
using NymDirectory.Gateway.NymClient;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.Keys;

public sealed class NewFileTests
{
    private const int Rounds = 1_000;

    [Fact]
    public void TryName_ManyAtOnce_OneWinsAndTheFileStaysTheirs()
    {
        using var folder = new TemporaryFolder();
        var won = new bool[Rounds, 4];
        using var round = new Barrier(4);

        // Threads of their own: those of the pool would begin one after the other.
        var threads = Enumerable.Range(0, 4).Select(i => new Thread(() => Race(i))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        for (var number = 0; number < Rounds; number++)
        {
            var winner = Assert.Single(Enumerable.Range(0, 4), i => won[number, i]);
            Assert.Equal([(byte)winner], File.ReadAllBytes(folder.File($"{number}")));
        }

        void Race(int i)
        {
            for (var number = 0; number < Rounds; number++)
            {
                var draft = folder.File($"{number}.{i}");
                File.WriteAllBytes(draft, [(byte)i]);
                round.SignalAndWait();
                won[number, i] = NewFile.TryName(draft, folder.File($"{number}"));
            }
        }
    }

    [Fact]
    public void TryCreate_Twice_LeavesTheFirstAndNothingBeside()
    {
        using var folder = new TemporaryFolder();

        Assert.True(NewFile.TryCreate(folder.File("key"), [1], WholeFile.OwnerOnly));
        Assert.False(NewFile.TryCreate(folder.File("key"), [2], WholeFile.OwnerOnly));

        Assert.Equal([1], File.ReadAllBytes(folder.File("key")));
        Assert.Single(Directory.GetFiles(folder.Path));
    }
}
