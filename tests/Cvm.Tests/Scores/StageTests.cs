using FsCheck;
using FsCheck.Fluent;

namespace Cvm.Tests;

public sealed class StageTests
{
    static readonly StageRules Rules = new();

    [Theory]
    [InlineData(0, 0, 0, Stage.Prospect)]
    [InlineData(1, 0, 0, Stage.New)]
    [InlineData(1, 90, 90, Stage.New)] // one order: the rhythm is the prior of 45 days
    [InlineData(1, 91, 91, Stage.AtRisk)]
    [InlineData(1, 271, 271, Stage.Lapsed)]
    [InlineData(2, 60, 0, Stage.Repeat)]
    [InlineData(4, 100, 3, Stage.Mature)]
    [InlineData(8, 364, 3, Stage.Mature)]
    [InlineData(8, 365, 3, Stage.Loyal)]
    [InlineData(52, 400, 30, Stage.AtRisk)] // a weekly customer, a month away
    [InlineData(52, 400, 60, Stage.Lapsed)]
    [InlineData(4, 1000, 60, Stage.Mature)] // a yearly customer, two months away
    [InlineData(10_000, 3_650, 0, Stage.Loyal)]
    [InlineData(3, 50, -1, Stage.Repeat)] // an order dated tomorrow
    public void Stages_follow_the_customers_own_rhythm(int days, double age, double silence, Stage stage) =>
        Assert.Equal(stage, Stages.Of(days, age, silence, Rules));

    [Fact]
    public void The_rhythm_is_that_of_the_dossier()
    {
        var (first, last) = (new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 17, 12, 0, 0, TimeSpan.Zero));

        Assert.Equal(new Purchases { First = first, Last = last, Days = 4 }.RhythmDays, Stages.Rhythm(4, 75));
    }

    [Fact]
    public void Silence_never_brings_a_customer_back() =>
        Prop.ForAll(Gen.Choose(1, 200).ToArbitrary(), Gen.Choose(0, 3_000).ToArbitrary(), (days, span) =>
        {
            var before = Stage.Prospect;
            for (var silence = 0; silence < 3_000; silence += 7)
            {
                var stage = Stages.Of(days, span + silence, silence, Rules);
                if (before >= Stage.AtRisk && stage < before) return false;
                before = stage;
            }

            return before >= Stage.AtRisk || 2 * Stages.Rhythm(days, span) > 2_990;
        }).Check(Config.QuickThrowOnFailure.WithReplay(1, 3));
}
