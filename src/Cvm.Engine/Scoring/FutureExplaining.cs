namespace Cvm.Engine;

/// <summary>Explains what the models of repeat buying and spending say of a customer.</summary>
sealed class FutureExplaining
{
    readonly Dossier dossier;
    readonly Standing standing;
    readonly ScoreModel model;
    readonly Past past;
    readonly LifetimeValue worth;
    readonly string currency, order;
    readonly Scores ordered;

    public FutureExplaining(Dossier dossier, in Standing standing, ScoreModel model, Playbook playbook)
    {
        (this.dossier, this.standing, this.model, currency) = (dossier, standing, model, playbook.Policies.Currency);
        past = standing.Past(model.AsOf.DayNumber);
        worth = new(model.Buying, model.Spending, ScoreModel.DaysPerUnit) { Margin = (double)playbook.Scores.Costs.Margin };
        WorkedOut = new Scorer(model, playbook).Of(standing);
        var turns = new ScoreTurns(standing, playbook, model.AsOf);
        (ordered, order) = (new Scorer(model, playbook).Of(turns.WithOrder()), turns.Order);
    }

    /// <summary>What the model says, recorded or not.</summary>
    public Scores WorkedOut { get; }

    Scores Shown => dossier.Scores.AsOf is null ? WorkedOut : dossier.Scores;

    double Weeks(int days) => days / ScoreModel.DaysPerUnit;

    string Buying => model.Buying.Model switch { BgNbd => "BG/NBD", MbgNbd => "MBG/NBD", _ => "Pareto/NBD" };

    public ScoreSection Alive()
    {
        var (shown, found) = (ScoreText.Percent(Shown.Alive), ScoreText.Percent(WorkedOut.Alive));
        return new(
            "alive", "Chance of staying", "P(alive): the probability that the customer has not left for good", shown,
            [
                ("First order", ScoreText.Day(standing.First)),
                ("Last order", ScoreText.Day(standing.Last)),
                ("Silent for", ScoreText.Days(past.AgeDays - past.LastDays)),
                ("Days with an order after the first, x", ScoreText.Number(past.Repeats)),
                ("First to last order, tx", $"{ScoreText.Number(Weeks(past.LastDays))} weeks"),
                ($"First order to {ScoreText.Day(model.AsOf)}, T", $"{ScoreText.Number(Weeks(past.AgeDays))} weeks"),
            ],
            [.. AliveFormula(), .. ScoreText.Recorded(dossier, shown, found)],
            ScoreText.Fitted(Buying, model.Buying, model))
        { Turns = Turned(found, ScoreText.Percent(ordered.Alive)) };
    }

    ImmutableArray<string> AliveFormula()
    {
        const string words = "Silence lowers the chance, the more the oftener they used to order; an order brings it back up.";
        var (x, last, age) = (past.Repeats, ScoreText.Number(Weeks(past.LastDays)), ScoreText.Number(Weeks(past.AgeDays)));
        var result = ScoreText.Percent(WorkedOut.Alive);
        return model.Buying.Model switch
        {
            BgNbd when x == 0 => ["One day with orders says nothing of a rhythm: this model lets nobody leave before the second, so the chance is 100% however long the silence. The stage tells of that."],
            BgNbd bg => Numbers("P(alive) = 1 / (1 + a / (b + x − 1) × ((alpha + T) / (alpha + tx))^(r + x))", bg.R, bg.Alpha, bg.A, bg.B + x - 1),
            MbgNbd mbg => Numbers("P(alive) = 1 / (1 + a / (b + x) × ((alpha + T) / (alpha + tx))^(r + x))", mbg.R, mbg.Alpha, mbg.A, mbg.B + x),
            _ => [words, $"P(alive | x, tx, T) of Pareto/NBD (Schmittlein, Morrison and Colombo 1987) = {result}"],
        };

        ImmutableArray<string> Numbers(string symbols, double r, double alpha, double a, double stays)
        {
            return [words, symbols, $"= 1 / (1 + {N(a)} / {N(stays)} × (({N(alpha)} + {age}) / ({N(alpha)} + {last}))^({N(r)} + {x})) = {result}"];
        }
    }

