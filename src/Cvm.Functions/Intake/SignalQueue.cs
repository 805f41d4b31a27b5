using Azure.Messaging.ServiceBus;

namespace Cvm.Functions;

/// <summary>Puts signals on the queue. A customer's signals share a session, so they are taken in their order.</summary>
public sealed class SignalQueue(ServiceBusSender sender)
{
    /// <summary>When this returns, all of them are on the queue; where it throws, the caller may send them again, and none is taken twice.</summary>
    public async Task<Taking[]> Post(IReadOnlyList<(string Customer, Signal Signal)> signals, CancellationToken stop)
    {
        var batch = await sender.CreateMessageBatchAsync(stop);
        try
        {
            foreach (var (customer, signal) in signals)
            {
                var message = MessageOf(new(customer, signal));
                if (batch.TryAddMessage(message)) continue;

                if (batch.Count > 0) await sender.SendMessagesAsync(batch, stop);
                batch.Dispose();
                batch = await sender.CreateMessageBatchAsync(stop);
                if (!batch.TryAddMessage(message)) throw new InvalidOperationException($"The signal '{signal.Id}' of '{customer}' is longer than the queue takes.");
            }

            if (batch.Count > 0) await sender.SendMessagesAsync(batch, stop);
        }
        finally
        {
            batch.Dispose();
        }

        return [.. signals.Select(_ => Taking.Accepted)];
    }

    public static ServiceBusMessage MessageOf(Posted posted) => new(posted.Write())
    {
        ContentType = "application/json",
        SessionId = TableKey.Of(posted.Customer) is { Length: <= 128 } key ? key : TableKey.Short(posted.Customer),
        MessageId = TableKey.Short($"{posted.Customer}\n{posted.Signal.Id}"),
    };
}
