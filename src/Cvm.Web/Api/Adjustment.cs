using Cvm.Engine;

namespace Cvm.Web;

/// <summary>What came of points that a person added or took off.</summary>
/// <param name="IsNew">False where the same had been taken before.</param>
/// <param name="Problem">Why nothing was changed, in a sentence; null where it was.</param>
sealed record Adjustment(bool IsNew, string? Problem)
{
    const int LinesAtOnce = 200, MostLines = 2_000;

    /// <summary>Takes it at once, and reads in the timeline what became of it.</summary>
    public static async Task<Adjustment> Take(string customer, Signal.PointsAdjusted asked, TakeSignals take, IStore store, IRecords records, CancellationToken stop)
    {
        var isNew = (await take([(customer, asked)], CancellationToken.None))[0] == Taking.Taken;

        // One that is so old that it is not found was answered long ago.
        var (living, id) = await store.LivingAs(customer, asked.Id, stop);
        var line = await Find(living.Dossier.Customer, id, records, stop);
        if (line is null && id != asked.Id) line = await Find(customer, asked.Id, records, stop);
        return new(isNew, line switch
        {
            null when isNew => "It is not known what became of it. Look at the customer's page.",
            null => null,
            { What: Happening.PointsAdjusted } when line.Figure == asked.Points => null,
            { What: Happening.NotGiven } when line.Subject == $"{asked.Points} points" => $"{Words.Count(-asked.Points, "point")} cannot be taken off: {Words.Count(Math.Max(0, (long)(line.Figure ?? 0)))} can be spent.",
            _ => "This id was used before, for other points. Use another one.",
        });
    }

    static async Task<Line?> Find(string customer, string signal, IRecords records, CancellationToken stop)
    {
        var (before, seen) = (long.MaxValue, 0);
        while (seen < MostLines)
        {
            var lines = await records.Timeline(customer, before, LinesAtOnce, stop);
            foreach (var (_, line) in lines) if (line.Key == signal) return line;
            if (lines.Count < LinesAtOnce) return null;
            (before, seen) = (lines[^1].Number, seen + lines.Count);
        }

        return null;
    }
}
