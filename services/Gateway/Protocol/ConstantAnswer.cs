namespace NymDirectory.Gateway.Protocol;

/// <summary>An answer that always reads the same, so that it is signed once. Compared by identity.</summary>
/// <param name="action">The request that it answers.</param>
/// <param name="content">The text that clients match.</param>
/// <param name="outcome">Its label in metrics and spans.</param>
internal sealed class ConstantAnswer(ClientAction action, string content, string outcome)
{
    /// <summary>The request that it answers.</summary>
    public ClientAction Action { get; } = action;

    /// <summary>The <c>content</c> of the envelope.</summary>
    public string Content { get; } = content;

    /// <summary>The label in metrics and spans.</summary>
    public string Outcome { get; } = outcome;
}
