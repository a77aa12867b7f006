using NymDirectory.Load.Measuring;

namespace NymDirectory.Load.Packets.Paced;

/// <summary>Asks every service for its health, again and again, and keeps how long that took.</summary>
internal sealed class HealthWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _client = new(new SocketsHttpHandler()) { Timeout = TimeSpan.FromSeconds(5) };
    private readonly CancellationTokenSource _stop = new();
    private readonly Latencies _answered = new();
    private readonly Task _running;
    private int _failures;

    private HealthWatch(IEnumerable<Uri> services) => _running = RunAsync([.. services]);

    public static HealthWatch Start(IEnumerable<Uri> services) => new(services);

    /// <summary>Ends it. What was seen: checks, those that were not answered with "ready", and times.</summary>
    public async Task<(int Checks, int Failures, LatencySummary Answered)> StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
        return (_answered.Count, _failures, _answered.Between(0, _answered.Count));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(Uri[] services)
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                foreach (var service in services)
                {
                    await AskAsync(service);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task AskAsync(Uri service)
    {
        var start = TimeProvider.System.GetTimestamp();
        try
        {
            using var response = await _client.GetAsync(service, _stop.Token);
            _failures += response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !_stop.IsCancellationRequested))
        {
            _failures++;
        }

        _answered.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
    }
}
