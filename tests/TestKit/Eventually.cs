using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NymDirectory.TestKit;

/// <summary>Waits until something holds, within a time-out: what tests do instead of sleeping.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static Task True(Func<bool> condition, TimeSpan? timeout = null, [CallerArgumentExpression(nameof(condition))] string because = "") =>
        True(() => Task.FromResult(condition()), timeout, because);

    public static async Task True(
        Func<Task<bool>> condition, TimeSpan? timeout = null, [CallerArgumentExpression(nameof(condition))] string because = "")
    {
        var limit = timeout ?? Patience;
        var start = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start) > limit)
            {
                throw new TimeoutException($"Not so after {limit.TotalSeconds:0.#} s: {because}");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Awaits a task that must end within the time-out.</summary>
    public static Task<T> Within<T>(this Task<T> task, TimeSpan? timeout = null) => task.WaitAsync(timeout ?? Patience);

    /// <summary>Awaits a task that must end within the time-out.</summary>
    public static Task Within(this Task task, TimeSpan? timeout = null) => task.WaitAsync(timeout ?? Patience);
}
