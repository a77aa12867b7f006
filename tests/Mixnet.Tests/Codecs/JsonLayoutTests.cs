using System.Text;

namespace NymDirectory.Mixnet.Tests.Codecs;

/// <summary>The tables of the JSON form, character for character.</summary>
public sealed class JsonLayoutTests
{
    private const string Address =
        "4wBqpZM9xaSheZzJSMawUKKwhdpChKbZ5eu5ky4Vigw.3ELeRTTg5W5hAYaEFznzFV1jknNFkjHqS8ytwvQEQP1Z@5Pk716N113awdSaUDZEPZVi9Zs6hJmG5KCJtp5qQK3LB";

    private const string Tag = "LqTT3d9tPF8RJqfzmsVnhC";

    private static readonly byte[] Hello = Encoding.UTF8.GetBytes("{\"a\":\"é\"}");

    public static TheoryData<NymRequest, string> Requests => new()
    {
        {
            new SendRequest(Samples.Address, Hello, 5),
            $$"""{"type":"send","message":"{\"a\":\"é\"}","recipient":"{{Address}}","connectionId":5}"""
        },
        { new SendRequest(Samples.Address, default, null), $$"""{"type":"send","message":"","recipient":"{{Address}}"}""" },
        {
            new SendAnonymousRequest(Samples.Address, Hello, 10, 0),
            $$"""{"type":"sendAnonymous","message":"{\"a\":\"é\"}","recipient":"{{Address}}","replySurbs":10,"connectionId":0}"""
        },
        {
            new ReplyRequest(Samples.Tag, Hello, ulong.MaxValue),
            $$"""{"type":"reply","senderTag":"{{Tag}}","message":"{\"a\":\"é\"}","connectionId":18446744073709551615}"""
        },
        { new SelfAddressRequest(), """{"type":"selfAddress"}""" },
    };

