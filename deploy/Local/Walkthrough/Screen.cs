using NymDirectory.Local.Node;

namespace NymDirectory.Local.Walkthrough;

/// <summary>What the person at the terminal sees. Lines of the services come between ours, so each write is whole lines.</summary>
internal sealed class Screen(TextWriter output)
{
    private readonly Lock _lock = new();

    internal void Welcome(NodeSetup setup)
    {
        Write(
            "NymDirectory",
            setup.NymClient is null
                ? "  on a local mixnet. NOT ANONYMOUS: it stands in for Nym on this machine, for trying and testing."
                : "  on the Nym network, through the nym-client that you named. Its first start can take a while.",
            $"  data in {setup.DataFolder}");
    }

    internal void Ready() => Write("  Gateway, Directory and Relay are ready.");

    /// <summary>One step of the conversation, and what it let the node see.</summary>
    internal void Step(int number, string what, string sees, string never) => Write(
        string.Empty,
        $"  {number}. {what}",
        $"     the node sees     {sees}",
        $"     it never sees     {never}");

    internal void Done() => Write(string.Empty, "  All of it worked.");

    internal void Broken(string what, string why) => Write(string.Empty, $"  FAILED at: {what}", $"  {why}");

    internal void Serving(NodeSetup setup) => Write(
        string.Empty,
        "  The node is serving. Clients reach it at",
        $"    {ReadFile(setup.AddressFile)}",
        $"  its public key is in {setup.PublicKeyFile}",
        string.Empty,
        "  Ctrl+C stops it.");

    /// <summary>A service ended and is started again.</summary>
    internal void Restarting(string what) => Write($"  {what}", "  It is started again.");

    internal void Stopped() => Write("  Stopped.");

    /// <summary>A line of one of the node's programs.</summary>
    internal void Log(string name, string line) => Write($"{name,-10}| {line}");

    private static string ReadFile(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : "(not known)";

    private void Write(params ReadOnlySpan<string> lines)
    {
        lock (_lock)
        {
            foreach (var line in lines)
            {
                output.WriteLine(line);
            }
        }
    }
}
