using NymDirectory.Local.Processes;

namespace NymDirectory.Load.Sizes.Starts;

/// <summary>Waits for a service to be ready, and asks often.</summary>
internal sealed class ReadyWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client = new(new SocketsHttpHandler()) { Timeout = TimeSpan.FromSeconds(2) };

    /// <summary>Starts it; how long it took until it said that it is ready, in milliseconds.</summary>
    public async Task<double> TimeAsync(Func<NodeProcess> start, int healthPort, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var process = start();
        while (!await IsReadyAsync(healthPort, cancellationToken))
        {
            if (process.HasEnded || TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new InvalidOperationException($"{process.Name} did not get ready: {process.LastLines.LastOrDefault() ?? "it said nothing"}");
            }

            await Task.Delay(Interval, TimeProvider.System, cancellationToken);
        }

        return TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
    }

    public void Dispose() => _client.Dispose();

    private async Task<bool> IsReadyAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _client.GetAsync(new Uri($"http://127.0.0.1:{port}/healthz/ready"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
