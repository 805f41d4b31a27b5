using System.Collections.Immutable;
using Cvm.Engine;

namespace Cvm.Web;

/// <summary>A customer's chance of staying day by day: it falls with silence and jumps with each order. Worked out with today's model all along, so that
/// only the customer moves, not the model.</summary>
/// <param name="From">The first day; each further one follows.</param>
/// <param name="Chances">At the end of each day.</param>
/// <param name="Orders">Days with an order within that time, oldest first.</param>
public sealed record StayingCurve(DateOnly From, ImmutableArray<double> Chances, ImmutableArray<StayingOrder> Orders)
{
    const int MostDays = 365;
    const int LeastDays = 7;

    public DateOnly Until => From.AddDays(Chances.Length - 1);

    /// <summary>The curve of the last year, or since the oldest order that the dossier still knows by its day; null where there is nothing to see: within
    /// a week, and by BG/NBD before the second day with an order, until when nobody leaves.</summary>
    public static StayingCurve? Of(Dossier dossier, ScoreModel model, DateOnly today)
    {
        if (Cvm.Standing.Of(dossier) is not { } standing || standing is { Days: 1 } && model.Buying.Model is BgNbd) return null;

        var home = dossier.Profile.Zone ?? "UTC";
        var known = dossier.Purchases.Recent.GroupBy(order => LocalTimes.Day(home, order.At).DayNumber).OrderBy(day => day.Key)
            .Select(day => (Day: day.Key, Amount: day.Sum(order => order.Amount))).ToArray();
        if (known.Length == 0) return null;

        // Older days with an order have no date any more; all that is known is how many they were.
        var hidden = Math.Max(0, standing.Days - known.Length);
        var last = Math.Max(today.DayNumber, standing.Last);
        var from = Math.Max(known[0].Day, last - MostDays);
        if (last - from < LeastDays) return null;

        var chances = Enumerable.Range(from, last - from + 1).Select(day => Chance(day)).ToImmutableArray();
        return new(DateOnly.FromDayNumber(from), chances,
            [.. known.Where(order => order.Day >= from).Select(order => new StayingOrder(DateOnly.FromDayNumber(order.Day), order.Amount, order.Day > standing.First ? Before(order.Day) : null, Chance(order.Day)))]);

        double Chance(int day) => At(hidden + known.Count(order => order.Day <= day), known.LastOrDefault(order => order.Day <= day).Day, day);

        // On the same day, had there been no order.
        double Before(int day) => At(hidden + known.Count(order => order.Day < day), known.LastOrDefault(order => order.Day < day).Day, day);

        double At(int days, int latest, int day)
        {
            var lastDay = Math.Max(latest, standing.First);
            return model.Buying.Model.Alive(Math.Max(0, days - 1), (lastDay - standing.First) / ScoreModel.DaysPerUnit, (day - standing.First) / ScoreModel.DaysPerUnit);
        }
    }
}

/// <param name="Before">The chance of that day, had the order not come; null for the first of all.</param>
/// <param name="After">The chance with it.</param>
public sealed record StayingOrder(DateOnly Day, decimal Amount, double? Before, double After);
