using CsCheck;
using NymDirectory.Gateway.NymClient.Configuration;

namespace NymDirectory.Gateway.Tests.NymClient.Configuration;

public sealed class ReplySurbSectionTests
{
    // As nym-client writes it, the parts that are awkward to read: dotted keys, empty sections, arrays over lines.
    private const string Written = """
        # This is a TOML config file.
        [client]
        id = 'nymdirectory'
        nym_api_urls = [
            'https://example.invalid/[debug.reply_surbs]',
        ]

        [storage_paths] 
        keys.private_identity_key_file = '/data/keys/private_identity.pem'

        [logging]

        # TODO

        [debug]

        [debug.stats_reporting]
        enabled = true

        """;

    [Fact]
    public void Complete_SectionMissing_IsAppended() =>
        Assert.Equal(Written + Plain("\n[debug.reply_surbs]\nBUFFER = 5\nTHRESHOLD = 10\n"), Complete(Written));

    [Theory]
    [InlineData("[debug.reply_surbs] # mine\nsurb_mix_hops = 2\n", "[debug.reply_surbs] # mine\nBUFFER = 5\nTHRESHOLD = 10\nsurb_mix_hops = 2\n")]
    [InlineData("[debug.reply_surbs]", "[debug.reply_surbs]\nBUFFER = 5\nTHRESHOLD = 10\n")]
    [InlineData("[debug.reply_surbs]\n  THRESHOLD=7# why\nBUFFER   =   0x2\nx = 1\n", "[debug.reply_surbs]\n  THRESHOLD=10# why\nBUFFER   =   5\nx = 1\n")]
    [InlineData("[debug.reply_surbs]\r\nTHRESHOLD = 10\r\n", "[debug.reply_surbs]\r\nBUFFER = 5\r\nTHRESHOLD = 10\r\n")]
    [InlineData("[debug]\nreply_surbs.THRESHOLD = 3 # é\ny = 2\n", "[debug]\nreply_surbs.THRESHOLD = 10 # é\nreply_surbs.BUFFER = 5\ny = 2\n")]
    [InlineData("[debug]\nreply_surbs = { THRESHOLD = 3, x = 1 }\n", "[debug]\nreply_surbs = { BUFFER = 5, THRESHOLD = 10, x = 1 }\n")]
    [InlineData("[debug]\nreply_surbs = {}\n", "[debug]\nreply_surbs = { BUFFER = 5, THRESHOLD = 10}\n")]
    [InlineData("debug.reply_surbs.x = '''\nBUFFER = 1\n'''\n", "debug.reply_surbs.x = '''\nBUFFER = 1\n'''\ndebug.reply_surbs.BUFFER = 5\ndebug.reply_surbs.THRESHOLD = 10\n")]
    public void Complete_SectionInAnyForm_OnlyTheTwoValuesChange(string text, string expected) => Assert.Equal(Plain(expected), Complete(Plain(text)));

    [Theory]
    [InlineData("debug = { reply_surbs = 1 }\n")]
    [InlineData("debug = {}\n")]
    [InlineData("[debug\n")]
    [InlineData("a = 1\na = 2\n")]
    [InlineData("[debug]\nreply_surbs = 'none'\n")]
    public void Complete_NoPlaceForIt_IsLeftAlone(string text) => Assert.Null(Complete(text));

    [Fact]
    public void Complete_Twice_ChangesNothingMore() => Assert.Equal(Complete(Written), Complete(Complete(Written)!));

    [Fact]
    public void Complete_AnyLinesOfAnOperator_AreAllStillThere()
    {
        string[] known =
        [
            "# a comment", "", "x = 1", "y = 'two' # why", "[debug.traffic]", "z = [1,\n  2]", "[debug.reply_surbs]", "surb_mix_hops = 3", "\"q k\".r = \"s\"",
            $"{ReplySurbSection.Threshold} = 42", "[[list]]", "a = { b = 1 }",
        ];
        Gen.Int[0, known.Length - 1].Select(at => known[at]).Array[0, 12].Sample(lines =>
        {
            string text = string.Join('\n', lines) + "\n";
            if (Complete(text) is not { } completed)
            {
                return;
            }

            var left = completed.Split('\n').ToList();
            foreach (string former in text.Split('\n').Where(former => !former.StartsWith(ReplySurbSection.Threshold, StringComparison.Ordinal)))
            {
                Assert.True(left.Remove(former), $"'{former}' is gone from:\n{completed}");
            }

            Assert.Equal(completed, Complete(completed));
        });
    }

    private static string? Complete(string text) => ReplySurbSection.Complete(text, threshold: 10, buffer: 5);

    private static string Plain(string text) => text
        .Replace("THRESHOLD", ReplySurbSection.Threshold, StringComparison.Ordinal).Replace("BUFFER", ReplySurbSection.Buffer, StringComparison.Ordinal);
}
