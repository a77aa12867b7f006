using System.Text;
using System.Text.Json;
using CsCheck;
using NymDirectory.Gateway.Protocol;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.Protocol;

public sealed class RequestParserProperties
{
    [Fact]
    public void Parse_AnyBytes_GivesARequestOrAReason() =>
        HostileMessages.All.Sample(message => IsAnswerOrReason(RequestParser.Parse(message)), iter: 20_000);

    [Fact]
    public void Parse_DamagedRequests_GivesARequestOrAReason()
    {
        foreach (var message in Vectors.Load().Requests.Values.Append(Vectors.Load().Sends[0].Message))
        {
            HostileMessages.DamageTo(message).Sample(damaged => IsAnswerOrReason(RequestParser.Parse(damaged)), iter: 2_000);
        }
    }

    [Fact]
    public void Parse_AnyText_ReadsAsThePlatformReadsIt() => Gen.String.Sample(
        text =>
        {
            var message = $$"""{"action":"query","username":{{JsonSerializer.Serialize(text + "!")}}}""";
            var expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text + "!"));

            return RequestParser.Parse(Encoding.UTF8.GetBytes(message)).Request is QueryAsked asked && asked.Username == expected;
        },
        iter: 5_000);

    [Fact]
    public void Parse_TextEscapedInFull_ReadsAsItsCodeUnits() => Gen.Char.Array[1, 20].Sample(
        units =>
        {
            var escaped = string.Concat(units.Select(unit => $"\\u{(int)unit:x4}"));
            var parsed = RequestParser.Parse(Encoding.UTF8.GetBytes($$"""{"action":"query","username":"{{escaped}}"}"""));
            var expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(units));

            return parsed.Request is QueryAsked asked && asked.Username == expected;
        },
        iter: 5_000);

    private static bool IsAnswerOrReason(ParsedMessage parsed) => parsed.Request is null != (parsed.Drop == DropReason.None);
}
