using System.Globalization;

namespace Cvm;

// What orders earn, when it can be spent, and what goes back with a refund.
sealed partial class Deciding
{
    // Exact, to be rounded down once; and how it came about, where that is not plain.
    (decimal Points, string? How) Reckon(Signal.Ordered order)
    {
        var rules = playbook.Loyalty;
        var tier = rules.Find(dossier.Ledger.Tier);
        var times = tier?.Times ?? 1;
        if (rules is { Categories.IsEmpty: true, Multipliers.IsEmpty: true } && times == 1) return (order.Amount * rules.PointsPerUnit, null);

        var how = new SortedSet<string>(StringComparer.Ordinal);
        var sum = 0m;
        foreach (var (category, amount) in Parts(order))
        {
            var rate = rules.PointsPerUnit;
            if (category is not null && rules.Categories.TryGetValue(category, out var own))
            {
                rate = own;
                how.Add($"{category} earns {Figure(own)}");
            }

            var best = Best(category, order);
            if (best is not null && rate > 0) how.Add($"{best.Name} {Figure(best.Times)} times");
            sum += amount * rate * (best?.Times ?? 1);
        }

        if (times != 1) how.Add($"tier {tier!.Name} {Figure(times)} times");
        return (sum * times, how.Count == 0 ? null : string.Join(", ", how));
    }

    static string Figure(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    // What was paid, by category. Items that come to more than that were cheaper than they say; what they do not cover has no category.
    IEnumerable<(string? Category, decimal Amount)> Parts(Signal.Ordered order)
    {
        var sum = 0m;
        foreach (var item in order.Items) sum += item.Quantity * item.Price;
        var scale = sum > order.Amount ? order.Amount / sum : 1;

        foreach (var item in order.Items)
            yield return (item.Category ?? playbook.Categories.GetValueOrDefault(item.Sku), item.Quantity * item.Price * scale);
        if (sum < order.Amount) yield return (null, order.Amount - sum);
    }

    Multiplier? Best(string? category, Signal.Ordered order)
    {
        Multiplier? best = null;
        foreach (var multiplier in playbook.Loyalty.Multipliers)
        {
            if (multiplier.Category is { } only && only != category) continue;
            if (multiplier.Times <= (best?.Times ?? 1)) continue;
            if (IsOn(multiplier, LocalTimes.Day(Zone, order.At)) && multiplier.When?.Holds(View(order, null)) != false) best = multiplier;
        }

        return best;
    }

    static bool IsOn(Multiplier multiplier, DateOnly day) => !(day < multiplier.From) && !(day > multiplier.Until);

    void EarnFor(Signal.Ordered order, long points, string? how)
    {
        var (today, expires) = (LocalTimes.Day(Zone, now), ExpiryOf(order.At));
        var from = LocalTimes.Day(Zone, order.At).AddDays(playbook.Loyalty.ReturnDays);
        if (from > today)
        {
            if (points == 0 && playbook.Loyalty.TierBy == TierBasis.Points) return;
            dossier = dossier with { Ledger = dossier.Ledger.Await(new(order.Order, points, order.Amount, order.At, from, expires)) };
            if (points > 0) Say(new(now, Happening.PointsEarned) { Figure = points, Subject = order.Order, Because = how, Until = LocalTimes.At(Zone, from, playbook.Policies.DayStarts) });
            return;
        }

        dossier = dossier with { Ledger = dossier.Ledger.Earn(points, expires).Count(order.At, points, order.Amount) };
        if (points > 0) Say(new(now, Happening.PointsEarned) { Figure = points, Subject = order.Order, Because = how });

        // The rarer news first: a journey that hears both has room for one.
        Retier(order.At);
        if (points > 0) Raise(new Signal.PointsGained(order.At, points, dossier.Ledger.Balance));
    }

    void MaturePoints(Signal.Day day)
    {
        var before = dossier.Ledger;
        var after = before.Mature(day.Date);
        if (ReferenceEquals(after, before)) return;

        var points = before.Coming - after.Coming;
        dossier = dossier with { Ledger = after };
        if (points > 0) Say(new(now, Happening.PointsAvailable) { Figure = points });

        Retier(day.At);
        if (points > 0) Raise(new Signal.PointsGained(day.At, points, dossier.Ledger.Balance));
    }

    // What the order earned, less what it would have earned without the part that went back.
    void TakeBackPoints(Signal.Refunded refund, RecentOrder? order, decimal left, decimal amount)
    {
        var rate = playbook.Loyalty.PointsPerUnit;
        var reckoned = order is null ? amount * rate : order.Reckoned > 0 ? order.Reckoned : order.Amount * rate;
        var points = order is null ? (long)Math.Floor(reckoned)
            : Math.Min(order.Points, Rounded(reckoned, left, order.Amount)) - Math.Min(order.Points, Rounded(reckoned, left - amount, order.Amount));
        var at = order?.At ?? refund.At;

        var before = dossier.Ledger;
        dossier = dossier with { Ledger = before.Reverse(refund.Order, points, amount, at, ExpiryOf(at), playbook.Loyalty.OwesReturned) };
        var reversed = dossier.Ledger.Reversed - before.Reversed;
        if (reversed > 0) Say(new(now, Happening.PointsReversed) { Subject = refund.Order, Figure = reversed });
        if (points > reversed) Say(new(now, Happening.Ignored) { Subject = $"{points - reversed} points of order {refund.Order}", Because = "they are spent already, and forgiven" });
    }

    static long Rounded(decimal reckoned, decimal part, decimal whole) => whole == 0 ? 0 : (long)Math.Floor(reckoned * part / whole);
}
