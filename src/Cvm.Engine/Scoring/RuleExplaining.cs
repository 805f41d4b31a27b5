namespace Cvm.Engine;

/// <summary>Explains what the playbook's rules make of a customer.</summary>
sealed class RuleExplaining(Dossier dossier, Standing standing, Playbook playbook, DateOnly day)
{
    readonly ScoreRules rules = playbook.Scores;
    readonly Past past = standing.Past(day.DayNumber);
    readonly string currency = playbook.Policies.Currency;
    readonly ScoreTurns turns = new(standing, playbook, day);

    public ScoreSection Stage()
    {
        var silence = Math.Max(0, day.DayNumber - standing.Last);
        var rhythm = Stages.Rhythm(standing.Days, past.AgeDays - silence);
        var found = ScoreWords.Of(Stages.Of(standing.Days, past.AgeDays, silence, rules.Stages));
        var shown = Recorded(scores => ScoreWords.Of(scores.Stage)) ?? found;
        var s = rules.Stages;
        return new(
            "stage", "Stage", "Lifecycle stage", shown,
            [
                ("Days with an order", ScoreText.Number(standing.Days)),
                ("First to last order", ScoreText.Days(past.AgeDays - silence)),
                ("A customer since", ScoreText.Days(past.AgeDays)),
                ("Silent for", ScoreText.Days(silence)),
                ("Their own rhythm", $"an order about every {ScoreText.Number(Math.Round(rhythm, 1))} days"),
            ],
            [
                "Their own rhythm is the mean gap between their orders, drawn towards 45 days as if that gap had been seen once; silence is told in rhythms.",
                $"rhythm = ({past.AgeDays - silence} + {Purchases.PriorRhythmDays:0}) / {standing.Days} = {ScoreText.Number(Math.Round(rhythm, 1))} days",
                $"silence / rhythm = {silence} / {ScoreText.Number(Math.Round(rhythm, 1))} = {ScoreText.Number(Math.Round(silence / rhythm, 2))}, so: {found}",
                .. ScoreText.Recorded(dossier, shown, found),
            ],
            $"scores.yaml, stages: lapsed beyond {ScoreText.Number(s.LapsedAfter)} rhythms of silence, at-risk beyond {ScoreText.Number(s.AtRiskAfter)}; else loyal from {s.LoyalFrom} days with an order and {s.LoyalAfterDays} days as a customer, mature from {s.MatureFrom}, repeat from 2, new with 1.")
        { Turns = turns.Stage() };
    }

    public ScoreSection Value()
    {
        var (middle, high) = playbook.Policies.ValueFrom;
        var before = Scores.ValueOf(standing.Mark);
        var found = ScoreWords.Of(ValueBands.Of((decimal)standing.Net, before, playbook.Policies.ValueFrom, rules.ValueSlack));
        var shown = Recorded(scores => ScoreWords.Of(scores.Value)) ?? found;
        return new(
            "value", "Value band", "Value band with hysteresis", shown,
            [
                ("Spent", ScoreText.Money(standing.Spent, currency)),
                ("Refunded", ScoreText.Money(standing.Refunded, currency)),
                ("Band so far", before is { } band ? ScoreWords.Of(band) : "none"),
            ],
            [
                "What was spent less what was refunded, against the bounds.",
                $"{ScoreText.Money(standing.Spent, currency)} − {ScoreText.Money(standing.Refunded, currency)} = {ScoreText.Money(standing.Net, currency)}, so: {found}",
                .. ScoreText.Recorded(dossier, shown, found),
            ],
            $"policies.yaml: high from {ScoreText.Money(high, currency)}, middle from {ScoreText.Money(middle, currency)}. scores.yaml, value: a band is kept until {ScoreText.Percent(rules.ValueSlack)} below its bound, so that nobody goes up and down with every refund.")
        { Turns = turns.Value() };
    }

    public ScoreSection Potential(Scores scores)
    {
        var found = ScoreWords.Of(scores.Potential);
        var shown = Recorded(was => ScoreWords.Of(was.Potential)) ?? found;
        var p = rules.Potential;
        return new(
            "potential", "Potential", "", shown,
            [("Chance of staying", ScoreText.Percent(scores.Alive)), ("Value to expect within a year", ScoreText.Money(scores.Value365, currency))],
            ["What could still come: the value to expect within a year, against the bounds; low where they have probably left.", .. ScoreText.Recorded(dossier, shown, found)],
            $"scores.yaml, potential: high from {ScoreText.Money(p.HighFrom, currency)}, middle from {ScoreText.Money(p.MiddleFrom, currency)}; low below a chance of {ScoreText.Percent(p.LeastAlive)}.")
        { Turns = turns.Potential(scores) };
    }

    public ScoreSection Relationship(Scores scores)
    {
        var found = ScoreWords.Of(scores.Relationship);
        var shown = Recorded(was => ScoreWords.Of(was.Relationship)) ?? found;
        return new(
            "relationship", "Relationship", "Relationship tier", shown,
            [("Value band", ScoreWords.Of(scores.Value)), ("Potential", ScoreWords.Of(scores.Potential))],
            [
                "What they are worth and what could still come, side by side: low counts 0, middle 1, high 2.",
                $"{(int)scores.Value} + {(int)scores.Potential} = {(int)scores.Value + (int)scores.Potential}, so: {found}",
                .. ScoreText.Recorded(dossier, shown, found),
            ],
            $"scores.yaml, relationship: strategic from {rules.Relationship.StrategicFrom} points, core from {rules.Relationship.CoreFrom}, else general.")
        { Turns = turns.Relationship(scores) };
    }

