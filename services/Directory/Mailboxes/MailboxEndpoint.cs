using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Options;
using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Requests;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.DirectoryService.Storage.Operations;
using NymDirectory.DirectoryService.Telemetry;

namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>Serves <c>MailboxService</c>.</summary>
internal sealed class MailboxEndpoint(
    DirectoryStore store, DueDesk desk, IOptions<MailboxOptions> options, ItemOutcomes outcomes, DirectoryMetrics metrics)
    : MailboxService.MailboxServiceBase
{
    private const int MostReports = 256;
    private const int MostDeliveries = 256;
    private const int LongestWait = 10_000;

    public override async Task<AcceptResponse> Accept(AcceptRequest request, ServerCallContext context)
    {
        ItemRules.CheckCount(request.Items.Count);
        var messages = request.Items.Select(MailboxContract.ReadMessage).ToList();
        using var spans = ItemSpans.Start("accept", request.Items.Select(item => item.Context.Traceparent));
        var accepted = await store.WriteAsync(new AcceptMessages(messages, options.Value));
        for (var index = 0; index < accepted.Length; index++)
        {
            var outcome = accepted[index].OutcomeCase.ToString();
            spans.SetOutcome(index, outcome);
            outcomes.Count("accept", outcome);
            if (request.OmitsContents && accepted[index].Leased is { } delivery)
            {
                delivery.RecipientContent = ByteString.Empty;
            }
        }

        metrics.Leased(accepted.Count(outcome => outcome.OutcomeCase == AcceptOutcome.OutcomeOneofCase.Leased));
        return new AcceptResponse { Outcomes = { accepted } };
    }

    public override async Task<LeaseDueResponse> LeaseDue(LeaseDueRequest request, ServerCallContext context)
    {
        ItemRules.Check(request.MaxDeliveries is >= 1 and <= MostDeliveries && request.WaitMilliseconds <= LongestWait);
        var deliveries = await desk.TakeAsync(
            (int)request.MaxDeliveries, TimeSpan.FromMilliseconds(request.WaitMilliseconds), context.CancellationToken);
        metrics.Leased(deliveries.Count);
        return new LeaseDueResponse { Deliveries = { deliveries } };
    }

    public override async Task<SettleResponse> Settle(SettleRequest request, ServerCallContext context)
    {
        ItemRules.CheckCount(request.Items.Count, MostReports);
        var reports = request.Items.Select(MailboxContract.ReadReport).ToList();
        using var spans = ItemSpans.Start("settle", request.Items.Select(item => item.Traceparent));
        var applied = await store.WriteAsync(new SettleDeliveries(reports, options.Value));
        foreach (var report in reports)
        {
            metrics.Settled(report.Fate);
        }

        return new SettleResponse { Applied = (uint)applied };
    }

    public override async Task<AcknowledgeResponse> Acknowledge(AcknowledgeRequest request, ServerCallContext context)
    {
        ItemRules.CheckCount(request.Items.Count);
        List<Acknowledgement> acknowledgements = [.. request.Items.Select(MailboxContract.ReadAcknowledgement)];
        using var spans = ItemSpans.Start("acknowledge", request.Items.Select(item => item.Traceparent));
        var ended = await store.WriteAsync(new AcknowledgeMessages(acknowledgements));
        metrics.Acknowledged(ended.Sum(), acknowledgements.Sum(item => item.Messages.Count) - ended.Sum());
        return new AcknowledgeResponse
        {
            Outcomes = { ended.Select(count => new AcknowledgeOutcome { Acknowledged = (uint)count }) },
        };
    }

    public override async Task<ResumeResponse> Resume(ResumeRequest request, ServerCallContext context)
    {
        ItemRules.CheckCount(request.Items.Count);
        List<ReturnRoute> routes = [.. request.Items.Select(item => ItemRules.Route(item.Route))];
        using var spans = ItemSpans.Start("resume", request.Items.Select(item => item.Traceparent));
        await store.WriteAsync(new ResumeRoutes(routes));
        return new ResumeResponse();
    }
}
