namespace NymDirectory.EndToEnd.Faults;

/// <summary>Until the message is accepted.</summary>
public sealed class InwardTests : HandoverTests
{
    [Theory]
    [InlineData(Step.ToGateway, Victims.Gateway | Victims.NymClient)]
    [InlineData(Step.ToRelay, Victims.Gateway | Victims.Relay)]
    [InlineData(Step.ToDirectory, Victims.Relay | Victims.Directory)]
    [InlineData(Step.FromDirectory, Victims.All)]
    internal Task Message_OnItsWayIn_IsAcceptedOnceAndArrivesOnce(Step step, Victims several) => RunAsync(step, several);
}