    public ScoreSection Orders()
    {
        var shown = Text(Shown);
        var staying = WorkedOut.Alive > 0 ? WorkedOut.Orders365 / WorkedOut.Alive : 0;
        return new(
            "expected-orders", "Orders to expect", "Conditional expectation E[Y(t) | x, tx, T]", shown,
            [
                ("Chance of staying", ScoreText.Percent(WorkedOut.Alive)),
                ("Orders within a year of somebody like them who stays", ScoreText.Orders(staying)),
            ],
            [
                "The chance of staying, times the orders of somebody with the same past who does stay.",
                "E[Y(t) | x, tx, T] = P(alive) × E[Y(t) | x, T, alive], t = 365 / 7 weeks",
                $"= {ScoreText.Number(WorkedOut.Alive)} × {ScoreText.Number(staying)} = {ScoreText.Orders(WorkedOut.Orders365)}",
                .. ScoreText.Recorded(dossier, shown, Text(WorkedOut)),
            ],
            ScoreText.Fitted(Buying, model.Buying, model))
        { Turns = Turned(Text(WorkedOut), Text(ordered)) };

        static string Text(Scores scores) => $"{ScoreText.Orders(scores.Orders365)} within a year, {ScoreText.Orders(scores.Orders90)} within 90 days";
    }

    public ScoreSection Worth()
    {
        var (perOrder, evidence, spending) = (worth.PerOrder(past), worth.Evidence(past), model.Spending.Model);
        var discounted = perOrder * worth.Margin > 0 ? WorkedOut.Value365 / (perOrder * worth.Margin) : 0;
        var shown = Text(Shown);
        return new(
            "lifetime-value", "Value to expect", "Customer lifetime value (CLV) over 365 days: expected margin, discounted", shown,
            [
                ("Days with an order after the first, x", N(past.Repeats)),
                ("Spent on those, less refunds, z", ScoreText.Money(past.RepeatSpent, currency)),
                ("Worth of an order to come", ScoreText.Money(perOrder, currency)),
                ("Margin", ScoreText.Percent(worth.Margin)),
                ("Discount", $"{ScoreText.Percent(worth.YearlyDiscount)} a year"),
                ("Grade", $"{Shown.Grade}: {Meaning(Shown.Grade)} ({ScoreText.Percent(evidence.Own)} own, {ScoreText.Percent(evidence.Shop)} the shop's, {ScoreText.Percent(evidence.Prior)} prior)"),
            ],
            [
                "What an order of theirs is worth, drawn towards what orders are worth in this shop; of it the margin; times the orders to expect, later ones counting less.",
                "E[M] = p (gamma + z) / (p x + q − 1)",
                $"= {N(spending.P)} × ({N(spending.Gamma)} + {N(past.RepeatSpent)}) / ({N(spending.P)} × {past.Repeats} + {N(spending.Q)} − 1) = {ScoreText.Money(perOrder, currency)}",
                $"Value = margin × E[M] × discounted orders = {N(worth.Margin)} × {N(perOrder)} × {N(discounted)} = {ScoreText.Money(WorkedOut.Value365, currency)}",
                "The interval holds the value in 8 of 10 such cases, if the model holds: 10% lie below it, 10% above.",
                .. ScoreText.Recorded(dossier, shown, Text(WorkedOut)),
            ],
            $"{ScoreText.Fitted("Gamma-Gamma", model.Spending, model)} Margin: scores.yaml, costs.")
        { Turns = Turned(ScoreText.Money(WorkedOut.Value365, currency), ScoreText.Money(ordered.Value365, currency)) };

        string Text(Scores scores) =>
            $"{ScoreText.Money(scores.Value365, currency)} within a year, between {ScoreText.Money(scores.Low365, currency)} and {ScoreText.Money(scores.High365, currency)} with 80% probability, grade {scores.Grade}; {ScoreText.Money(scores.Value90, currency)} within 90 days";
    }

    ImmutableArray<string> Turned(string now, string then) => then == now ? [] : [$"{then} {order}"];

    static string N(double number) => ScoreText.Number(number);

    /// <summary>What a grade says, in words.</summary>
    public static string Meaning(string? grade) => grade switch
    {
        "A" => "mostly their own history",
        "B" => "mostly what others in this shop did",
        "C" => "partly the prior, for want of history",
        _ => "mostly the prior: hardly more than a guess",
    };
}
