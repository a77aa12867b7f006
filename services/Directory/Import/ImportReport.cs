namespace NymDirectory.DirectoryService.Import;

/// <summary>Counts what became of the rows, and says of each that was left out which it is and why.</summary>
/// <param name="complaints">For the operator; gets row numbers and reasons, nothing of a user.</param>
internal sealed class ImportReport(TextWriter complaints)
{
    /// <summary>Accounts that were made.</summary>
    public long Taken { get; private set; }

    /// <summary>Accounts that were there already, with the same key.</summary>
    public long Known { get; private set; }

    /// <summary>Rows that were left out.</summary>
    public long LeftOut { get; private set; }

    public void Take() => Taken++;

    public void Know() => Known++;

    public void LeaveOut(OldUser user, string reason)
    {
        LeftOut++;
        complaints.WriteLine($"{user}: {reason}");
    }

    public override string ToString() => $"users taken over {Taken}, there already {Known}, left out {LeftOut}";
}
