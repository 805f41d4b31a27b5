namespace Cvm;

/// <summary>How much of a customer's lifetime value is their own history, how much the shop's other customers, and how much the prior that
/// every shop begins with. The three add up to 1.</summary>
public readonly record struct Evidence(double Own, double Shop, double Prior)
{
    /// <summary>A: mostly the customer's own history; B: the prior does not matter; C: it matters; D: mostly the prior.</summary>
    public char Grade => Own >= 0.5 ? 'A' : Prior < 0.1 ? 'B' : Prior < 0.5 ? 'C' : 'D';
}

/// <summary>What a customer is worth over some days to come.</summary>
/// <param name="Orders">Expected orders.</param>
/// <param name="Value">Expected margin of those orders, discounted.</param>
/// <param name="Low">With 80 % probability it will not be less than this, if the model holds...</param>
/// <param name="High">...and not more than this.</param>
public readonly record struct Worth(double Orders, double Value, double Low, double High);

/// <summary>One customer's past, as lifetime value reads it.</summary>
/// <param name="Repeats">Orders after the first, those of one day counted once.</param>
/// <param name="LastDays">Days from the first to the last order; 0 without repeats.</param>
/// <param name="AgeDays">Days from the first order to today.</param>
/// <param name="RepeatSpent">Money of the repeat orders; what is below 0 counts as 0.</param>
public readonly record struct Past(int Repeats, int LastDays, int AgeDays, double RepeatSpent);

/// <summary>Lifetime value in one shop: expected orders times expected margin, discounted, with an interval and what it rests on.</summary>
/// <param name="DaysPerUnit">Days in the unit of time of <paramref name="Buying"/>.</param>
public sealed record LifetimeValue(Fit<RepeatModel> Buying, Fit<GammaGamma> Spending, double DaysPerUnit)
{
    const double LowShare = 0.1, HighShare = 0.9;

    /// <summary>Share of an order that is margin, above 0 and at most 1; 1 tells value in revenue.</summary>
    public double Margin { get; init; } = 1;

    /// <summary>What money next year is worth less: 0.15 as in Fader, Hardie and Lee (2005), "RFM and CLV".</summary>
    public double YearlyDiscount { get; init; } = 0.15;

    public double Alive(Past past) => Buying.Model.Alive(past.Repeats, past.LastDays / DaysPerUnit, past.AgeDays / DaysPerUnit);

    /// <summary>What the next orders are expected to be worth each, before margin and discount.</summary>
    public double PerOrder(Past past) => Spending.Model.Expected(past.Repeats, Mean(past));

    public Evidence Evidence(Past past)
    {
        // Each is the weight of the customer's own data in a posterior mean, of the rate of buying and of the worth of an order.
        var alpha = Buying.Parameters[1].Value;
        var age = past.AgeDays / DaysPerUnit;
        var own = (age / (alpha + age) + Spending.Model.Own(past.Repeats)) / 2;
        var prior = (1 - own) * (Buying.PriorShare + Spending.PriorShare) / 2;
        return new(own, 1 - own - prior, prior);
    }

    /// <summary>What the customer is worth over the next days, discounted.</summary>
    public Worth Over(int days, Past past)
    {
        var after = Buying.Model.After(past.Repeats, past.AgeDays / DaysPerUnit);
        var outlook = after.Outlook(days / DaysPerUnit, Forecast.RatePerDay(YearlyDiscount) * DaysPerUnit);
        var alive = Alive(past);
        return Over(days, past, after, alive, alive * outlook.Orders, alive * outlook.Discounted, PerOrder(past));
    }

    /// <summary>The same where orders have been forecast already.</summary>
    public Worth Over(int days, Past past, double alive, double orders, double discounted) =>
        Over(days, past, Buying.Model.After(past.Repeats, past.AgeDays / DaysPerUnit), alive, orders, discounted, PerOrder(past));

    Worth Over(int days, Past past, RepeatModel after, double alive, double orders, double discounted, double perOrder)
    {
        if (orders == 0 || perOrder == 0) return new(orders, 0, 0, 0);

        var (low, high) = Spend(days / DaysPerUnit, past, after, alive);
        var worth = Margin * discounted / orders;
        return new(orders, worth * orders * perOrder, worth * low, worth * high);
    }

    /// <summary>What will be spent, at least and at most: from the exact distribution of orders, and of money given their number.</summary>
    (double Low, double High) Spend(double time, Past past, RepeatModel after, double alive)
    {
        if (alive * after.Probability(0, time) + 1 - alive >= HighShare) return (0, 0);

        var chances = Chances(after, time);
        var none = alive * chances[0] + 1 - alive;
        var mean = Mean(past);

        double Below(double amount)
        {
            var sum = none;
            for (var n = 1; n < chances.Length; n++)
                if (chances[n] > 1e-6) sum += alive * chances[n] * Spending.Model.SpendBelow(amount, n, past.Repeats, mean);
            return sum;
        }

        var high = Quantile(Below, HighShare, PerOrder(past) * Math.Max(1, alive * after.Expected(time)));
        return (none >= LowShare ? 0 : Quantile(Below, LowShare, high / 2), high);
    }

    // As many as matter: all but a hundred-thousandth.
    static double[] Chances(RepeatModel after, double time)
    {
        for (var most = 16 + (int)Math.Min(1e5, 3 * after.Expected(time)); ; most *= 2)
        {
            var chances = after.Probabilities(most, time);
            if (chances.Sum() > 1 - 1e-5 || most > 1_000_000) return chances;
        }
    }

    // By false position (Illinois) on a logarithmic scale, to a ten-thousandth.
    static double Quantile(Func<double, double> below, double share, double near)
    {
        var (low, high) = (Math.Log(near), Math.Log(near));
        var atLow = below(near) - share;
        var atHigh = atLow;
        while (atLow > 0 && low > -600) atLow = below(Math.Exp(low -= 1)) - share;
        while (atHigh < 0 && high < 600) atHigh = below(Math.Exp(high += 1)) - share;

        for (var side = 0; high - low > 1e-4;)
        {
            var at = Math.Clamp((low * atHigh - high * atLow) / (atHigh - atLow), low + 5e-5, high - 5e-5);
            var found = below(Math.Exp(at)) - share;
            if (found < 0)
            {
                (low, atLow) = (at, found);
                if (side < 0) atHigh /= 2;
                side = -1;
            }
            else
            {
                (high, atHigh) = (at, found);
                if (side > 0) atLow /= 2;
                side = 1;
            }
        }

        return Math.Exp((low + high) / 2);
    }

    static double Mean(Past past) => past.Repeats == 0 ? 0 : Math.Max(0, past.RepeatSpent) / past.Repeats;
}
