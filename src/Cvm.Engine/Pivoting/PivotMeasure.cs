using System.Collections.Frozen;

namespace Cvm.Engine;

/// <summary>What a measure is counted in.</summary>
public enum PivotUnit { Count, Money, Percent, Number }

/// <summary>Something that is added up over people: a sum, or a sum for each of another.</summary>
public sealed class PivotMeasure
{
    internal PivotMeasure(Func<PivotImage, PivotMoment, Func<int, double>> sum) => Sum = sum;

    /// <summary>As addresses and commands call it; such as <c>revenue</c>.</summary>
    public required string Name { get; init; }

    /// <summary>As people call it.</summary>
    public required string Label { get; init; }

    /// <summary>What it means, in a sentence.</summary>
    public required string About { get; init; }

    public PivotUnit Unit { get; init; }

    /// <summary>Whether it is a rate or an average, which says little of few people: the number it rests on is shown with it.</summary>
    public bool Averages => Per is not null;

    /// <summary>Whether it is a share of all people in the table.</summary>
    public bool OfWhole { get; init; }

    /// <summary>What the rate is multiplied with: 100 for percent.</summary>
    internal double Times { get; init; } = 1;

    /// <summary>What is added up; NaN for somebody of whom it is not known, and who then counts for nothing.</summary>
    internal Func<PivotImage, PivotMoment, Func<int, double>> Sum { get; }

    /// <summary>What it is divided by; null for a plain sum.</summary>
    internal Func<PivotImage, PivotMoment, Func<int, double>>? Per { get; init; }
}

/// <summary>Everything that can be added up over people. The list below is all of it.</summary>
public static class PivotMeasures
{
    /// <summary>All of them, in the order in which they are offered.</summary>
    public static ImmutableArray<PivotMeasure> All { get; } =
    [
        new(One) { Name = "people", Label = "Number of people", About = "How many people there are." },
        new(One) { Name = "share", Label = "Share of people", About = "People as a share of all people in the table.", Unit = PivotUnit.Percent, OfWhole = true, Times = 100 },
        new(Of(Quantity.Orders)) { Name = "orders", Label = "Orders", About = "Orders so far." },
        new(Of(Quantity.Orders)) { Name = "orders-per-person", Label = "Orders per person", About = "Orders so far, for each person.", Unit = PivotUnit.Number, Per = One },
        new(Where(Quantity.Orders, orders => orders == 0 ? double.NaN : orders >= 2 ? 1 : 0)) { Name = "ordered-again", Label = "Ordered again", About = "Of those who have ordered, the share who have ordered twice or more.", Unit = PivotUnit.Percent, Times = 100, Per = One },
        new(Net) { Name = "revenue", Label = "Revenue", About = "Money spent so far, less refunds.", Unit = PivotUnit.Money },
        new(Net) { Name = "revenue-per-person", Label = "Revenue per person", About = "Money spent so far, less refunds, for each person.", Unit = PivotUnit.Money, Per = One },
        new(Where(Quantity.Orders, orders => orders > 0, Quantity.Spent)) { Name = "average-order", Label = "Average order", About = "Money spent before refunds, divided by orders.", Unit = PivotUnit.Money, Per = Of(Quantity.Orders) },
        new(Where(Quantity.Orders, orders => orders > 0, Quantity.Refunded)) { Name = "refund-rate", Label = "Refund rate", About = "Refunds as a share of money spent.", Unit = PivotUnit.Percent, Times = 100, Per = Of(Quantity.Spent) },
        new(Of(Quantity.Discounts)) { Name = "discounts", Label = "Discounts", About = "What coupons took off the price.", Unit = PivotUnit.Money },
        new(Of(Quantity.Contribution)) { Name = "contribution", Label = "Contribution", About = "Margin so far, less discounts, points, service and messages; of those who have been scored.", Unit = PivotUnit.Money },
        new(Of(Quantity.Contribution)) { Name = "contribution-per-person", Label = "Contribution per person", About = "Margin so far, less discounts, points, service and messages, for each person who has been scored.", Unit = PivotUnit.Money, Per = One },
        new(Of(Quantity.Value365)) { Name = "expected", Label = "Expected within a year", About = "Margin to be expected within a year, discounted; of those who have been scored.", Unit = PivotUnit.Money },
        new(Of(Quantity.Value365)) { Name = "expected-per-person", Label = "Expected per person", About = "Margin to be expected within a year, discounted, for each person who has been scored.", Unit = PivotUnit.Money, Per = One },
        new(Of(Quantity.Alive)) { Name = "alive", Label = "Chance of staying", About = "Average chance of still being a customer; of those who have been scored.", Unit = PivotUnit.Percent, Times = 100, Per = One },
        new(Of(Quantity.Alive)) { Name = "staying", Label = "Still customers", About = "How many are still customers, by the model: the sum of their chances.", Unit = PivotUnit.Count },
        new(Answer(SurveyKind.Csat, score => score >= 4 ? 1 : 0)) { Name = "csat", Label = "Satisfied (CSAT)", About = "Of those who answered on the scale from 1 to 5, the share whose newest answer is 4 or 5.", Unit = PivotUnit.Percent, Times = 100, Per = One },
        new(Answer(SurveyKind.Nps, score => score >= 9 ? 1 : score <= 6 ? -1 : 0)) { Name = "nps", Label = "Net promoter score", About = "Promoters (9 and 10) less detractors (0 to 6) in percent of those who answered; their newest answers count.", Unit = PivotUnit.Number, Times = 100, Per = One },
        new(Of(Quantity.Complaints)) { Name = "complaints", Label = "Complaints", About = "Complaints so far." },
        new(Of(Quantity.Complaints)) { Name = "complaints-per-100", Label = "Complaints per 100 people", About = "Complaints so far, for every 100 people.", Unit = PivotUnit.Number, Times = 100, Per = One },
        new(Messages) { Name = "messages", Label = "Messages sent", About = "E-mails and SMS segments sent so far." },
        new(Messages) { Name = "messages-per-person", Label = "Messages per person", About = "E-mails and SMS segments sent so far, for each person.", Unit = PivotUnit.Number, Per = One },
        new(Of(Quantity.Points)) { Name = "points", Label = "Points", About = "Loyalty points that can be spent now, less what is owed." },
        new(Of(Quantity.Points)) { Name = "points-per-person", Label = "Points per person", About = "Loyalty points that can be spent now, less what is owed, for each person.", Unit = PivotUnit.Number, Per = One },
    ];

