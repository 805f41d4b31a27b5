using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cvm.Functions;

/// <summary>Takes signals from the queue, each customer's in order. What cannot be read goes to the dead-letter queue at once, with the reason; what
/// fails is given back and tried again, later each time, and put aside with the reason at the last.</summary>
public sealed class TakingSignals(Desk desk, IOptions<SignalsSettings> settings, ILogger<TakingSignals> log)
{
    // The queue gives back at once; a storage that is busy needs time. Within what the lock is renewed for (host.json).
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    [Function(nameof(TakeSignal))]
    public async Task TakeSignal(
        [ServiceBusTrigger("%Signals:Queue%", Connection = "ServiceBus", IsSessionsEnabled = true, AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken stop)
    {
        try
        {
            await Take(Posted.Read(message.Body.ToMemory().Span), client, stop);
        }
        catch (FormatException problem)
        {
            log.LogError("The message {Message} cannot be read: {Problem}", message.MessageId, problem.Message);
            await actions.DeadLetterMessageAsync(message, null, "cannot be read", problem.Message, stop);
            return;
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            if (message.DeliveryCount < settings.Value.MostTries)
            {
                await Task.Delay(PauseAfter(message.DeliveryCount), desk.Clock, stop);
                throw;
            }

            log.LogError(failure, "The message {Message} could not be taken {Tries} times and is put aside.", message.MessageId, message.DeliveryCount);
            await actions.DeadLetterMessageAsync(message, null, "could not be taken", $"{failure.GetType().Name}: {failure.Message}", stop);
            return;
        }

        await actions.CompleteMessageAsync(message, stop);
    }

    static TimeSpan PauseAfter(int tries) => tries >= 7 ? LongestPause : TimeSpan.FromSeconds(1 << tries);

    async Task Take(Posted posted, DurableTaskClient client, CancellationToken stop)
    {
        var (engine, landed) = desk.Open();
        await engine.Take(posted.Customer, posted.Signal, stop);
        await engine.Wake(posted.Customer, stop);
        await client.Look(landed, null, stop);
    }
}
