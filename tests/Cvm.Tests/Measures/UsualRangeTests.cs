using Cvm.Engine;

namespace Cvm.Tests.Measures;

public class UsualRangeTests
{
    const int Shops = 4_000;
    static readonly UsualRule Rule = new();

    public static TheoryData<string> Kinds => ["wobbling by 5 percent", "a few a week", "hundreds a week", "more than chance"];

    [Theory, MemberData(nameof(Kinds))]
    public void Steady_weeks_are_out_of_their_range_about_once_in_a_hundred(string kind)
    {
        var random = new Random(11);

        var alarms = Enumerable.Range(0, Shops).Count(_ => Side(random, kind, 1) != 0);

        Assert.InRange((double)alarms / Shops, 0, 0.02);
    }

    [Theory]
    [InlineData("wobbling by 5 percent", 0.67, 0.93)]
    [InlineData("hundreds a week", 0.5, 0.97)]
    [InlineData("hundreds a week", 1.6, 0.97)]
    [InlineData("a few a week", 5, 0.92)]
    public void A_shift_is_seen_in_its_first_week(string kind, double times, double least)
    {
        var random = new Random(12);

        var seen = Enumerable.Range(0, Shops).Count(_ => Side(random, kind, times) == (times < 1 ? -1 : 1));

        Assert.InRange((double)seen / Shops, least, 1);
    }

    [Fact]
    public void A_few_odd_weeks_do_not_move_the_range()
    {
        double[] calm = [100, 104, 97, 101, 99, 103, 98, 102, 100, 96, 105, 100, 99];
        double[] odd = [100, 104, 97, 900, 99, 103, 98, 0, 100, 96, 105, 100, 2_000];

        var (usual, shaken) = (UsualRange.Of(calm, false, Rule)!.Value, UsualRange.Of(odd, false, Rule)!.Value);

        Assert.Equal(usual.Median, shaken.Median, 1.0);
        Assert.InRange(shaken.High - shaken.Low, 1, 2 * (usual.High - usual.Low));
        Assert.Equal(-1, shaken.Side(60));
    }

    [Fact]
    public void Nothing_is_said_where_the_past_is_short_and_weeks_without_a_value_are_none()
    {
        Assert.Null(UsualRange.Of([1, 2, 3, 4, 5, 6, 7], false, Rule));
        Assert.Null(UsualRange.Of([1, 2, 3, 4, 5, 6, 7, double.NaN, double.NaN], false, Rule));
        Assert.NotNull(UsualRange.Of([1, 2, 3, 4, 5, 6, 7, 8], false, Rule));
    }

    [Fact]
    public void Counts_that_never_change_have_room_for_chance_and_never_fall_below_nothing()
    {
        var range = UsualRange.Of(Enumerable.Repeat(4.0, 13), counted: true, Rule)!.Value;

        Assert.Equal((0, 12), (range.Low, range.High));
        Assert.Equal(0, range.Side(0));
    }

    static int Side(Random random, string kind, double times)
    {
        var counted = kind != "wobbling by 5 percent";
        var range = UsualRange.Of([.. Enumerable.Range(0, Rule.Weeks).Select(_ => Week(random, kind, 1))], counted, Rule)!.Value;
        return range.Side(Week(random, kind, times));
    }

    static double Week(Random random, string kind, double times) => kind switch
    {
        "a few a week" => Poisson(random, 4 * times),
        "hundreds a week" => Poisson(random, 300 * times),
        "more than chance" => Poisson(random, 300 * times * Math.Exp(0.1 * Normal(random))),
        _ => 1_000 * times * (1 + 0.05 * Normal(random)),
    };

    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    static double Poisson(Random random, double mean)
    {
        var (count, time) = (0, 0.0);
        while ((time += -Math.Log(1 - random.NextDouble())) < mean) count++;
        return count;
    }
}
