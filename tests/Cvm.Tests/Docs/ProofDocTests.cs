using System.Globalization;
using System.Text.RegularExpressions;

namespace Cvm.Tests;

/// <summary>The figures that docs/proof.md names are those of the program.</summary>
public sealed class ProofDocTests
{
    static readonly string Text = File.ReadAllText(Repository.File("docs/proof.md"));

    [Fact]
    public void The_people_of_the_example_are_reckoned_so() =>
        Assert.Equal(TestSize.OfRate(0.10, 0.02, 0.10), long.Parse(Regex.Match(Text, @"it takes ([\d,]+) people").Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));

    [Fact]
    public void The_price_of_looking_daily_is_named() =>
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"it reaches {Lift.Reach(Lift.Planned) / SurveyFigures.Z:0.00} times as far at {Lift.Planned:#,0} people measured"), Text);
}
