namespace Cvm.Tests;

public sealed class TestSizeTests
{
    [Fact]
    public void A_smaller_effect_or_a_smaller_holdout_takes_more_people()
    {
        var usual = TestSize.OfRate(0.10, 0.02, 0.10);

        Assert.True(TestSize.OfRate(0.10, 0.01, 0.10) > 3.5 * usual);
        Assert.True(TestSize.OfRate(0.10, 0.02, 0.50) < usual / 2);
        Assert.Equal(usual, TestSize.Of(0.02, 0.12 * 0.88, 0.1 * 0.9, 0.10));
    }

    [Fact]
    public void The_number_is_the_first_at_which_it_is_seen()
    {
        double Seen(long people) => Math.Sqrt((0.12 * 0.88 / 0.5 + 0.1 * 0.9 / 0.5) / people) * (Lift.Reach(people) + 0.8416212335729143);

        var people = TestSize.OfRate(0.10, 0.02, 0.50);

        Assert.True(Seen(people) <= 0.02 && Seen(people - 1) > 0.02);
    }

    [Fact]
    public void Each_group_gets_the_fewest_at_least_and_hopeless_ones_never_end()
    {
        Assert.Equal(500, TestSize.OfRate(0.10, 0.85, 0.10));
        Assert.Equal(TestSize.Most, TestSize.OfRate(0.10, 0.0000001, 0.10));
        Assert.Throws<ArgumentOutOfRangeException>(() => TestSize.OfRate(0.1, 0, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TestSize.OfRate(0.1, 0.1, 0));
    }

    [Fact]
    public void Weeks_count_the_time_each_is_measured() => Assert.Equal(10 + 2, TestSize.Weeks(1_000, 100, TimeSpan.FromDays(14)));
}
