using System.Collections.Immutable;
using Cvm.Engine;

namespace Cvm.Web;

/// <summary>One line of a member's statement.</summary>
/// <param name="Points">More than 0 where they came, less where they went; null for news without points.</param>
public sealed record Movement(DateOnly Day, string What, long? Points, string? Note)
{
    internal static bool Shows(Line line) => line.What switch
    {
        Happening.PointsEarned or Happening.PointsGiven or Happening.PointsSpent or Happening.PointsExpired or Happening.PointsReversed or Happening.PointsAdjusted or Happening.PointsReturned => true,
        Happening.TierChanged => line.Subject is not null,
        _ => false,
    };

    internal static Movement Of(Line line, StatementTexts texts, string zone, DateTimeOffset now)
    {
        var points = (long)(line.Figure ?? 0);
        var waits = line.Until is { } from && from > now ? texts.From(texts.Date(LocalTimes.Day(zone, from))) : null;
        var (what, signed) = line.What switch
        {
            Happening.PointsEarned => (texts.Order(line.Subject), points),
            Happening.PointsGiven => (texts.Present, points),
            Happening.PointsSpent => (line.Journey is not null && line.Subject is { } coupon ? texts.Exchanged(coupon) : texts.Spent(OrderOf(line.Subject)), -points),
            Happening.PointsExpired => (texts.Expired, -points),
            Happening.PointsReversed => (texts.Returned(line.Subject), -points),
            Happening.PointsReturned => (texts.GivenBack, points),
            Happening.PointsAdjusted => (points < 0 ? texts.TakenOff : texts.Added, points), // the reason is the team's own
            _ => (texts.NewTier(Words.Capital(line.Subject ?? "")), (long?)null),
        };
        return new(LocalTimes.Day(zone, line.At), what, signed, line.What == Happening.PointsEarned ? waits : null);
    }

    // As the timeline writes it: "order o1".
    static string? OrderOf(string? subject) => subject?.StartsWith("order ", StringComparison.Ordinal) == true ? subject[6..] : subject;
}

/// <summary>Movements of points among everything else that happened, newest first.</summary>
/// <param name="Earlier">Number of the line to go on before; null at the end.</param>
/// <param name="Paged">Whether it begins before the newest.</param>
sealed record MovementPage(ImmutableArray<Line> Lines, long? Earlier, bool Paged)
{
    const int MostShown = 20, LinesAtOnce = 200;

    // So that a link that many have followed cannot make anybody read a long life from end to end.
    const int MostRead = 2_000;

    public static async Task<MovementPage> Read(IRecords records, string customer, long? before, CancellationToken stop)
    {
        var found = ImmutableArray.CreateBuilder<Line>();
        var (below, read) = (before ?? long.MaxValue, 0);
        while (true)
        {
            var lines = await records.Timeline(customer, below, LinesAtOnce, stop);
            foreach (var (number, line) in lines)
            {
                if (Movement.Shows(line) && found.Count == MostShown) return new(found.ToImmutable(), below, before is not null);
                if (Movement.Shows(line)) found.Add(line);
                below = number;
            }

            read += lines.Count;
            if (lines.Count < LinesAtOnce) return new(found.ToImmutable(), null, before is not null);
            if (read >= MostRead) return new(found.ToImmutable(), below, before is not null);
        }
    }
}
