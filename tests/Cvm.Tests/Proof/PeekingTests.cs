namespace Cvm.Tests;

/// <summary>Comparisons whose truth is known, looked at every day. Same seeds, same story.</summary>
public sealed class PeekingTests
{
    const int Runs = 400, Days = 120, PerDay = 40;

    // A tenth of them buys, for sums as shops see them: many small, few large.
    static double Shopper(Random random, double buys) => random.NextDouble() >= buys ? -0.07
        : Math.Exp(3.4 + 0.7 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    // A group as it fills: the people, and how many of them did something.
    record struct Group(Sample All, int Did)
    {
        public void Add(double figure) => (All, Did) = (All + new Sample(1, figure, figure * figure), Did + (figure > 0 ? 1 : 0));
    }

    static Lift Rate(Group members, Group others) => Lift.Between(Sample.Of(members.Did, members.All.Count), Sample.Of(others.Did, others.All.Count));

    static Lift Money(Group members, Group others) => Lift.OfMoney(members.All, members.Did, others.All, others.Did);

    // In how many runs some day's interval left out the truth, and what the last days said on average.
    static (int Missed, double Mean) Watch(double heldOut, Func<Random, bool, double> person, double truth, Func<Group, Group, Lift> of)
    {
        var (missed, sum) = (0, 0.0);
        for (var run = 0; run < Runs; run++)
        {
            var random = new Random(7_919 * run + 1);
            var (members, others, miss) = (new Group(), new Group(), false);
            for (var day = 0; day < Days; day++)
            {
                for (var i = 0; i < PerDay; i++)
                {
                    var member = random.NextDouble() >= heldOut;
                    if (member) members.Add(person(random, member));
                    else others.Add(person(random, member));
                }

                var lift = of(members, others);
                miss |= truth < lift.Low || truth > lift.High;
            }

            if (miss) missed++;
            sum += of(members, others).Value;
        }

        return (missed, sum / Runs);
    }

    // The most of so many runs that an interval may miss which is right in 95 of 100: three standard errors above.
    static int MostMissed => (int)(Runs * 0.05 + 3 * Math.Sqrt(Runs * 0.05 * 0.95));

    [Theory]
    [InlineData(0.12, 0.12, 0.2)]
    [InlineData(0.03, 0.02, 0.2)]
    [InlineData(0.02, 0.02, 0.1)]
    [InlineData(0.40, 0.30, 0.5)]
    public void A_rate_watched_daily_is_missed_as_seldom_as_promised(double members, double others, double heldOut)
    {
        var (missed, mean) = Watch(heldOut, (random, member) => random.NextDouble() < (member ? members : others) ? 1 : 0, members - others, Rate);

        Assert.InRange(missed, 0, MostMissed);
        Assert.InRange(mean, members - others - 0.002, members - others + 0.002);
    }

    [Theory]
    [InlineData(0.14, 0.10, 0.2)]
    [InlineData(0.02, 0.02, 0.1)]
    public void So_is_money_with_its_many_zeros_and_few_large_orders(double members, double others, double heldOut)
    {
        var truth = (members - others) * (Math.Exp(3.4 + 0.245) + 0.07);

        var (missed, mean) = Watch(heldOut, (random, member) => Shopper(random, member ? members : others), truth, Money);

        Assert.InRange(missed, 0, MostMissed);
        Assert.InRange(mean, truth - 0.08, truth + 0.08);
    }

    [Fact]
    public void The_interval_of_a_single_look_fails_the_same_test()
    {
        var (missed, _) = Watch(0.2, (random, _) => random.NextDouble() < 0.12 ? 1 : 0, 0, (a, b) => a.All.Count < Lift.Fewest || b.All.Count < Lift.Fewest ? new(0, -1, 1) : Lift.AtOneLook(a.All, b.All));

        Assert.True(missed > 3 * MostMissed, $"missed in {missed} of {Runs}");
    }

    [Fact]
    public void The_people_it_asks_for_are_enough()
    {
        const double heldOut = 0.2;
        var people = TestSize.OfRate(0.10, 0.06, heldOut);
        var seen = 0;
        for (var run = 0; run < Runs; run++)
        {
            var random = new Random(104_729 * run + 3);
            var (members, others, found) = (new Group(), new Group(), false);
            for (var one = 1; one <= people; one++)
            {
                var member = random.NextDouble() >= heldOut;
                var figure = random.NextDouble() < (member ? 0.16 : 0.10) ? 1 : 0;
                if (member) members.Add(figure);
                else others.Add(figure);
                if (one % PerDay == 0 || one == people) found |= Rate(members, others).Low > 0;
            }

            if (found) seen++;
        }

        Assert.InRange(seen / (double)Runs, TestSize.Power - 0.03, TestSize.Power + 0.1);
    }
}
