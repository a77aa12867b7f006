using System.Runtime.CompilerServices;

namespace NymDirectory.DirectoryService.Storage.Commits;

/// <summary>How many messages ended in a commit, by <see cref="Mailboxes.MessageEnd"/>. A value, as what holds it.</summary>
[InlineArray(Length)]
internal struct MessageEnds
{
    public const int Length = 6;

#pragma warning disable IDE0051, S1144 // The first of them all, by which the runtime knows the type of the others.
    private int _first;
#pragma warning restore IDE0051, S1144
}
