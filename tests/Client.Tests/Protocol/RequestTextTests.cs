using NymDirectory.Client.Protocol;
using NymDirectory.Client.Tests.Fakes;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Protocol;

public sealed class RequestTextTests
{
    private static readonly Vectors Vectors = Vectors.Load();

    [Fact]
    public void Query_Vector_IsTheSameText() => Assert.Equal(Vectors.Requests["query"], RequestText.Query("bob"));

    [Fact]
    public void Register_Vector_IsTheSameText() =>
        Assert.Equal(Vectors.Requests["register"], RequestText.Register("alice", People.Alice.Key.PublicKey));

    [Fact]
    public void LogIn_Vector_IsTheSameText() => Assert.Equal(Vectors.Requests["login"], RequestText.LogIn("alice"));

    [Theory]
    [InlineData("registrationResponse")]
    [InlineData("loginResponse")]
    public void Answer_Vector_IsTheSameText(string action) =>
        Assert.Equal(Vectors.Requests[action], RequestText.Answer(action, "alice", Vectors.Challenge.Signature));
}
