namespace NymDirectory.Load.Sizes.Filling;

/// <summary>A Directory's database with users in it, and the keys of some of them.</summary>
/// <param name="Users">How many users there are: numbers from 0, names by <see cref="Crowds.Person.NameOf"/> without a suffix.</param>
/// <param name="Waiting">How many messages wait for users who are away.</param>
/// <param name="File">The database; to be copied, not used.</param>
/// <param name="Keys">The keys of the first users.</param>
internal sealed record FilledDatabase(int Users, int Waiting, string File, KeyFile Keys)
{
    /// <summary>Of so many users the keys are kept: more are never made to act.</summary>
    public const int MostWithKeys = 100_000;

    /// <summary>How many users can act.</summary>
    public int WithKeys => Math.Min(Users, MostWithKeys);
}
