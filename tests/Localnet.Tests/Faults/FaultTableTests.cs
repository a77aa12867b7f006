using NymDirectory.Localnet.Faults;

namespace NymDirectory.Localnet.Tests.Faults;

public class FaultTableTests
{
    private readonly FaultTable _table = new(FaultSettings.None);

    [Fact]
    public void Apply_ForAll_LeavesTheRest()
    {
        _table.Apply(new FaultCommand { Changes = new FaultChanges { Loss = 0.1 } });
        _table.Apply(new FaultCommand { Changes = new FaultChanges { Duplicate = 0.2 } });

        Assert.Equal(new FaultSettings { Loss = 0.1, Duplicate = 0.2 }, _table.Settings);
        Assert.False(_table.HasOwn);
    }

    [Fact]
    public void Apply_ForAClient_OverridesWhatIsSetForAll()
    {
        _table.Apply(new FaultCommand { Changes = new FaultChanges { Loss = 0.1 } });
        _table.Apply(new FaultCommand { Client = "a", Changes = new FaultChanges { Duplicate = 0.2 } });

        Assert.Equal(new FaultSettings { Loss = 0.1, Duplicate = 0.2 }, _table.Own("a", "address"));
        Assert.Null(_table.Own("b", "address"));
        Assert.Equal(new FaultSettings { Loss = 0.1 }, _table.Settings);
    }

    [Fact]
    public void Apply_ResetOfAClient_RemovesItsSettings()
    {
        _table.Apply(new FaultCommand { Client = "a", Changes = new FaultChanges { Loss = 1 } });

        _table.Apply(new FaultCommand { Client = "a", Reset = true });

        Assert.False(_table.HasOwn);
    }

    [Fact]
    public void Apply_ResetOfAll_ForgetsEverythingAndThenChanges()
    {
        _table.Apply(new FaultCommand { Client = "a", Changes = new FaultChanges { Loss = 1 } });
        _table.Apply(new FaultCommand { Changes = new FaultChanges { Loss = 1 } });

        _table.Apply(new FaultCommand { Reset = true, Changes = new FaultChanges { Reorder = 0.5 } });

        Assert.Equal(new FaultSettings { Reorder = 0.5 }, _table.Settings);
        Assert.Empty(_table.Clients);
    }
}
