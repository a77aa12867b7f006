using System.Security.Cryptography;
using NymDirectory.EndToEnd.Harness;
using NymDirectory.Local.Node;
using NymDirectory.Local.Processes;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Commands;

/// <summary><c>deploy/Local</c> as people run it: the built program, with a folder and ports of its own.</summary>
internal sealed class LocalCommand : IDisposable
{
    private readonly string _mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private readonly TemporaryFolder _folder = new();

    public ServicePrograms Programs { get; } = ServicePrograms.Of(typeof(LocalCommand).Assembly);

    public NodePorts Ports { get; } = PortBlock.Take(relays: 1);

    public NodeOutput Output { get; } = new();

    public string Data => _folder.File("data");

    public NodeSetup Setup => new() { DataFolder = Data, Ports = Ports };

    // The build puts it beside the tests, which reference the project.
    private static string Program => Path.Combine(AppContext.BaseDirectory, "NymDirectory.Local");

    public IReadOnlyList<string> CommandLine(params IEnumerable<string> options) => WithData(Data, options);

    public IReadOnlyList<string> WithData(string data, params IEnumerable<string> options) =>
        [Program, "--data", data, "--port", $"{Ports.First}", "--nym-client-port", $"{Ports.NymClient}", .. options];

    public NodeProcess Start(IEnumerable<string> command) => NodeProcess.Start(
        "local", Programs.Gateway, command, new Dictionary<string, string> { [LeftOvers.Variable] = _mark }, Output.Add);

    public async Task<int> RunAsync(IEnumerable<string> command, TimeSpan patience)
    {
        await using var process = Start(command);
        await process.Ended.Within(patience);
        return process.ExitCode;
    }

    /// <summary>The id of a program that it started, once it runs.</summary>
    public async Task<int> ChildAsync(string program)
    {
        int? found = null;
        await Eventually.True(
            () => (found = Children().Where(id => IsProgram(id, program)).Select(id => (int?)id).FirstOrDefault()) is not null,
            TimeSpan.FromSeconds(60),
            $"{program} runs");
        return found!.Value;
    }

    public async Task NothingLeftAsync()
    {
        await Eventually.True(() => Children().Count == 0, TimeSpan.FromSeconds(5), $"nothing is left over: {LeftOvers.Describe(Children())}");
    }

    public string Text => string.Join('\n', Output.Lines);

    public void Dispose()
    {
        foreach (var id in Children())
        {
            Signals.Send(id, Signal.Kill);
        }

        _folder.Dispose();
    }

    private static bool IsProgram(int id, string program) => LeftOvers.CommandLine(id).Split(' ')[0].EndsWith("/" + program, StringComparison.Ordinal);

    private IReadOnlyList<int> Children() => LeftOvers.Of(_mark);
}
