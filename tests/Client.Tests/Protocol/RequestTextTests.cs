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
    public void Query_WithAReference_IsTheSameTextAndTheReference() =>
        Assert.Equal($$"""{{Vectors.Requests["query"][..^1]}}, "ref": "0a"}""", RequestText.Query("bob", "0a"));

    [Fact]
    public void Register_Vector_IsTheSameText() =>
        Assert.Equal(Vectors.Requests["register"], RequestText.Register("alice", People.Alice.Key.PublicKey, acknowledges: false));

    [Fact]
    public void LogIn_Vector_IsTheSameText() => Assert.Equal(Vectors.Requests["login"], RequestText.LogIn("alice", acknowledges: false));

    [Fact]
    public void LogIn_OfAClientThatAcknowledges_AsksForIt() =>
        Assert.Equal("""{"action": "login", "usernym": "alice", "features": ["ack"]}""", RequestText.LogIn("alice", acknowledges: true));

    [Fact]
    public void Register_OfAClientThatAcknowledges_AsksForIt() =>
        Assert.EndsWith(""", "features": ["ack"]}""", RequestText.Register("alice", People.Alice.Key.PublicKey, acknowledges: true), StringComparison.Ordinal);

    [Fact]
    public void Acknowledge_SeveralIds_AreOneList() =>
        Assert.Equal("""{"action": "ack", "ids": ["a", "b"]}""", RequestText.Acknowledge(["a", "b"]));

    [Theory]
    [InlineData("registrationResponse")]
    [InlineData("loginResponse")]
    public void Answer_Vector_IsTheSameText(string action) =>
        Assert.Equal(Vectors.Requests[action], RequestText.Answer(action, "alice", Vectors.Challenge.Signature));
}