    public static TheoryData<NymResponse, string> Responses => new()
    {
        { new ReceivedResponse(Hello, Samples.Tag), $$"""{"type":"received","message":"{\"a\":\"é\"}","senderTag":"{{Tag}}"}""" },
        { new ReceivedResponse(default, null), """{"type":"received","message":"","senderTag":null}""" },
        { new SelfAddressResponse(Samples.Address), $$"""{"type":"selfAddress","address":"{{Address}}"}""" },
        { new LaneQueueLengthResponse(3, ulong.MaxValue), """{"type":"laneQueueLength","lane":3,"queue_length":18446744073709551615}""" },
        { new ErrorResponse(NymErrorCode.MalformedRequest, "a:b"), """{"type":"error","message":"malformed request:a:b"}""" },
        { new ErrorResponse(NymErrorCode.Other, ""), """{"type":"error","message":"other:"}""" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void Request_WrittenAndRead_HasItsLayout(NymRequest request, string layout)
    {
        Assert.Equal(layout, Encoding.UTF8.GetString(Samples.Json(request)));
        Assert.True(JsonCodec.TryReadRequest(Encoding.UTF8.GetBytes(layout), out var read, out var error));
        Assert.Null(error);
        Assert.True(Samples.Same(request, read));
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public void Response_WrittenAndRead_HasItsLayout(NymResponse response, string layout)
    {
        Assert.Equal(layout, Encoding.UTF8.GetString(Samples.Json(response)));
        Assert.True(JsonCodec.TryReadResponse(Encoding.UTF8.GetBytes(layout), out var read, out var error));
        Assert.Null(error);
        Assert.True(Samples.Same(response, read));
    }

    [Theory]
    [InlineData("""{"message":"x","connectionId":null,"unknown":{"type":[1]},"senderTag":"LqTT3d9tPF8RJqfzmsVnhC","type":"reply"}""")]
    [InlineData(""" { "type" : "reply" , "senderTag" : "LqTT3d9tPF8RJqfzmsVnhC" , "message" : "\u0078" } """)]
    public void TryReadRequest_AnyOrderSpacesAndStrangers_IsRead(string text)
    {
        Assert.True(JsonCodec.TryReadRequest(Encoding.UTF8.GetBytes(text), out var request, out _));
        Assert.True(Samples.Same(new ReplyRequest(Samples.Tag, "x"u8.ToArray(), null), request));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"selfAddress\"")]
    [InlineData("{}")]
    [InlineData("""{"type":"nothing"}""")]
    [InlineData("""{"type":"SelfAddress"}""")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"type":null}""")]
    [InlineData("""{"type":"selfAddress"} x""")]
    [InlineData("""{"type":"selfAddress"}{}""")]
    [InlineData("""{"type":"selfAddress",}""")]
    [InlineData("""{"type":"selfAddress" """)]
    [InlineData("""{"type":"selfAddress","type":"selfAddress"}""")]
    [InlineData("""{"type":"closedConnection","connectionId":1}""")]
    [InlineData("""{"type":"reply","message":"x"}""")]
    [InlineData("""{"type":"reply","senderTag":null,"message":"x"}""")]
    [InlineData("""{"type":"reply","senderTag":"abc","message":"x"}""")]
    [InlineData("""{"type":"reply","senderTag":"LqTT3d9tPF8RJqfzmsVnhC","message":null}""")]
    [InlineData("""{"type":"reply","senderTag":"LqTT3d9tPF8RJqfzmsVnhC","message":1}""")]
    [InlineData("""{"type":"reply","senderTag":"LqTT3d9tPF8RJqfzmsVnhC","message":["x"]}""")]
    [InlineData("""{"type":"reply","senderTag":"LqTT3d9tPF8RJqfzmsVnhC","message":"\ud800"}""")]
    [InlineData("""{"type":"reply","senderTag":"LqTT3d9tPF8RJqfzmsVnhC","message":"x","connectionId":-1}""")]
    [InlineData("""{"type":"reply","senderTag":"LqTT3d9tPF8RJqfzmsVnhC","message":"x","connectionId":1.5}""")]
    [InlineData("""{"type":"reply","senderTag":"LqTT3d9tPF8RJqfzmsVnhC","message":"x","connectionId":"1"}""")]
    [InlineData("""{"type":"reply","senderTag":"LqTT3d9tPF8RJqfzmsVnhC","message":"x","connectionId":18446744073709551616}""")]
    [InlineData("""{"type":"send","message":"x","recipient":"nobody"}""")]
    [InlineData("""{"type":"sendAnonymous","message":"x","recipient":"nobody","replySurbs":4294967296}""")]
    [InlineData("""{"type":"sendAnonymous","message":"x","recipient":"nobody"}""")]
    public void TryReadRequest_Wrong_IsMalformed(string text)
    {
        Assert.False(JsonCodec.TryReadRequest(Encoding.UTF8.GetBytes(text), out var request, out var error));
        Assert.Null(request);
        Assert.Equal(NymErrorCode.MalformedRequest, error.Code);
    }

    [Theory]
    [InlineData("""{"type":"received"}""")]
    [InlineData("""{"type":"received","message":"x","senderTag":"abc"}""")]
    [InlineData("""{"type":"received","message":"x","senderTag":5}""")]
    [InlineData("""{"type":"selfAddress"}""")]
    [InlineData("""{"type":"selfAddress","address":"abc"}""")]
    [InlineData("""{"type":"laneQueueLength","lane":1,"queueLength":1}""")]
    [InlineData("""{"type":"laneQueueLength","queue_length":1}""")]
    [InlineData("""{"type":"error"}""")]
    [InlineData("""{"type":"reply"}""")]
    public void TryReadResponse_Wrong_IsMalformed(string text)
    {
        Assert.False(JsonCodec.TryReadResponse(Encoding.UTF8.GetBytes(text), out var response, out var error));
        Assert.Null(response);
        Assert.Equal(NymErrorCode.MalformedResponse, error.Code);
    }

    [Fact]
    public void TryReadRequest_NotUtf8_IsMalformed()
    {
        byte[] frame = [.. "{\"type\":\"selfAddress\",\"x\":\""u8, 0xFF, .. "\"}"u8];
        Assert.False(JsonCodec.TryReadRequest(frame, out _, out _));
    }

    [Fact]
    public void TryReadRequest_NestedTooDeep_IsMalformed()
    {
        var text = "{\"type\":\"selfAddress\",\"x\":" + new string('[', 100_000);
        Assert.False(JsonCodec.TryReadRequest(Encoding.UTF8.GetBytes(text), out _, out _));
    }

    [Theory]
    [InlineData("no kind at all", NymErrorCode.Other, "no kind at all")]
    [InlineData("strange kind:x", NymErrorCode.Other, "strange kind:x")]
    [InlineData("malformed request:", NymErrorCode.MalformedRequest, "")]
    [InlineData("unknown response type: 7", NymErrorCode.UnknownResponse, " 7")]
    public void TryReadResponse_ErrorText_IsKindAndDetail(string text, NymErrorCode code, string detail)
    {
        Assert.True(JsonCodec.TryReadResponse(Encoding.UTF8.GetBytes($$"""{"type":"error","message":"{{text}}"}"""), out var response, out _));
        Assert.Equal(new ErrorResponse(code, detail), response);
    }

    [Fact]
    public void Write_MessageNotUtf8_IsDamagedAsNymClientDoes()
    {
        var frame = Samples.Json(new ReceivedResponse(new byte[] { 0x61, 0xFF, 0x62 }, null));
        Assert.True(JsonCodec.TryReadResponse(frame, out var response, out _));
        Assert.Equal("a\uFFFDb", Encoding.UTF8.GetString(Assert.IsType<ReceivedResponse>(response).Message.Span));
    }

    [Fact]
    public void Write_RequestWithoutJsonForm_Throws()
    {
        Assert.Throws<NotSupportedException>(() => Samples.Json(new ClosedConnectionRequest(1)));
        Assert.Throws<NotSupportedException>(() => Samples.Json(new LaneQueueLengthRequest(1)));
    }
}
