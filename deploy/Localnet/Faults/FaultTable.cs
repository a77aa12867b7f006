namespace NymDirectory.Localnet.Faults;

/// <summary>Settings for all clients, and those of single ones over them.</summary>
internal sealed class FaultTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FaultChanges> _clients = new(StringComparer.Ordinal);
    private FaultSettings _settings;
    private int _ownCount;

    /// <summary>Starts with settings for all.</summary>
    public FaultTable(FaultSettings settings) => _settings = settings;

    /// <summary>Settings for clients that have none of their own.</summary>
    public FaultSettings Settings
    {
        get
        {
            lock (_gate)
            {
                return _settings;
            }
        }
    }

    /// <summary>Whether any client has settings of its own.</summary>
    public bool HasOwn => Volatile.Read(ref _ownCount) > 0;

    /// <summary>What settings call the clients that have their own.</summary>
    public IReadOnlyList<string> Clients
    {
        get
        {
            lock (_gate)
            {
                return [.. _clients.Keys];
            }
        }
    }

    /// <summary>Does what a command says, but for silence.</summary>
    public void Apply(FaultCommand command)
    {
        lock (_gate)
        {
            if (command.Client is { } client)
            {
                ApplyTo(client, command);
            }
            else
            {
                ApplyToAll(command);
            }

            _ownCount = _clients.Count;
        }
    }

    /// <summary>A client's own settings, under the first of its names that has any; null: none.</summary>
    public FaultSettings? Own(params ReadOnlySpan<string> names)
    {
        lock (_gate)
        {
            foreach (var name in names)
            {
                if (_clients.TryGetValue(name, out var changes))
                {
                    return changes.ApplyTo(_settings);
                }
            }

            return null;
        }
    }

    private void ApplyToAll(FaultCommand command)
    {
        if (command.Reset)
        {
            _clients.Clear();
            _settings = FaultSettings.None;
        }

        _settings = command.Changes.ApplyTo(_settings);
    }

    private void ApplyTo(string client, FaultCommand command)
    {
        var earlier = command.Reset ? new FaultChanges() : _clients.GetValueOrDefault(client, new FaultChanges());
        var changes = command.Changes.Over(earlier);
        if (changes.IsEmpty)
        {
            _clients.Remove(client);
        }
        else
        {
            _clients[client] = changes;
        }
    }
}
