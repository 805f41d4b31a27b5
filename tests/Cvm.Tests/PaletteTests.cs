using System.Globalization;
using System.Text.RegularExpressions;

namespace Cvm.Tests;

/// <summary>Letters and lines of the pages stand out from what is behind them, by light, by dark and on paper: WCAG 2.2, 1.4.3 and 1.4.11.</summary>
public sealed partial class PaletteTests
{
    const double Letters = 4.5, Lines = 3;

    static readonly string Style = File.ReadAllText(Repository.File("src/Cvm.Web/app.css"));

    public static TheoryData<int> Palettes => [.. Enumerable.Range(0, Blocks().Count(Style))];

    [Fact]
    public void There_is_one_for_light_for_dark_and_for_paper() => Assert.Equal(3, Blocks().Count(Style));

    [Theory, MemberData(nameof(Palettes))]
    public void Letters_can_be_read(int palette)
    {
        var colours = Colours(palette);

        foreach (var letters in new[] { "ink", "soft", "accent", "warn", "wrong" })
        {
            foreach (var ground in new[] { colours["paper"], colours["wash"], Mixed(colours["accent"], colours["paper"], 0.12) })
                Enough(Letters, colours[letters], ground, $"--{letters}");
        }

        foreach (var button in new[] { "accent", "wrong" }) Enough(Letters, colours["paper"], colours[button], $"--paper on --{button}");
        Enough(Letters, colours["ink"], Mixed(colours["accent"], colours["paper"], 0.48), "--ink on the darkest cell");
        Enough(Letters, colours["accent"], Mixed(colours["warn"], colours["paper"], 0.12), "a link in the banner");
    }

    [Theory, MemberData(nameof(Palettes))]
    public void Shapes_of_charts_can_be_told_from_the_paper(int palette)
    {
        var colours = Colours(palette);

        foreach (var series in new[] { "s0", "s1", "s2", "s3", "s4", "soft", "accent" }) Enough(Lines, colours[series], colours["paper"], $"--{series}");
    }

    [Fact]
    public void Every_colour_has_a_name() => Assert.Empty(Named().Matches(Blocks().Replace(Style, "")).Select(match => match.Value).Except(["#fff", "#14171c"]));

    static void Enough(double least, double[] front, double[] back, string what)
    {
        var (a, b) = (Light(front) + 0.05, Light(back) + 0.05);
        Assert.True(Math.Max(a, b) / Math.Min(a, b) >= least, $"{what}: {Math.Max(a, b) / Math.Min(a, b):0.00}");
    }

    // Those of a palette, with the light ones for what it leaves as it is.
    static Dictionary<string, double[]> Colours(int palette)
    {
        var blocks = Blocks().Matches(Style).Select(match => match.Value).ToList();
        var colours = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var block in new[] { blocks[0], blocks[palette] })
            foreach (Match colour in Properties().Matches(block)) colours[colour.Groups[1].Value] = Parts(colour.Groups[2].Value);
        return colours;
    }

    static double[] Parts(string hex) => [.. Enumerable.Range(0, 3).Select(i => int.Parse(hex.AsSpan(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)];

    static double[] Mixed(double[] one, double[] other, double share) => [.. one.Zip(other, (a, b) => a * share + b * (1 - share))];

    // Relative luminance, as WCAG defines it.
    static double Light(double[] colour)
    {
        var linear = colour.Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4)).ToArray();
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }

    [GeneratedRegex(@":root \{[^}]*\}")]
    private static partial Regex Blocks();

    [GeneratedRegex("--([a-z0-9]+): #([0-9a-f]{6})")]
    private static partial Regex Properties();

    [GeneratedRegex("#[0-9a-f]{6}|#[0-9a-f]{3}\\b")]
    private static partial Regex Named();
}
