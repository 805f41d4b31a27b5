namespace Cvm.Engine;

/// <summary>Customers do what they really did. From a day in the past: everybody is put back to how they stood then, and does what they did from then on. From
/// today: everybody does again what they did in the same span before today.</summary>
/// <param name="today">The end of what is known.</param>
public sealed class HistoryResponses(IRecords records, DateTimeOffset today) : IResponses
{
    const int PageSize = 200;

    /// <inheritdoc/>
    public async ValueTask<Dossier> Before(Dossier present, DateTimeOffset from, Playbook playbook, CancellationToken stop)
    {
        if (from >= today) return present;

        var quiet = playbook with { Journeys = [], Earlier = [] };
        var dossier = Dossier.For(present.Customer) with { Profile = present.Profile with { Joined = null }, TopicsOff = present.TopicsOff, StartedTexting = present.StartedTexting };
        var day = DateOnly.MinValue;
        foreach (var signal in (await Past(present.Customer, stop)).Where(signal => signal.At < from))
        {
            dossier = Kernel.Take(quiet, dossier, signal, signal.At).Dossier;
            day = LocalTimes.Day(playbook.ZoneOf(dossier), signal.At);
        }

        // What time alone changes: points come and go, tiers fall.
        var eve = LocalTimes.Day(playbook.ZoneOf(dossier), from);
        return day == DateOnly.MinValue ? dossier : Kernel.Take(quiet, dossier, new Signal.Day($"day:{eve:yyyy-MM-dd}", from, eve, eve.AddDays(-1)), from).Dossier with { DaySeen = null };
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<(DateTimeOffset At, Signal Signal)>> Of(Dossier present, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
    {
        var past = await Past(present.Customer, stop);
        if (from < today) return [.. past.Where(signal => signal.At >= from && signal.At <= until).Select(signal => (signal.At, signal))];

        var span = until - from;
        return [.. past.Where(signal => signal is not (Signal.Told or Signal.Consented) && signal.At >= from - span && signal.At < from).Select(signal => Again(signal, span)).Select(signal => (signal.At, signal))];
    }

    static Signal Again(Signal signal, TimeSpan later) => signal switch
    {
        Signal.Ordered order => order with { Id = $"again:{order.Id}", At = order.At + later, Order = $"again:{order.Order}", Coupon = null },
        Signal.Refunded refund => refund with { Id = $"again:{refund.Id}", At = refund.At + later, Order = $"again:{refund.Order}" },
        Signal.Answered answer => answer with { Id = $"again:{answer.Id}", At = answer.At + later },
        Signal.Complained complaint => complaint with { Id = $"again:{complaint.Id}", At = complaint.At + later },
        _ => signal,
    };

    // The timeline, read back as signals, oldest first.
    async Task<List<Signal>> Past(string customer, CancellationToken stop)
    {
        var signals = new List<Signal>();
        var before = long.MaxValue;
        while (await records.Timeline(customer, before, PageSize, stop) is [.., var last] page)
        {
            foreach (var (number, line) in page) if (Read(number, line) is { } signal) signals.Add(signal);
            before = last.Number;
        }

        signals.Reverse();
        return [.. signals.OrderBy(signal => signal.At)];
    }

    static Signal? Read(long number, Line line)
    {
        var id = $"line:{number}";
        return line.What switch
        {
            Happening.Joined => new Signal.Told(id, line.Until ?? line.At, Profile.Unknown with { Joined = line.Until ?? line.At }, []),
            Happening.Ordered when line is { Subject: { } order, Figure: { } amount } => new Signal.Ordered(id, line.At, order, amount),
            Happening.Refunded when line is { Subject: { } order, Figure: { } amount } => new Signal.Refunded(id, line.At, order, amount),
            Happening.Answered when line is { Subject: { } survey, Figure: { } score } => new Signal.Answered(id, line.At, survey, (int)score, line.Because),
            Happening.Complained => new Signal.Complained(id, line.At, line.Because ?? "", line.Subject ?? "normal"),
            // What was agreed to counted at once, or had been confirmed; what was asked to be confirmed counts from when it was.
            Happening.Agreed or Happening.Withdrew or Happening.ConfirmAsked or Happening.Confirmed when line is { Channel: { } channel, Subject: { } word } && Enum.TryParse<Purpose>(word, ignoreCase: true, out var purpose) =>
                new Signal.Consented(id, line.At, new(channel, purpose, line.What != Happening.Withdrew, line.At, line.Because ?? "") { ConfirmedAt = line.What is Happening.Agreed or Happening.Confirmed ? line.At : null }),
            _ => null,
        };
    }
}
