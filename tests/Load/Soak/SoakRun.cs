using NymDirectory.Load.Soak.Faults;
using NymDirectory.Load.Soak.Node;
using NymDirectory.Load.Soak.Users;
using NymDirectory.Localnet.Faults;

namespace NymDirectory.Load.Soak;

/// <summary>A whole soak: a fresh node, users who write to each other, faults, quiet at the end, and the checks.</summary>
internal static class SoakRun
{
    // Longer than any wait of the protocol after the last fault: repetitions after 30 s, held-back order for 45 s, a sender's last attempts.
    private static readonly TimeSpan SettlePatience = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan LogInInterval = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs it and says what was seen; true if all holds.</summary>
    public static async Task<bool> RunAsync(SoakSettings settings, CancellationToken cancellationToken)
    {
        var plan = FaultPlan.Of(settings, SoakNode.Relays);
        await using var node = await SoakNode.StartAsync(settings.Programs, cancellationToken);
        var sound = false;
        try
        {
            sound = Tell(await FindAsync(settings, plan, node, cancellationToken));
        }
        catch (Exception e)
        {
            Console.WriteLine($"ended before its end: {(e is OperationCanceledException ? "stopped" : e.ToString())}");
        }

        if (sound)
        {
            node.Forget();
        }
        else
        {
            Console.WriteLine($"seed {settings.Seed} failed; log and data of the node: {node.Folder}");
        }

        return sound;
    }

    private static async Task<SoakFindings> FindAsync(SoakSettings settings, FaultPlan plan, SoakNode node, CancellationToken cancellationToken)
    {
        var (ledger, drops) = (new Ledger(), new DropCounts());
        var users = Enumerable.Range(1, settings.Users).Select(number => new SoakUser(node, $"soak-{number}", ledger, drops)).ToList();
        var forger = new Forger(node, ledger, drops);
        var driver = new FaultDriver(node, users, ledger);
        IReadOnlyList<ServiceMemory> memory;
        using var stop = new CancellationTokenSource();
        try
        {
            await ArriveAsync(users, cancellationToken);
            await forger.ArriveAsync(users[0].Identity, users[1].Identity, cancellationToken);
            var writing = users.Select((user, index) => user.WriteAsync([.. users.Where(other => other != user)], new Random(settings.Seed + index + 1), stop.Token))
                .Append(forger.WriteAsync(users[1].Username, stop.Token))
                .ToList();
            var measuring = MeasureAsync(settings, plan, node, cancellationToken);
            await driver.RunAsync(plan, settings.Duration, cancellationToken);
            memory = await measuring;

            await stop.CancelAsync();
            await node.ChangeMixnetAsync(new FaultCommand { Reset = true }, cancellationToken);
            await Task.WhenAll(writing);
            await SettleAsync(node, users, ledger, cancellationToken);
            node.CheckAlive();
        }
        finally
        {
            // Their nym-clients are processes: none may stay behind, whatever has failed.
            await stop.CancelAsync();
            await Task.WhenAll(users.Select(user => user.EndAsync()).Append(forger.EndAsync()));
        }

        await node.StopAsync();
        return new SoakFindings(ledger, forger.Accepted, drops, node.Metrics, node.Log, driver.Counts, memory, MailboxCounts.Read(node.Database));
    }

    private static async Task ArriveAsync(List<SoakUser> users, CancellationToken cancellationToken)
    {
        foreach (var user in users)
        {
            foreach (var other in users.Where(other => other != user))
            {
                await user.KnowAsync(other.Identity);
            }
        }

        await Task.WhenAll(users.Select(user => user.RegisterAsync(cancellationToken)));
    }

    private static async Task<IReadOnlyList<ServiceMemory>> MeasureAsync(SoakSettings settings, FaultPlan plan, SoakNode node, CancellationToken cancellationToken)
    {
        var memory = new MemoryWatch(node);
        var warm = plan.MemoryFrom ?? settings.Duration;
        await Task.Delay(warm, TimeProvider.System, cancellationToken);
        if (plan.MemoryFrom is not null)
        {
            memory.TakeWarm();
        }

        await Task.Delay(settings.Duration - warm, TimeProvider.System, cancellationToken);
        return memory.Compare();
    }

    // Everybody is back and nothing fails any more: all that waits has to reach its recipient, and its acknowledgement the node.
    private static async Task SettleAsync(SoakNode node, List<SoakUser> users, Ledger ledger, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        var nextLogIn = TimeSpan.Zero;
        while (nextLogIn == TimeSpan.Zero || ledger.Missing > 0 || node.Metrics.MailboxDepth is not 0)
        {
            var elapsed = TimeProvider.System.GetElapsedTime(start);
            if (elapsed > SettlePatience)
            {
                Console.WriteLine($"  after {elapsed.TotalSeconds:0} s of quiet {ledger.Missing} are missing and {node.Metrics.MailboxDepth} wait");
                return;
            }

            if (elapsed >= nextLogIn)
            {
                nextLogIn = elapsed + LogInInterval;
                await Task.WhenAll(users.Select(user => user.LogInAsync()));
            }

            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }

        Console.WriteLine($"  settled {TimeProvider.System.GetElapsedTime(start).TotalSeconds:0.0} s after the last message was written");
    }

    private static bool Tell(SoakFindings findings)
    {
        var checks = findings.Checks().ToList();
        foreach (var line in findings.Summary())
        {
            Console.WriteLine(line);
        }

        foreach (var check in checks)
        {
            Console.WriteLine($"{(check.Holds switch { true => "ok        ", false => "WRONG     ", null => "not judged" })} {check.Name}: {check.Seen}");
        }

        foreach (var wrong in findings.Wrong())
        {
            Console.WriteLine($"  {wrong}");
        }

        return checks.All(check => check.Holds is not false);
    }
}
