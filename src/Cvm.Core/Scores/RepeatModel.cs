namespace Cvm;

/// <summary>A fitted model of repeat buying: a customer buys at a rate of their own until they leave for good, unseen. All time is in the
/// unit of the fit and begins with the first order, which is not counted itself.</summary>
public abstract record RepeatModel
{
    private protected RepeatModel() { }

    /// <summary>As it is called on the command line: bg-nbd, mbg-nbd or pareto-nbd.</summary>
    public abstract string Name { get; }

    public abstract ImmutableArray<(string Name, double Value)> Parameters { get; }

    /// <summary>Probability, in [0, 1], that the customer has not left yet.</summary>
    /// <param name="repeats">Orders after the first.</param>
    /// <param name="last">Time of the last order; 0 without repeats.</param>
    /// <param name="age">Time since the first order.</param>
    public double Alive(int repeats, double last, double age)
    {
        Check(repeats, last, age);
        return 1 / (1 + Math.Exp(LogGone(repeats, last, age)));
    }

    /// <summary>What is believed of a customer who is known to be still there: a model of what they buy from now on.</summary>
    public abstract RepeatModel After(int repeats, double age);

    /// <summary>Repeat orders expected of a new customer up to <paramref name="time"/>: E[X(t)].</summary>
    public abstract double Expected(double time);

    /// <summary>Orders expected of this customer over the next <paramref name="horizon"/>, given what is known: E[Y(t) | x, t_x, T].</summary>
    public double Expected(int repeats, double last, double age, double horizon) => Alive(repeats, last, age) * After(repeats, age).Expected(horizon);

    /// <summary>Repeat orders expected of a new customer up to <paramref name="time"/>, as they are and each worth less the later it comes: at
    /// <paramref name="rate"/> per unit of time, continuously.</summary>
    public Outlook Outlook(double time, double rate)
    {
        var orders = Expected(time);
        if (rate == 0) return new(orders, orders);

        // In ln(nearest + time) what is expected is smooth even where most of it comes at once.
        var (early, span) = (0.0, Gammas.LogOnePlus(time / Nearest));
        var (at, weight) = Legendre.Eight;
        for (var i = 0; i < at.Length; i++)
        {
            var until = Nearest * Gammas.ExpLessOne(span * at[i]);
            early += weight[i] * span * (Nearest + until) * Math.Exp(-rate * until) * Expected(until);
        }

        return new(orders, Math.Exp(-rate * time) * orders + rate * early);
    }

    /// <summary>Probability that a new customer makes exactly so many repeat orders up to <paramref name="time"/>: P(X(t) = n).</summary>
    public double Probability(int orders, double time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(orders);
        return Probabilities(orders, time)[orders];
    }

    /// <summary>Probability that this customer makes exactly so many orders over the next <paramref name="horizon"/>.</summary>
    public double Probability(int orders, int repeats, double last, double age, double horizon)
    {
        var alive = Alive(repeats, last, age);
        return alive * After(repeats, age).Probability(orders, horizon) + (orders == 0 ? 1 - alive : 0);
    }

    /// <summary>Probabilities of 0 to <paramref name="most"/> repeat orders of a new customer up to <paramref name="time"/>.</summary>
    public abstract double[] Probabilities(int most, double time);

    /// <summary>Log-likelihood of one history.</summary>
    public abstract double LogLikelihood(int repeats, double last, double age);

    /// <summary>Log-likelihood of all histories.</summary>
    public double LogLikelihood(Histories histories)
    {
        var sum = 0.0;
        foreach (var run in histories.Runs)
            for (var group = run.From; group < run.To; group++)
                sum += histories.Count[group] * LogLikelihood(run.Repeats, histories.Last[group] / histories.DaysPerUnit, run.Age / histories.DaysPerUnit);
        return sum;
    }

    /// <summary>The same belief with time told in another unit: of <paramref name="factor"/> old units.</summary>
    public abstract RepeatModel InUnitsOf(double factor);

    /// <summary>Time at which the formulas end, before the first order: the distance over which they are smooth.</summary>
    internal abstract double Nearest { get; }

    /// <summary>ln of the odds that the customer has left; minus infinity where they cannot have.</summary>
    internal abstract double LogGone(int repeats, double last, double age);

    private protected static double Positive(double value, string name) =>
        value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "A parameter is a positive number.");

    private protected static void Check(int repeats, double last, double age)
    {
        if (repeats < 0 || !(last >= 0) || !(age >= last) || double.IsInfinity(age)) throw new ArgumentException($"{repeats} repeats, the last at {last} of {age}: no such history exists.");
    }
}

/// <summary>Orders expected over a while, and the same with later ones discounted.</summary>
public readonly record struct Outlook(double Orders, double Discounted);
