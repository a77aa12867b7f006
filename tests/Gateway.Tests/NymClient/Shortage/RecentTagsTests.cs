using System.Buffers.Binary;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Gateway.NymClient.Shortage;
using NymDirectory.Gateway.Sealing;

namespace NymDirectory.Gateway.Tests.NymClient.Shortage;

public sealed class RecentTagsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void LastHeard_WithinFiveMinutes_IsKnownExactly()
    {
        var recent = new RecentTags(_time);
        recent.Heard(Tag(1));
        long at = _time.GetTimestamp();
        for (int minute = 0; minute < 4; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1.2));
            recent.Heard(Tag(2));
        }

        Assert.Equal(at, recent.LastHeard(Tag(1)));
        Assert.Null(recent.LastHeard(Tag(3)));
    }

    [Fact]
    public void LastHeard_AfterTenMinutes_IsForgotten()
    {
        var recent = new RecentTags(_time);
        recent.Heard(Tag(1));
        for (int i = 0; i < 2; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(5));
            recent.Heard(Tag(2));
        }

        Assert.Null(recent.LastHeard(Tag(1)));
        Assert.NotNull(recent.LastHeard(Tag(2)));
    }

    [Fact]
    public void Heard_OfMoreTagsThanItKeeps_KeepsTheLatest()
    {
        var recent = new RecentTags(_time);
        for (int i = 0; i < 187_500; i++)
        {
            recent.Heard(Tag(i));
        }

        Assert.Null(recent.LastHeard(Tag(1)));
        Assert.NotNull(recent.LastHeard(Tag(187_499)));
        Assert.NotNull(recent.LastHeard(Tag(112_501)));
    }

    private static SealedTag Tag(int number)
    {
        byte[] bytes = new byte[SealedTag.Size];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return SealedTag.FromBytes(bytes);
    }
}
