namespace NymDirectory.Mixnet.Tests.Codecs;

/// <summary>The tables of the binary form, byte for byte.</summary>
public sealed class BinaryLayoutTests
{
    private const string Address =
        "0102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F20"
        + "2122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F40"
        + "4142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F60";

    private const string Tag = "A0A1A2A3A4A5A6A7A8A9AAABACADAEAF";

    private static readonly byte[] Data = [0xDE, 0xAD, 0xFF];

    public static TheoryData<NymRequest, string> Requests => new()
    {
        { new SendRequest(Samples.Address, Data, 0x0102), "00" + Address + "0000000000000102" + "0000000000000003" + "DEADFF" },
        { new SendRequest(Samples.Address, default, null), "00" + Address + "0000000000000000" + "0000000000000000" },
        {
            new SendAnonymousRequest(Samples.Address, Data, 0x01020304, ulong.MaxValue),
            "01" + "01020304" + Address + "FFFFFFFFFFFFFFFF" + "0000000000000003" + "DEADFF"
        },
        { new ReplyRequest(Samples.Tag, Data, 7), "02" + Tag + "0000000000000007" + "0000000000000003" + "DEADFF" },
        { new SelfAddressRequest(), "03" },
        { new ClosedConnectionRequest(0x0102030405060708), "04" + "0102030405060708" },
        { new LaneQueueLengthRequest(0x0102030405060708), "05" + "0102030405060708" },
    };

    public static TheoryData<NymResponse, string> Responses => new()
    {
        { new ErrorResponse(NymErrorCode.MalformedRequest, "é!"), "00" + "04" + "0000000000000003" + "C3A921" },
        { new ErrorResponse(NymErrorCode.Other, ""), "00" + "FF" + "0000000000000000" },
        { new ReceivedResponse(Data, null), "01" + "00" + "0000000000000003" + "DEADFF" },
        { new ReceivedResponse(Data, Samples.Tag), "01" + "01" + Tag + "0000000000000003" + "DEADFF" },
        { new SelfAddressResponse(Samples.Address), "02" + Address },
        { new LaneQueueLengthResponse(9, 0x0A0B), "03" + "0000000000000009" + "0000000000000A0B" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void Request_WrittenAndRead_HasItsLayout(NymRequest request, string layout)
    {
        Assert.Equal(layout, Convert.ToHexString(Samples.Binary(request)));
        Assert.True(BinaryCodec.TryReadRequest(Convert.FromHexString(layout), out var read, out var error));
        Assert.Null(error);
        Assert.True(Samples.Same(request, read));
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public void Response_WrittenAndRead_HasItsLayout(NymResponse response, string layout)
    {
        Assert.Equal(layout, Convert.ToHexString(Samples.Binary(response)));
        Assert.True(BinaryCodec.TryReadResponse(Convert.FromHexString(layout), out var read, out var error));
        Assert.Null(error);
        Assert.True(Samples.Same(response, read));
    }

    [Theory]
    [InlineData("", NymErrorCode.EmptyRequest)]
    [InlineData("00", NymErrorCode.TooShortRequest)]
    [InlineData("00" + Address + "0000000000000001" + "00000000000000", NymErrorCode.TooShortRequest)]
    [InlineData("04" + "01020304050607", NymErrorCode.TooShortRequest)]
    [InlineData("06", NymErrorCode.UnknownRequest)]
    [InlineData("7B7D", NymErrorCode.UnknownRequest)]
    [InlineData("02" + Tag + "0000000000000007" + "0000000000000002" + "DEADFF", NymErrorCode.MalformedRequest)]
    [InlineData("02" + Tag + "0000000000000007" + "0000000000000004" + "DEADFF", NymErrorCode.MalformedRequest)]
    [InlineData("02" + Tag + "0000000000000007" + "FFFFFFFFFFFFFFFF" + "DEADFF", NymErrorCode.MalformedRequest)]
    [InlineData("0300", NymErrorCode.MalformedRequest)]
    [InlineData("05" + "010203040506070809", NymErrorCode.MalformedRequest)]
    public void TryReadRequest_Wrong_HasNymClientsCode(string frame, NymErrorCode code)
    {
        Assert.False(BinaryCodec.TryReadRequest(Convert.FromHexString(frame), out var request, out var error));
        Assert.Null(request);
        Assert.Equal(code, error.Code);
        Assert.Equal(new ErrorResponse(code, error.Detail), error.ToResponse());
    }

    [Theory]
    [InlineData("", NymErrorCode.EmptyResponse)]
    [InlineData("00", NymErrorCode.TooShortResponse)]
    [InlineData("01", NymErrorCode.TooShortResponse)]
    [InlineData("01" + "01" + Tag + "00000000000000", NymErrorCode.TooShortResponse)]
    [InlineData("02" + "01", NymErrorCode.TooShortResponse)]
    [InlineData("04", NymErrorCode.UnknownResponse)]
    [InlineData("01" + "02" + "0000000000000000", NymErrorCode.MalformedResponse)]
    [InlineData("01" + "00" + "0000000000000001", NymErrorCode.MalformedResponse)]
    [InlineData("00" + "FF" + "0000000000000001" + "FF", NymErrorCode.MalformedResponse)]
    [InlineData("02" + Address + "00", NymErrorCode.MalformedResponse)]
    [InlineData("03" + "0000000000000009" + "0000000000000A0B" + "00", NymErrorCode.MalformedResponse)]
    public void TryReadResponse_Wrong_HasNymClientsCode(string frame, NymErrorCode code)
    {
        Assert.False(BinaryCodec.TryReadResponse(Convert.FromHexString(frame), out var response, out var error));
        Assert.Null(response);
        Assert.Equal(code, error.Code);
    }

    [Fact]
    public void TryReadResponse_ErrorCodeNobodyKnows_IsOther()
    {
        Assert.True(BinaryCodec.TryReadResponse(Convert.FromHexString("00" + "42" + "0000000000000000"), out var response, out _));
        Assert.Equal(new ErrorResponse(NymErrorCode.Other, ""), response);
    }

    [Fact]
    public void TryReadRequest_LaneZero_IsNone()
    {
        Assert.True(BinaryCodec.TryReadRequest(Samples.Binary(new ReplyRequest(Samples.Tag, Data, 0)), out var request, out _));
        Assert.Null(Assert.IsType<ReplyRequest>(request).ConnectionId);
    }
}
