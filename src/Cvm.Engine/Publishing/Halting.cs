namespace Cvm.Engine;

/// <summary>What closing a journey would do, in numbers: told before it is done.</summary>
/// <param name="People">Who is inside and not held out, <paramref name="HeldOut"/> who is.</param>
/// <param name="Messages">Queued messages of the journey; at least so many where <paramref name="More"/>.</param>
public sealed record Halting(string Journey, long People, long HeldOut, int Messages, bool More)
{
    const int MostCounted = 1_000;

    /// <summary>Counts without touching anything.</summary>
    public static async Task<Halting> Of(string journey, IRecords records, CancellationToken stop)
    {
        var inside = (await records.Tallies([Tallies.At], stop)).Where(row => row.Tally.Journey == journey).ToList();
        var held = inside.Where(row => Moves.Read(row.Tally.Detail).Step == Enrollment.Holdout).Sum(row => row.Count);
        var waiting = await records.Outbox(OutboxState.Queued, MostCounted, stop);
        return new(journey, inside.Sum(row => row.Count) - held, held, waiting.Count(one => one.Entry.Channel is not null && one.Entry.Journey == journey), waiting.Count == MostCounted);
    }

    /// <summary>What it does, in one sentence or two.</summary>
    public string Sentence(PauseKind kind) => kind switch
    {
        PauseKind.Drain => $"Nobody enters {Journey} any more. {Count(People, "person", "people")} inside {(People == 1 ? "walks" : "walk")} on to the end.",
        PauseKind.Stop => $"{Journey} ends at once for {Count(People, "person", "people")} inside{(HeldOut > 0 ? $" and {Count(HeldOut, "person", "people")} held back for comparison" : "")}. {(More ? "At least " : "")}{Count(Messages, "queued message", "queued messages")} of it {(Messages == 1 ? "is" : "are")} not sent.",
        _ => $"No message of {Journey} goes out. {Count(People, "person", "people")} inside {(People == 1 ? "waits" : "wait")} where a message is due.",
    };

    static string Count(long number, string one, string many) => $"{number.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture)} {(number == 1 ? one : many)}";
}
