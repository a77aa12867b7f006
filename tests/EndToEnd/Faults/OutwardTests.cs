namespace NymDirectory.EndToEnd.Faults;

/// <summary>From the moment when the message is on disk.</summary>
public sealed class OutwardTests : HandoverTests
{
    [Theory]
    [InlineData(Step.FromRelay, Victims.Gateway | Victims.Directory)]
    [InlineData(Step.ToNymClient, Victims.Gateway | Victims.NymClient)]
    [InlineData(Step.Taken, Victims.Gateway | Victims.Directory)]
    [InlineData(Step.Acknowledged, Victims.All)]
    internal Task Message_OnItsWayOut_ArrivesOnce(Step step, Victims several) => RunAsync(step, several);
}
