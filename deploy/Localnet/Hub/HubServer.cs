using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using NymDirectory.Localnet.CommandLine;
using NymDirectory.Localnet.Faults;
using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.Hub;

/// <summary>Joins the clients of this machine (or of a container network): one TCP connection each.</summary>
internal sealed class HubServer : IDisposable
{
    // Past this a client does not read at all, and its messages are kept like those of an absent one.
    private const int UnwrittenFrames = 100_000;

    private readonly TcpListener _listener;
    private readonly DelayLine _delays;
    private readonly PostOffice _office;

    private HubServer(TcpListener listener, FaultSettings faults, Random random, TimeProvider time)
    {
        _listener = listener;
        _delays = new DelayLine(time);
        _office = new PostOffice(new FaultTable(faults), new FaultDice(random), _delays);
    }

    /// <summary>Where it listens, with the actual port.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Opens the port.</summary>
    /// <exception cref="UserErrorException">The port cannot be opened.</exception>
    public static async Task<HubServer> StartAsync(HubEndpoint listen, FaultSettings faults, Random random, TimeProvider time)
    {
        try
        {
            // An address is not looked up: 0.0.0.0, which a hub in a container listens on, is none that a name could have.
            var address = IPAddress.TryParse(listen.Host, out var given) ? given : (await Dns.GetHostAddressesAsync(listen.Host))[0];
            var listener = new TcpListener(address, listen.Port);
            listener.Start();
            return new HubServer(listener, faults, random, time);
        }
        catch (SocketException e)
        {
            throw new UserErrorException($"The hub cannot listen on {listen}: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _delays.Dispose();
    }

    /// <summary>Serves until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var delays = _delays.RunAsync(cancellationToken);
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(cancellationToken);
                connections.RemoveAll(connection => connection.IsCompleted);
                connections.Add(ServeAsync(client, cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            _listener.Stop();
        }

        await Task.WhenAll(connections);
        await delays.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        client.NoDelay = true;
        using (client)
        await using (var frames = new FrameStream(client.GetStream(), UnwrittenFrames))
        {
            var writer = frames.RunWriterAsync(ended.Token);
            try
            {
                await TalkAsync(frames, writer, ended.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or InvalidDataException or JsonException or ArgumentException)
            {
                // Whoever ends its connection, or speaks something else, ends it for itself only.
            }

            await ended.CancelAsync();
            await writer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TalkAsync(FrameStream frames, Task writer, CancellationToken cancellationToken)
    {
        var first = await frames.ReadAsync(cancellationToken);
        if (first is { Kind: FrameKind.Join } join)
        {
            await ServeClientAsync(frames, join.Body, cancellationToken);
        }
        else if (first is { Kind: FrameKind.Command } command)
        {
            var report = _office.Apply(JsonSerializer.Deserialize(command.Body, FaultJson.Default.FaultCommand) ?? new FaultCommand());
            frames.TryWrite(FrameKind.Report, JsonSerializer.SerializeToUtf8Bytes(report, FaultJson.Default.FaultReport));
            frames.Complete();
            await writer;
        }
    }

    private async Task ServeClientAsync(FrameStream frames, byte[] join, CancellationToken cancellationToken)
    {
        var address = NymAddress.FromBytes(join.AsSpan(0, NymAddress.Size));
        var post = _office.Join(address, Encoding.UTF8.GetString(join.AsSpan(NymAddress.Size)), frames);
        try
        {
            while (await frames.ReadAsync(cancellationToken) is { } frame)
            {
                if (SendFrame.TryRead(frame, out var recipient, out var packets, out var payload))
                {
                    _office.Send(post, recipient, packets, payload);
                }
            }
        }
        finally
        {
            _office.Leave(post, frames);
        }
    }
}
