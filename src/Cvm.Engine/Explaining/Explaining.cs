namespace Cvm.Engine;

/// <summary>Explains from what is stored: any line of a customer's timeline, and any journey, now or at a day in the past.</summary>
public static class Explaining
{
    const int PageSize = 500, MostBefore = 2_000;

    /// <summary>Why a line says what it says; null where the customer has no line of that number.</summary>
    public static async Task<LineExplanation?> Line(IRecords records, Playbook playbook, Dossier dossier, long number, CancellationToken stop)
    {
        if (number is < 0 or long.MaxValue) return null;

        var lines = new List<(long Number, Line Line)>();
        var before = number + 1;
        while (lines.Count < MostBefore && await records.Timeline(dossier.Customer, before, PageSize, stop) is [.., var last] page)
        {
            lines.AddRange(page);
            before = last.Number;
        }

        return lines is [var first, ..] && first.Number == number ? LineExplanation.Of(playbook, dossier, lines) : null;
    }

    /// <summary>Explains journeys to the end of a day in the past, as far as the timeline tells, or as things stand now.</summary>
    /// <param name="present">The customer as they are now.</param>
    /// <param name="day">By the customer's calendar; it must be over. Null for now.</param>
    public static async Task<ImmutableArray<JourneyExplanation>> Journeys(
        IRecords records, Playbook playbook, Dossier present, ImmutableArray<Journey> journeys, DateOnly? day, DateTimeOffset now, CancellationToken stop)
    {
        var lines = await Lines(records, present.Customer, stop);
        if (day is { } past)
        {
            var then = EndOf(past, playbook.ZoneOf(present));
            present = Inside(await new HistoryResponses(records, now).Before(present, then, playbook, stop), lines, playbook, then);
            (now, lines) = (then, [.. lines.Where(line => line.At <= then)]);
        }

        return [.. journeys.Select(journey => JourneyExplanation.Of(playbook, present, journey, lines, now))];
    }

    /// <summary>The last second of a day.</summary>
    public static DateTimeOffset EndOf(DateOnly day, string zone) => LocalTimes.At(zone, day.AddDays(1), TimeOnly.MinValue).AddSeconds(-1);

    // Which journeys the customer had been in by then, as the timeline tells.
    static Dossier Inside(Dossier dossier, List<Line> lines, Playbook playbook, DateTimeOffset then)
    {
        foreach (var entered in lines.Where(line => line.At <= then && line is { What: Happening.Entered or Happening.HeldOut, Journey: not null }).GroupBy(line => line.Journey!))
        {
            var (first, ended) = (entered.First(), lines.FirstOrDefault(line => line.At <= then && line.What == Happening.Ended && line.Journey == entered.Key));
            dossier = dossier with { Visits = dossier.Visits.Add(new(entered.Key, entered.Count(), first.At, [first.Subject ?? ""], ended?.At, ended?.Subject)) };
            if (ended?.At >= first.At || playbook.Find(entered.Key) is not { } journey) continue;

            var step = lines.FirstOrDefault(line => line.At <= then && line.Journey == entered.Key && line.Step is not null)?.Step ?? journey.Steps[0].Id;
            dossier = dossier with
            {
                Enrollments = dossier.Enrollments.Add(new()
                {
                    Id = Enrollment.IdOf(entered.Key, dossier.Customer, first.Subject ?? ""),
                    Journey = entered.Key,
                    Version = journey.Version,
                    Occurrence = first.Subject ?? "",
                    EnteredAt = first.At,
                    EnteredOn = first.Because?.Split(' ')[0] ?? "",
                    Step = first.What == Happening.HeldOut ? Enrollment.Holdout : step,
                    ArrivedAt = first.At,
                }),
            };
        }

        return dossier;
    }

    static async Task<List<Line>> Lines(IRecords records, string customer, CancellationToken stop)
    {
        var lines = new List<Line>();
        var before = long.MaxValue;
        while (await records.Timeline(customer, before, PageSize, stop) is [.., var last] page)
        {
            lines.AddRange(page.Select(pair => pair.Line));
            before = last.Number;
        }

        return lines;
    }
}