    static readonly FrozenDictionary<string, PivotMeasure> ByName = All.ToFrozenDictionary(measure => measure.Name, StringComparer.Ordinal);

    /// <summary>The measure of this name, or null.</summary>
    public static PivotMeasure? Find(string name) => ByName.GetValueOrDefault(name);

    static Func<int, double> One(PivotImage image, PivotMoment moment) => static _ => 1;

    static Func<int, double> Net(PivotImage image, PivotMoment moment)
    {
        var (spent, refunded) = (image[Quantity.Spent], image[Quantity.Refunded]);
        return row => spent[row] - refunded[row];
    }

    static Func<int, double> Messages(PivotImage image, PivotMoment moment)
    {
        var (emails, sms) = (image[Quantity.Emails], image[Quantity.SmsSegments]);
        return row => emails[row] + sms[row];
    }

    static Func<PivotImage, PivotMoment, Func<int, double>> Of(Quantity quantity) => (image, _) =>
    {
        var column = image[quantity];
        return row => column[row];
    };

    static Func<PivotImage, PivotMoment, Func<int, double>> Where(Quantity quantity, Func<double, double> meaning) => (image, _) =>
    {
        var column = image[quantity];
        return row => meaning(column[row]);
    };

    static Func<PivotImage, PivotMoment, Func<int, double>> Where(Quantity quantity, Func<double, bool> holds, Quantity then) => (image, _) =>
    {
        var (column, other) = (image[quantity], image[then]);
        return row => holds(column[row]) ? other[row] : double.NaN;
    };

    static Func<PivotImage, PivotMoment, Func<int, double>> Answer(SurveyKind kind, Func<double, double> meaning) => (image, moment) =>
    {
        var answers = image[Trait.Answers];
        double[] scores = [.. answers.Texts.Select(text => Dimensions.Score(moment.Playbook, text, kind) is var score && double.IsNaN(score) ? score : meaning(score))];
        return row => scores[answers[row]];
    };
}
