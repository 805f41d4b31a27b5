namespace Cvm;

/// <summary>All that a customer has brought and taken so far, so that two of them tell what lies between.</summary>
/// <param name="Spent">Paid for orders, before refunds.</param>
/// <param name="Discounts">Taken off the price by coupons.</param>
/// <param name="Points">Points given, less those that expired or were taken back: they cost when they are given, whether spent yet or not.</param>
public readonly record struct Account(
    int Orders = 0, decimal Spent = 0, decimal Refunded = 0, decimal Discounts = 0, long Points = 0, int Cases = 0, int Tasks = 0, int Emails = 0, int SmsSegments = 0)
{
    /// <summary>As the dossier stands.</summary>
    public static Account Of(Dossier dossier)
    {
        var (purchases, ledger, effort) = (dossier.Purchases, dossier.Ledger, dossier.Effort);
        return new(
            purchases.Orders, purchases.Spent, purchases.Refunded, purchases.Discounts, ledger.Earned + ledger.Adjusted - ledger.Expired - ledger.Reversed,
            effort.Cases, effort.Tasks, effort.Emails, effort.SmsSegments);
    }

    public static Account operator +(Account one, Account other) => new(
        one.Orders + other.Orders, one.Spent + other.Spent, one.Refunded + other.Refunded, one.Discounts + other.Discounts, one.Points + other.Points,
        one.Cases + other.Cases, one.Tasks + other.Tasks, one.Emails + other.Emails, one.SmsSegments + other.SmsSegments);

    public static Account operator -(Account one, Account other) => new(
        one.Orders - other.Orders, one.Spent - other.Spent, one.Refunded - other.Refunded, one.Discounts - other.Discounts, one.Points - other.Points,
        one.Cases - other.Cases, one.Tasks - other.Tasks, one.Emails - other.Emails, one.SmsSegments - other.SmsSegments);
}

/// <summary>What a customer came to within one window, in the shop's currency. Parts of the cost are positive where they cost.</summary>
/// <param name="Goal">Whether the goal was reached in it.</param>
/// <param name="Revenue">Paid, less refunds; below zero where more went back.</param>
/// <param name="Margin">Of the undiscounted price of what was kept.</param>
public sealed record Outcome(bool Goal, int Orders, decimal Revenue, decimal Margin, decimal Discounts, decimal Points, decimal Service, decimal Messages)
{
    /// <summary>Margin less discounts, points, service and messages.</summary>
    public decimal Profit => Margin - Discounts - Points - Service - Messages;

    /// <summary>What lies between two accounts is worth this.</summary>
    public static Outcome Of(Account between, bool goal, CostRules costs)
    {
        var worth = Contribution.Of(new()
        {
            Spent = between.Spent,
            Refunded = between.Refunded,
            Discounts = between.Discounts,
            Points = between.Points,
            Cases = between.Cases,
            Tasks = between.Tasks,
            Emails = between.Emails,
            SmsSegments = between.SmsSegments,
        }, costs);
        return new(goal, between.Orders, between.Spent - between.Refunded, worth.Margin, worth.Discounts, worth.Points, worth.Service, worth.Messages);
    }
}

/// <summary>What a line says for the comparison of groups: that somebody joined one, or what they came to.</summary>
/// <param name="Version">Of the journey; of the programme the quarter, such as 20271.</param>
/// <param name="Group"><see cref="Member"/>, <see cref="HeldOut"/>, or an arm as <c>step:arm</c>.</param>
/// <param name="Outcome">Null on joining.</param>
public sealed record Measured(int Version, string Group, Outcome? Outcome = null)
{
    /// <summary>Those who get the messages, and those who do not.</summary>
    public const string Member = "member", HeldOut = "held out";

    /// <summary>The group of those who take this arm.</summary>
    public static string ArmOf(string step, string arm) => $"{step}:{arm}";
}
