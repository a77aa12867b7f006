using System.CommandLine;
using NymDirectory.Hosting.Commands;

namespace NymDirectory.Hosting.Tests.Commands;

public sealed class ServiceCommandsTests
{
    private static readonly ServiceDescription Service = new("NymDirectory.Hosting.Tests", "http://localhost:5190", "http://localhost:5191");

    [Theory]
    [InlineData(true, "work")]
    [InlineData(true, "wrok")]
    [InlineData(true, "--help")]
    [InlineData(false)]
    [InlineData(false, "")]
    [InlineData(false, "Section:Key=value")]
    [InlineData(false, "--Section:Key=value", "work")]
    [InlineData(false, "--Section:Key", "value")]
    [InlineData(false, "/Section:Key", "value")]
    public void AreAsked_FirstArgument_SaysIt(bool asked, params string[] args) => Assert.Equal(asked, ServiceCommands.AreAsked(args));

    [Fact]
    public async Task RunAsync_SettingsAnywhere_ReachTheCommand()
    {
        string? file = null, value = null;
        var code = await ServiceCommands.RunAsync(Service, ["--Section:Key=a b", "work", "--Section:Other=x=y:z", "file"], configuration =>
        {
            var argument = new Argument<string>("FILE");
            var command = new Command("work") { argument };
            command.SetAction(result => (file, value) = (result.GetValue(argument), configuration["Section:Key"] + configuration["Section:Other"]));
            return [command];
        });

        Assert.Equal((0, "file", "a bx=y:z"), (code, file, value));
    }

    [Fact]
    public async Task RunAsync_CommandThatDoesNotExist_EndsWithOne() =>
        Assert.Equal(1, await ServiceCommands.RunAsync(Service, ["wrok"], _ => Failing(new InvalidOperationException())));

    [Fact]
    public async Task RunAsync_FailureAnOperatorCanMend_EndsWithOne()
    {
        Exception[] failures = [new InvalidConfigurationException("broken"), new CommandFailedException("in the way"), new IOException("full")];
        foreach (var failure in failures)
        {
            Assert.Equal(1, await ServiceCommands.RunAsync(Service, ["work"], _ => Failing(failure)));
        }
    }

    [Fact]
    public async Task RunAsync_Stopped_EndsAsShellsExpect() =>
        Assert.Equal(130, await ServiceCommands.RunAsync(Service, ["work"], _ => Failing(new TaskCanceledException())));

    [Fact]
    public Task RunAsync_FailureOfOurs_IsNotHidden() => Assert.ThrowsAsync<DivideByZeroException>(
        () => ServiceCommands.RunAsync(Service, ["work"], _ => Failing(new DivideByZeroException())));

    [Fact]
    public void Read_FromAnyFolder_HasTheEnvironmentAndTheCommandLineOverIt()
    {
        Environment.SetEnvironmentVariable("ServiceCommandsTests__Kept", "from the environment");
        Environment.SetEnvironmentVariable("ServiceCommandsTests__Replaced", "from the environment");

        var configuration = ServiceConfiguration.Read(["--ServiceCommandsTests:Replaced=from the command line"]);

        Assert.Equal("from the environment", configuration["ServiceCommandsTests:Kept"]);
        Assert.Equal("from the command line", configuration["ServiceCommandsTests:Replaced"]);
    }

    private static int Throw(Exception failure) => throw failure;

    private static IEnumerable<Command> Failing(Exception failure)
    {
        var command = new Command("work");
        command.SetAction((ParseResult _) => Throw(failure));
        return [command];
    }
}
