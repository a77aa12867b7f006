using System.Reflection;
using NymDirectory.Local.Node;
using NymDirectory.Local.Processes;
using NymDirectory.Local.Walkthrough;

namespace NymDirectory.Local;

/// <summary>The conversation alone, through a node that is running.</summary>
internal static class WalkthroughRun
{
    /// <returns>0 when all of it worked, Ctrl+C included; 1 when something did not, which is then on the screen.</returns>
    internal static async Task<int> RunAsync(NodeAccess alices, NodeAccess bobs, CancellationToken cancellationToken)
    {
        try
        {
            var programs = ServicePrograms.Of(Assembly.GetExecutingAssembly());
            return await Conversation.ShowAsync(alices, bobs, programs, new Screen(Console.Out), cancellationToken) ? 0 : 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }
}
