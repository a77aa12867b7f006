using System.Text;
using CsCheck;
using NymDirectory.Client.Json;

namespace NymDirectory.Client.Tests.Json;

public sealed class PythonJsonTests
{
    // Right-hand sides are what Python 3.11 prints for json.dumps(json.loads(left)).
    [Theory]
    [InlineData("""{"b":1,"a":[true,false,null,{}],"c":[]}""", """{"b": 1, "a": [true, false, null, {}], "c": []}""")]
    [InlineData("\"za\u017c\u00f3\u0142\u0107 \u4f60\ud83d\ude80\"", "\"za\\u017c\\u00f3\\u0142\\u0107 \\u4f60\\ud83d\\ude80\"")]
    [InlineData("\"\\ud800 \\uD83D\\uDE80\"", "\"\\ud800 \\ud83d\\ude80\"")]
    [InlineData("\"\\/ \\\" \\\\ \\n\\r\\t\\b\\f \\u0000\\u001f \\u007f ~\"", "\"/ \\\" \\\\ \\n\\r\\t\\b\\f \\u0000\\u001f \\u007f ~\"")]
    [InlineData("\"\u007f\u2028\"", "\"\\u007f\\u2028\"")]
    [InlineData("""{"a":1,"b":2,"a":3}""", """{"a": 3, "b": 2}""")]
    [InlineData("""{"\u0061":1,"a":2}""", """{"a": 2}""")]
    [InlineData("[-0,-0.0,0.0,1.0,1.10,100.0]", "[0, -0.0, 0.0, 1.0, 1.1, 100.0]")]
    [InlineData("[1E5,1e15,1e16,1e22,0.0001,0.00001,1.5e300,5e-324]", "[100000.0, 1000000000000000.0, 1e+16, 1e+22, 0.0001, 1e-05, 1.5e+300, 5e-324]")]
    [InlineData("[123456789012345678.0,1e400,-1e400,10000000000000000000000001]", "[1.2345678901234568e+17, Infinity, -Infinity, 10000000000000000000000001]")]
    [InlineData("[0.1,123.456,1234567890123456.7,9007199254740993.0]", "[0.1, 123.456, 1234567890123456.8, 9007199254740992.0]")]
    public void Print_WhatPythonRead_IsWhatPythonPrints(string json, string printed)
    {
        Assert.True(JsonParser.TryParse(Encoding.UTF8.GetBytes(json), out var value));
        Assert.Equal(printed, PythonJson.Print(value));
    }

    [Fact]
    public void Print_AnyString_IsReadBackTheSame() => Gen.String.Sample(text =>
    {
        var printed = PythonJson.Print(new JsonText(text));
        Assert.DoesNotContain(printed, c => c is < ' ' or > '~');
        Assert.True(JsonParser.TryParse(Encoding.ASCII.GetBytes(printed), out var value));
        Assert.Equal(text, Assert.IsType<JsonText>(value).Value);
    });

    [Fact]
    public void Print_AnyDouble_IsReadBackTheSame() => Gen.Double.Where(double.IsFinite).Sample(number =>
    {
        var written = number.ToString("E17", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(number, double.Parse(PythonNumber.Print(written), System.Globalization.CultureInfo.InvariantCulture));
    });
}
