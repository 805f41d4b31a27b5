namespace Cvm.Engine;

// Points and tiers: by loyalty.yaml, from orders and refunds that other lines tell of.
sealed partial class LineExplaining
{
    LoyaltyRules Rules => playbook.Loyalty;

    static FormattableString Today => $"The rules are those of today's loyalty.yaml; what was special about this line is kept in it";

    LineExplanation Points()
    {
        if (line.Journey is { } journey && line.Step is { } step) return Made($"The step '{step}' of {journey} does this to whoever comes to it", EnteredFact());

        return line.What switch
        {
            Happening.PointsEarned => Made($"An order earns {Rules.PointsPerUnit:0.##} points for each unit of money, rounded down", [.. Money($"Order", Happening.Ordered), .. Special()], note: Today),
            Happening.PointsAvailable => Made($"Points of an order can be spent when it can no longer be returned, {Rules.ReturnDays} days after it",
                Fact($"Earned on", Last(one => one.What == Happening.PointsEarned && one.Until is not null)), note: Today),
            Happening.PointsReversed => Made($"What was earned with money that went back goes back, too", Money($"Refund", Happening.Refunded)),
            Happening.PointsExpired => Made($"Points expire at the end of the month, {Rules.ExpireMonths} months after they were earned", turns: [$"They are spent before"], note: Today),
            _ => Made($"The customer spent them"),
        };
    }

    IEnumerable<LineFact> Special() => line.Because is { } how ? [new($"Special about it", $"{how}")] : [];

    // The line of the order or refund that this came with.
    IEnumerable<LineFact> Money(FormattableString name, Happening what) =>
        Last(one => one.What == what && one.Subject == line.Subject) is { } found ? [new(name, $"{found.Line.Figure:0.00}", found.Number)] : [];

    LineExplanation Tier()
    {
        if (line.Journey is { } journey) return Made($"{journey} gave the tier, whatever was earned", EnteredFact());

        var brought = Brought();
        List<LineFact> facts = [new(Rules.TierBy == TierBasis.Spend ? $"Money spent within {Rules.TierMonths} months" : (FormattableString)$"Points earned within {Rules.TierMonths} months", $"{brought:0.##}")];
        facts.AddRange(Rules.Tiers.Select(tier => new LineFact($"Tier {tier.Name} from", $"{tier.From}")));

        var (to, from) = (Rules.Find(line.Subject), Rules.Find(line.What == Happening.TierFalling ? line.Subject : line.Because));
        var up = line.What == Happening.TierChanged && Rules.Rank(line.Subject) > Rules.Rank(line.Because);
        FormattableString[] turns = up && to is not null && brought >= to.From ? [$"{brought - to.From + 1:0.##} less of it"]
            : !up && from is not null && brought < from.From ? [$"{from.From - brought:0.##} more of it"]
            : [];
        return Made(RuleOfTier(up), facts, turns, note: $"Worked out from the timeline, by the rules of today's loyalty.yaml");
    }

    FormattableString RuleOfTier(bool up) => (line.What, up) switch
    {
        (Happening.TierFalling, _) => $"A tier that is no longer reached is kept for {Rules.GraceDays} days, so that there is time to reach it again",
        (_, true) => $"A tier is reached at once when enough lies within {Rules.TierMonths} months",
        _ => $"A tier that was not reached again in time is lost",
    };

    // As far as the timeline at hand goes back.
    decimal Brought()
    {
        var since = line.At.AddMonths(-Rules.TierMonths);
        var window = timeline.Where(one => one.Line.At > since && one.Line.At <= line.At).Select(one => one.Line).ToList();
        decimal Sum(Happening what) => window.Where(one => one.What == what).Sum(one => one.Figure ?? 0);

        if (Rules.TierBy == TierBasis.Spend) return Sum(Happening.Ordered) - Sum(Happening.Refunded);

        // What is pending does not count yet.
        var pending = window.Where(one => one.What == Happening.PointsEarned && one.Until > line.At).Sum(one => one.Figure ?? 0);
        return Sum(Happening.PointsEarned) - pending - Sum(Happening.PointsReversed);
    }
}
