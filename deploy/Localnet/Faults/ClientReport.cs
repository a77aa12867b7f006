namespace NymDirectory.Localnet.Faults;

/// <summary>One client in a <see cref="FaultReport"/>.</summary>
/// <param name="Client">Its id, or what a setting calls it.</param>
/// <param name="Connected">Whether it is connected.</param>
/// <param name="Settings">Its own settings; null: those for all.</param>
internal sealed record ClientReport(string Client, bool Connected, FaultSettings? Settings);
