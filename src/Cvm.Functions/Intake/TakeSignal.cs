using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Cvm.Functions;

/// <summary>Takes signals from the queue, each customer's in order. What cannot be read goes to the dead-letter queue at once, with the reason; what
/// fails is given back and tried again, as often as the queue's delivery count allows.</summary>
public sealed class TakingSignals(Desk desk, ILogger<TakingSignals> log)
{
    [Function(nameof(TakeSignal))]
    public async Task TakeSignal(
        [ServiceBusTrigger("%Signals:Queue%", Connection = "ServiceBus", IsSessionsEnabled = true, AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken stop)
    {
        Posted posted;
        try
        {
            posted = Posted.Read(message.Body.ToMemory().Span);
        }
        catch (FormatException problem)
        {
            log.LogError("The message {Message} cannot be read: {Problem}", message.MessageId, problem.Message);
            await actions.DeadLetterMessageAsync(message, deadLetterReason: "cannot be read", deadLetterErrorDescription: problem.Message, cancellationToken: stop);
            return;
        }

        await Take(posted, client, stop);
        await actions.CompleteMessageAsync(message, stop);
    }

    async Task Take(Posted posted, DurableTaskClient client, CancellationToken stop)
    {
        var (engine, landed) = desk.Open();
        await engine.Take(posted.Customer, posted.Signal, stop);
        await engine.Wake(posted.Customer, stop);
        await client.Look(landed, null, stop);
    }
}
