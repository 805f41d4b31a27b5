namespace Cvm.Tests;

public sealed class ShareCheckTests
{
    [Fact]
    public void The_odds_are_those_of_a_beta_binomial()
    {
        // One coin seen once: with a symmetric prior the next person is as likely in either group.
        Assert.Equal(0, ShareCheck.LogOdds([1, 0], [0.5, 0.5]), 12);

        // Two of a kind: (50/100)(51/101) against a quarter.
        Assert.Equal(Math.Log(0.5 * 51 / 101 / 0.25), ShareCheck.LogOdds([2, 0], [0.5, 0.5]), 12);
        Assert.Equal(0, ShareCheck.LogOdds([0, 0, 0], [0.2, 0.3, 0.5]), 12);
    }

    [Fact]
    public void Groups_that_match_are_left_alone_however_often_one_looks()
    {
        var alarms = 0;
        for (var run = 0; run < 300; run++)
        {
            var (random, counts) = (new Random(31 * run + 5), new long[3]);
            for (var person = 0; person < 5_000; person++)
            {
                var point = random.NextDouble();
                counts[point < 0.1 ? 0 : point < 0.55 ? 1 : 2]++;
                if (person % 25 != 0 || !ShareCheck.Warns(counts, [0.1, 0.45, 0.45])) continue;
                alarms++;
                break;
            }
        }

        Assert.InRange(alarms, 0, 2);
    }

    [Theory]
    [InlineData(900, 100, false)]
    [InlineData(930, 70, false)]
    [InlineData(960, 40, true)]
    [InlineData(1_000, 0, true)]
    [InlineData(8_800, 1_200, true)]
    public void Groups_that_do_not_match_are_told(long members, long heldOut, bool warns) => Assert.Equal(warns, ShareCheck.Warns([members, heldOut], [0.9, 0.1]));

    [Fact]
    public void Every_group_needs_its_share() => Assert.Throws<ArgumentOutOfRangeException>(() => ShareCheck.LogOdds([1, 2], [1]));
}
