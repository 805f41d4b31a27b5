namespace Cvm.Tests;

public sealed class LiftTests
{
    [Fact]
    public void The_interval_is_the_one_of_the_papers()
    {
        var (group, other) = (new Sample(1_500, 300, 300), new Sample(500, 50, 50));

        var lift = Lift.Between(group, other);

        // Robbins' mixture solved for the difference at which its martingale reaches 1/a, with the prior's variance as the remarks choose it.
        var v = 0.2 * 0.8 * 1_500 / 1_499 / 1_500 + 0.1 * 0.9 * 500 / 499 / 500;
        var prior = (-2 * Math.Log(0.05) + Math.Log(1 - 2 * Math.Log(0.05))) * v;
        var reach = lift.High - lift.Value;
        var martingale = Math.Sqrt(v / (v + prior)) * Math.Exp(prior * reach * reach / (2 * v * (v + prior)));
        Assert.Equal(0.1, lift.Value, 12);
        Assert.Equal(20, martingale, 9);
        Assert.Equal(lift.Value - lift.Low, reach, 12);
    }

    [Theory]
    [InlineData(2_000, 3.0352)]
    [InlineData(200, 3.8551)]
    [InlineData(20_000, 3.2417)]
    public void It_reaches_so_many_standard_errors(int people, double errors) => Assert.Equal(errors, Lift.Reach(people), 4);

    [Fact]
    public void No_other_choice_is_tighter_where_it_is_meant_to_be()
    {
        double ReachWith(double c) => Math.Sqrt((1 + c) / c * (Math.Log(1 + c) - 2 * Math.Log(Lift.Miss)));

        var best = Enumerable.Range(1, 400).Min(step => ReachWith(step / 10.0));

        Assert.InRange(Lift.Reach(Lift.Planned), best - 1e-9, best * 1.001);
    }

    [Fact]
    public void Too_few_people_give_no_interval()
    {
        var lift = Lift.Between(Sample.Of(30, 200), Sample.Of(1, Lift.Fewest - 1));

        Assert.False(lift.Known);
        Assert.False(lift.Certain);
        Assert.True(double.IsNaN(Lift.Between(new(), new()).Value));
    }

    [Fact]
    public void A_sample_knows_its_mean_and_spread()
    {
        var sample = Sample.Of([1.0, 2.0, 6.0]);

        Assert.Equal((3, 3.0, 7.0), (sample.Count, sample.Mean, sample.Variance));
        Assert.True(double.IsNaN(Sample.Of([1.0]).Variance));
    }

    [Fact]
    public void A_group_in_which_nobody_has_done_anything_is_not_certain()
    {
        var none = Sample.Of(0, 98);

        Assert.Equal((98, 0.0), (none.Count, none.Mean));
        Assert.Equal(0.01 * 0.99, none.Variance, 12);
        Assert.False(Lift.OfMoney(new(500, 100, 3_000), 9, new(500, 900, 90_000), 30).Known);
        Assert.True(Lift.OfMoney(new(500, 100, 3_000), 10, new(500, 900, 90_000), 30).Known);
    }
}
