using Cvm.Engine;
using Microsoft.Extensions.Logging;

namespace Cvm.Web;

/// <summary>Brings an SMS to everybody who has the number it came from. One of them is answered, because they share the phone.</summary>
sealed class Texts(IPeople? people, TakeSignals take, ILogger<Texts> log)
{
    // A wish to stop is everybody's; more than these do not share a phone.
    const int Most = 1_000;

    /// <summary>As the customer of each stands its number; the answer is that of the first who has it.</summary>
    public async Task<Taking[]> Take(IReadOnlyList<(string Customer, Signal Signal)> texts, CancellationToken stop)
    {
        var signals = new List<(string, Signal)>(texts.Count);
        var places = new int[texts.Count];

        for (var i = 0; i < texts.Count; i++)
        {
            var (number, signal) = texts[i];
            IReadOnlyList<string> reached = people is null ? [] : await people.ReachedAt(Channel.Sms, number, Most, stop);
            places[i] = reached.Count == 0 ? -1 : signals.Count;
            foreach (var customer in reached) signals.Add((customer, customer == reached[0] ? signal : (Signal.Texted)signal with { Acknowledged = true }));
            if (reached.Count > 0) continue;

            WebhookCounts.Event("sms", "nobody");
            log.LogInformation("An SMS came from a number that no customer has");
        }

        var takings = signals.Count == 0 ? [] : await take(signals, stop);
        return Array.ConvertAll(places, place => place < 0 ? Taking.Nobody : takings[place]);
    }
}
