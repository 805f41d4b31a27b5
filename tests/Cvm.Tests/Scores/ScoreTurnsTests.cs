using System.Globalization;
using System.Text.RegularExpressions;
using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>What is said to turn a score turns it, and nothing less does.</summary>
public sealed partial class ScoreTurnsTests
{
    static readonly DateOnly Day = new(2027, 3, 1);
    static readonly Playbook Shop = Some.Playbook();

    static IEnumerable<Standing> Standings()
    {
        var random = new Random(7);
        for (var i = 0; i < 400; i++)
        {
            var days = 1 + random.Next(12);
            var first = Day.DayNumber - random.Next(900);
            var last = days == 1 ? first : first + random.Next(Day.DayNumber - first + 1);
            var orders = days + random.Next(3);
            yield return new()
            {
                Customer = "ann",
                First = first,
                Last = last,
                Days = days,
                Orders = orders,
                Coupons = random.Next(orders + 1),
                Troubles = random.Next(4),
                Spent = Math.Round(random.NextDouble() * 1_500, 2),
                Refunded = Math.Round(random.NextDouble() * 60, 2),
                Mark = i % 3 == 0 ? "" : new Scores { Value = (Band)random.Next(3) }.Mark,
            };
        }
    }

    [Fact]
    public void Stages_turn_on_the_day_that_is_told()
    {
        var told = 0;
        foreach (var one in Standings())
        {
            var past = one.Past(Day.DayNumber);
            string After(int days) => ScoreWords.Of(Stages.Of(one.Days, past.AgeDays + days, Day.DayNumber - one.Last + days, Shop.Scores.Stages));
            foreach (var match in new ScoreTurns(one, Shop, Day).Stage().Select(turn => Silent().Match(turn)).Where(match => match.Success))
            {
                var days = int.Parse(match.Groups[2].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
                Assert.Equal((match.Groups[1].Value, After(0)), (After(days), After(days - 1)));
                told++;
            }
        }

        Assert.True(told > 200);
    }

    [Fact]
    public void Value_turns_with_the_cent_that_is_told()
    {
        var told = 0;
        foreach (var one in Standings())
        {
            string With(decimal more) => ScoreWords.Of(ValueBands.Of(Math.Round((decimal)one.Net, 2) + more, Scores.ValueOf(one.Mark), Shop.Policies.ValueFrom, Shop.Scores.ValueSlack));
            foreach (var match in new ScoreTurns(one, Shop, Day).Value().Select(turn => Money().Match(turn)))
            {
                var (amount, way) = (decimal.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), match.Groups[3].Value == "spent" ? 1 : -1);
                Assert.Equal((match.Groups[1].Value, With(0)), (With(way * amount), With(way * (amount - 0.01m))));
                told++;
            }
        }

        Assert.True(told > 400);
    }

    [Fact]
    public void Needs_turn_with_as_many_signs_as_are_told()
    {
        var told = 0;
        foreach (var one in Standings())
        {
            foreach (var match in new ScoreTurns(one, Shop, Day).Need().Select(turn => Signs().Match(turn)))
            {
                var count = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
                var (orders, coupons, troubles) = match.Groups[3].Value switch { var what when what.EndsWith("with a coupon", StringComparison.Ordinal) => (1, 1, 0), var what when what.EndsWith("without a coupon", StringComparison.Ordinal) => (1, 0, 0), _ => (0, 0, 1) };
                string Then(int n) => ScoreWords.Of(Needs.Of(one.Orders + n * orders, one.Coupons + n * coupons, one.Troubles + n * troubles, Shop.Scores.Needs));
                Assert.Equal((match.Groups[1].Value, Then(0)), (Then(count), Then(count - 1)));
                told++;
            }
        }

        Assert.True(told > 400);
    }

    [Theory]
    [InlineData(0.5, 10, "middle with 15.00 EUR more to expect within a year")]
    [InlineData(0.5, 40, "high with 60.00 EUR more to expect within a year; low with more than 15.00 EUR less to expect within a year; low below a chance of staying of 20%")]
    [InlineData(0.1, 40, "middle from a chance of staying of 20% on")]
    [InlineData(0.1, 10, "")]
    public void Potential_turns_with_what_is_to_be_expected(double alive, double value, string turns) =>
        Assert.Equal(turns, string.Join("; ", new ScoreTurns(new() { Customer = "ann", Mark = "" }, Shop, Day).Potential(new() { Alive = alive, Value365 = value })));

    [Theory]
    [InlineData(Band.High, Band.Middle, "strategic with a potential that is high")]
    [InlineData(Band.Middle, Band.Middle, "general with a value that is low; general with a potential that is low")]
    [InlineData(Band.Low, Band.Low, "")]
    public void Relationship_turns_with_value_or_potential(Band value, Band potential, string turns) =>
        Assert.Equal(turns, string.Join("; ", new ScoreTurns(new() { Customer = "ann", Mark = "" }, Shop, Day).Relationship(new() { Value = value, Potential = potential })));

    [GeneratedRegex(@"^(\S+) after ([\d,]+) days? more without an order$")]
    private static partial Regex Silent();

    [GeneratedRegex(@"^(\S+) with ([\d,.]+) EUR more (spent|refunded)$")]
    private static partial Regex Money();

    [GeneratedRegex(@"^(\S+) with (\d+) more (.+)$")]
    private static partial Regex Signs();
}
