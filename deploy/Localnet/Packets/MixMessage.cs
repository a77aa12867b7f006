namespace NymDirectory.Localnet.Packets;

/// <summary>What one client sends another through the hub. It stands for all the packets of the message at once.</summary>
internal abstract record MixMessage;
