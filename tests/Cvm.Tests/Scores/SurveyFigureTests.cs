using FsCheck;
using FsCheck.Fluent;

namespace Cvm.Tests;

public sealed class SurveyFigureTests
{
    [Fact]
    public void Nps_and_its_variance_are_those_of_the_field()
    {
        // 50 promoters, 30 passives, 20 detractors: p = .5, d = .2.
        int[] answers = [.. Enumerable.Repeat(10, 25), .. Enumerable.Repeat(9, 25), .. Enumerable.Repeat(8, 15), .. Enumerable.Repeat(7, 15), .. Enumerable.Repeat(6, 10), .. Enumerable.Repeat(0, 10)];

        var nps = SurveyFigures.Nps(answers)!.Value;

        Assert.Equal(30, nps.Value, 10);
        Assert.Equal(10_000 * (0.7 - 0.09) / 100, nps.Variance, 10);
        Assert.InRange(nps.Low, 12, 15);
        Assert.InRange(nps.High, 42, 46);
    }

    [Fact]
    public void Csat_is_the_share_of_the_top_two()
    {
        var csat = SurveyFigures.Csat([5, 4, 4, 3, 1, 0, 6])!.Value;

        Assert.Equal((60, 5), (csat.Value, csat.Answers)); // 0 and 6 are off the scale
        Assert.Equal((23.07, 88.24), (Math.Round(csat.Low, 2), Math.Round(csat.High, 2)));
    }

    [Fact]
    public void Ces_is_the_mean_with_students_interval()
    {
        var ces = SurveyFigures.Ces([5, 6, 7, 4, 6])!.Value;

        // Deviation 1.140, over the root of 5: 0.510; times 2.776.
        Assert.Equal((5.6, 4.18, 7.0), (Math.Round(ces.Value, 3), Math.Round(ces.Low, 2), Math.Round(ces.High, 2)));
        Assert.Equal((7, 1, 7), Of(SurveyFigures.Ces([7])!.Value));
    }

    [Theory]
    // Wilson's interval as Newcombe 1998 (Statistics in Medicine 17, table I, method 3) prints it.
    [InlineData(81, 263, 0.2553, 0.3662), InlineData(15, 148, 0.0624, 0.1605), InlineData(0, 20, 0, 0.1611), InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_is_as_published(double successes, double of, double low, double high)
    {
        var interval = SurveyFigures.Wilson(successes, of);

        Assert.Equal((low, high), (Math.Round(interval.Low, 4), Math.Round(interval.High, 4)));
    }

    [Fact]
    public void Any_answers_give_a_figure_within_its_interval_and_scale() =>
        Prop.ForAll(Gen.Choose(-2, 12).ArrayOf().ToArbitrary(), Gen.Elements(SurveyKind.Csat, SurveyKind.Nps, SurveyKind.Ces).ToArbitrary(), (answers, kind) =>
        {
            var (least, most) = kind switch { SurveyKind.Csat => (0, 100), SurveyKind.Nps => (-100, 100), _ => (1, 7) };
            if (SurveyFigures.Of(kind, answers) is not { } figure) return true;
            return figure.Low >= least && figure.Low <= figure.Value + 1e-9 && figure.Value <= figure.High + 1e-9 && figure.High <= most && figure.Variance >= 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithReplay(1, 3));

    [Fact]
    public void Nobody_answered_is_no_figure()
    {
        Assert.Null(SurveyFigures.Csat([]));
        Assert.Null(SurveyFigures.Nps([-1, 11]));
        Assert.Null(SurveyFigures.Ces([0]));
    }

    static (double, double, double) Of(SurveyFigure estimate) => (estimate.Value, estimate.Low, estimate.High);
}
