using NymDirectory.Client.Protocol;
using NymDirectory.Mixnet;

namespace NymDirectory.Client.Direct;

/// <summary>What was sent directly to one contact since they were last heard from directly, and the clock that watches their silence.</summary>
internal sealed class DirectWindow : IDisposable
{
    /// <summary>The most that is risked on one silent address.</summary>
    public const int Capacity = 64;

    /// <summary>The unconfirmed messages, in order.</summary>
    public List<SignedContent> Unconfirmed { get; } = [];

    /// <summary>Where the last of them went.</summary>
    public NymAddress? Address { get; set; }

    /// <summary>How often the node was silent, too.</summary>
    public int FailedFallbacks { get; init; }

    /// <summary>Fires once.</summary>
    public ITimer? Clock { get; set; }

    /// <inheritdoc/>
    public void Dispose() => Clock?.Dispose();
}
