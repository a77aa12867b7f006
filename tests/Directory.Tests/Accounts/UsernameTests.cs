using System.Text.RegularExpressions;
using CsCheck;
using NymDirectory.DirectoryService.Accounts;

namespace NymDirectory.DirectoryService.Tests.Accounts;

public sealed partial class UsernameTests
{
    [Fact]
    public void TryParse_AnyText_AgreesWithTheSpecification() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["aZ09_-. é\0\n"], 0, 70], Gen.Char["aZ09_-"].Select(letter => new string(letter, 1000)).SelectMany(text => Gen.Int[0, 48].Select(more => text + new string('x', more)))).Sample(text =>
            Username.TryParse(text, out var username) == Specification().IsMatch(text) && username.Value == (Specification().IsMatch(text) ? text : null));

    [Theory]
    [InlineData("ada\n", false)]
    [InlineData("ＡＤＡ", false)]
    [InlineData("a-_9", true)]
    public void TryParse_Traps_AreSeen(string text, bool valid) => Assert.Equal(valid, Username.TryParse(text, out _));

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void IsFitForNew_LongerThanNewNamesMayBe_IsFalse(int length, bool fit)
    {
        Assert.True(Username.TryParse(new string('a', length), out var username));
        Assert.Equal(fit, username.IsFitForNew);
    }

    [Fact]
    public void Parse_FeaturesOfOtherVersions_ArePassedOver()
    {
        Assert.Equal(AccountFeatures.None, KnownFeatures.Parse(["ACK", "later"]));
        Assert.Equal(AccountFeatures.Ack, KnownFeatures.Parse(["later", "ack", "ack"]));
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,1024}\z")]
    private static partial Regex Specification();
}
