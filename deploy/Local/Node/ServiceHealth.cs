namespace NymDirectory.Local.Node;

/// <summary>Asks services of this machine for their health.</summary>
internal static class ServiceHealth
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>True when the service said that it is ready, false when it did not in time.</summary>
    internal static async Task<bool> WaitUntilReadyAsync(int healthPort, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler()) { Timeout = TimeSpan.FromSeconds(2) };
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < patience)
        {
            if (await IsReadyAsync(client, healthPort, cancellationToken))
            {
                return true;
            }

            await Task.Delay(Interval, TimeProvider.System, cancellationToken);
        }

        return false;
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, int healthPort, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{healthPort}/healthz/ready"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
