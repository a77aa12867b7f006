namespace NymDirectory.Mixnet.Sessions;

/// <summary>A request and the promise of its answer.</summary>
internal sealed class PendingRequest
{
    private readonly TaskCompletionSource<NymAnswer> _answer;

    /// <summary>Begins to wait for an answer.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="inline">Whoever awaits the answer goes on within whoever gives it. Otherwise elsewhere: the reader, which answers, must not run just any code.</param>
    public PendingRequest(NymRequest request, bool inline = false)
    {
        Request = request;
        _answer = new TaskCompletionSource<NymAnswer>(inline ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public NymRequest Request { get; }

    /// <summary>Where it stands among those that wait for a place; absent when it never had to.</summary>
    public LinkedListNode<PendingRequest>? Place { get; set; }

    public Task<NymAnswer> Answer => _answer.Task;

    /// <summary>Whether this kind of answer can be to this request. Only errors answer every kind.</summary>
    public bool Accepts(NymResponse answer) => answer switch
    {
        SelfAddressResponse => Request is SelfAddressRequest,
        LaneQueueLengthResponse => Request is not SelfAddressRequest,
        ErrorResponse => true,
        _ => false,
    };

    public void Complete(NymResponse answer) => _answer.TrySetResult(answer switch
    {
        SelfAddressResponse self => new NymAnswer.Address(self.Address),
        LaneQueueLengthResponse lane => new NymAnswer.Taken(lane.QueueLength),
        ErrorResponse error => new NymAnswer.Refused(error.Code),
        _ => new NymAnswer.ConnectionLost(),
    });

    public void Lose() => _answer.TrySetResult(new NymAnswer.ConnectionLost());

    public void Cancel(CancellationToken token) => _answer.TrySetCanceled(token);
}
