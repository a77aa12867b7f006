using System.Diagnostics;
using System.Security.Cryptography;
using NymDirectory.EndToEnd.Harness;
using NymDirectory.EndToEnd.Users;
using NymDirectory.TestKit;
using Xunit.Abstractions;

namespace NymDirectory.EndToEnd.Faults;

/// <summary>Kills at moments that a seed decides, over the time that a send takes: what nobody thought of.</summary>
public sealed class RandomKillTests(ITestOutputHelper output)
{
    private const int Rounds = 9;
    private const int EachRound = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(110);

    [Fact]
    public async Task Services_KilledAtAnyMoment_NothingIsLostOrShownTwice()
    {
        // NYMDIRECTORY_SEED repeats a run.
        var seed = uint.TryParse(Environment.GetEnvironmentVariable("NYMDIRECTORY_SEED"), out var given) ? given : (uint)RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"seed {seed}");
        var dice = new Dice(seed);
        await using var node = await NodeUnderTest.StartAsync();
        await using var sender = await LibraryClient.RegisteredAsync(node, Names.New("sender"), configure: Listener.Patiently);
        await using var listener = await Listener.StartAsync(node, sender);
        var assault = new Assault(node);
        var accepted = new List<string>();
        var sendTime = await SendAsync(sender, listener, accepted, "before");
        for (var round = 0; round < Rounds; round++)
        {
            var victims = round == Rounds - 1 ? Victims.All : (Victims)(1 + dice.Below((int)Victims.All));
            var moment = sendTime * dice.Below(1_000) / 500;
            var again = dice.Below(3) == 0;
            output.WriteLine($"round {round}: {victims} after {moment.TotalMilliseconds:0.0} ms{(again ? ", twice" : "")}");
            var sending = SendAsync(sender, listener, accepted, $"round {round}");
            await Task.Delay(moment, TimeProvider.System);
            assault.Kill(victims);
            await assault.StartAsync(victims);
            if (again && (victims & ~Victims.NymClient) is not Victims.None and var started)
            {
                // Wherever their start has come to.
                await Task.Delay(TimeSpan.FromMilliseconds(dice.Below(1_500)), TimeProvider.System);
                assault.Kill(started);
                await assault.StartAsync(started);
            }

            await assault.ReadyAsync(victims);
            if (victims.HasFlag(Victims.NymClient))
            {
                await listener.LogInAsync();
            }

            await sending.Within(TimeSpan.FromSeconds(100));
        }

        await listener.HasExactlyAsync(accepted, Patience, $"seed {seed}");
        await node.StopAsync();
    }

    private static async Task<TimeSpan> SendAsync(LibraryClient sender, Listener listener, List<string> accepted, string name)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < EachRound; i++)
        {
            await sender.SendAsync(listener.Username, $"{name}, number {i}", TimeSpan.FromSeconds(70));
            accepted.Add($"{name}, number {i}");
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private sealed class Dice(uint seed)
    {
        private uint _state = seed | 1;

        public int Below(int limit)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (int)(_state % (uint)limit);
        }
    }
}
