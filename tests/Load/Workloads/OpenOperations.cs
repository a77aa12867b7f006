namespace NymDirectory.Load.Workloads;

/// <summary>Which operations each user waits for. What one tag sends is answered in order, so first in is first out.</summary>
internal sealed class OpenOperations
{
    private readonly List<Queue<int>> _byUser = [];

    public void Begin(int user, int operation)
    {
        while (_byUser.Count <= user)
        {
            _byUser.Add(new Queue<int>());
        }

        _byUser[user].Enqueue(operation);
    }

    /// <summary>The oldest of this user; -1 when there is none.</summary>
    public int Peek(int user) => user < _byUser.Count && _byUser[user].TryPeek(out var operation) ? operation : -1;

    /// <summary>Takes the oldest of this user away; -1 when there is none.</summary>
    public int End(int user) => user < _byUser.Count && _byUser[user].TryDequeue(out var operation) ? operation : -1;
}