    public ScoreSection Need()
    {
        var found = ScoreWords.Of(Needs.Of(standing.Orders, standing.Coupons, standing.Troubles, rules.Needs));
        var shown = Recorded(scores => ScoreWords.Of(scores.Need)) ?? found;
        var (of, n) = (Math.Max(1, standing.Orders), rules.Needs);
        return new(
            "need", "What they look for", "Need type", shown,
            [
                ("Orders", ScoreText.Number(standing.Orders)),
                ("Orders with a coupon", ScoreText.Number(standing.Coupons)),
                ("Complaints and unhappy answers", ScoreText.Number(standing.Troubles)),
            ],
            [
                "Price for those who mostly buy with a coupon, service for those who often have trouble, else product.",
                $"price: {standing.Coupons} / {of} = {ScoreText.Percent((double)standing.Coupons / of)}; service: {standing.Troubles} / {of} = {ScoreText.Percent((double)standing.Troubles / of)}; so: {found}",
                .. ScoreText.Recorded(dossier, shown, found),
            ],
            $"scores.yaml, needs: price from {ScoreText.Percent(n.PriceFrom)} of orders with a coupon, service from {ScoreText.Percent(n.ServiceFrom)} troubles per order, either from {n.LeastSigns} signs on.")
        { Turns = turns.Need() };
    }

    public ScoreSection Rfm(ScoreModel model)
    {
        var rfm = model.Cuts.Of(standing.Last, standing.Days, standing.Net);
        var segment = rules.Segments.Of(rfm);
        var found = $"{segment.Label}, cell {rfm}";
        var shown = Recorded(scores => scores.Rfm is { } cell ? $"{LabelOf(scores.Segment)}, cell {cell}" : null) ?? found;
        var cuts = model.Cuts;
        return new(
            "rfm-segment", "Segment", "RFM: recency, frequency and monetary value in fifths of all customers", shown,
            [
                ("Last order", ScoreText.Day(standing.Last)),
                ("Days with an order", ScoreText.Number(standing.Days)),
                ("Spent less refunded", ScoreText.Money(standing.Net, currency)),
            ],
            [
                "All customers are put in order and cut into fifths: 5 is the best, 1 the last.",
                $"Recency {rfm.Recency}: last order {Fifth(cuts.Recency, rfm.Recency, bound => ScoreText.Day((int)bound))}",
                $"Frequency {rfm.Frequency}: {Fifth(cuts.Frequency, rfm.Frequency, ScoreText.Number)} days with an order",
                $"Money {rfm.Monetary}: {Fifth(cuts.Monetary, rfm.Monetary, bound => ScoreText.Money(bound, currency))} spent",
                $"Recency {rfm.Recency} and frequency {rfm.Frequency}: {segment.Label}",
                .. ScoreText.Recorded(dossier, shown, found),
            ],
            $"scores.yaml, rfm: {segment.Name} is {string.Join(" ", segment.Cells)}. Fifths of all customers as of {ScoreText.Day(model.AsOf)}; equal customers share one.")
        { Turns = Ordered(model, rfm) };
    }

    public ScoreSection Contribution()
    {
        var (sum, costs) = (Cvm.Contribution.Of(standing.Dealings, rules.Costs), rules.Costs);
        var found = ScoreText.Money(sum.Total, currency);
        var shown = Recorded(scores => ScoreText.Money(scores.Contribution, currency)) ?? found;
        var d = standing.Dealings;
        return new(
            "contribution", "Contribution so far", "Margin less discounts, points, service and messages", shown,
            [
                ("Spent, less refunds", ScoreText.Money(d.Spent - d.Refunded, currency)),
                ("Taken off by coupons", ScoreText.Money(d.Discounts, currency)),
                ("Points spent", ScoreText.Number(d.Points)),
                ("Cases and tasks", $"{d.Cases} and {d.Tasks}"),
                ("E-mails and SMS segments", $"{d.Emails} and {d.SmsSegments}"),
            ],
            [
                "The margin on the price before coupons of what was kept, less what the customer was given and what looking after them took.",
                $"{sum} {currency}",
                .. ScoreText.Recorded(dossier, shown, found),
            ],
            $"scores.yaml, costs: margin {ScoreText.Percent((double)costs.Margin)}; a point {Price(costs.Point)}, a case {Price(costs.Case)}, a task {Price(costs.Task)}, an e-mail {Price(costs.Email)}, a segment of an SMS {Price(costs.Sms)}.");

        string Price(decimal cost) => $"{ScoreText.Number((double)cost)} {currency}";
    }

    ImmutableArray<string> Ordered(ScoreModel model, Rfm now)
    {
        var (ordered, order) = (turns.WithOrder(), turns.Order);
        var then = model.Cuts.Of(ordered.Last, ordered.Days, ordered.Net);
        return then == now ? [] : [$"{rules.Segments.Of(then).Label}, cell {then}, {order}"];
    }

    string? Recorded(Func<Scores, string?> text) => dossier.Scores.AsOf is null ? null : text(dossier.Scores);

    string LabelOf(string? segment) => rules.Segments.Segments.FirstOrDefault(known => known.Name == segment)?.Label ?? segment ?? "none";

    static string Fifth(Cuts cuts, int fifth, Func<double, string> text)
    {
        double[] bounds = [cuts.First, cuts.Second, cuts.Third, cuts.Fourth];
        var (least, most) = cuts.Ties == Ties.Best ? ("on or after ", "before ") : ("more than ", "up to ");
        return fifth switch
        {
            1 => most + text(bounds[0]),
            5 => least + text(bounds[3]),
            _ => $"{least}{text(bounds[fifth - 2])} and {most}{text(bounds[fifth - 1])}",
        };
    }
}
