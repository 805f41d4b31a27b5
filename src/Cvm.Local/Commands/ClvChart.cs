using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Cvm.Local;

/// <summary>Draws forecast beside actual, as an SVG file that needs nothing else.</summary>
static class ClvChart
{
    const int Width = 460, Height = 320, Left = 56, Right = 16, Top = 56, Bottom = 72;
    const string Forecast = "#2563eb", Actual = "#111827";

    /// <summary>One panel: groups of customers, and the mean of each.</summary>
    public sealed record Panel(string Title, string Below, ImmutableArray<CheckedGroup> Groups, Func<int, string> Label);

    public static string Svg(params Panel[] panels)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width * panels.Length} {Height}\" width=\"{Width * panels.Length}\" height=\"{Height}\" font-family=\"system-ui, sans-serif\" font-size=\"12\" role=\"img\">\n");
        svg.Append("<title>Orders per customer in the holdout: forecast and actual</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        for (var i = 0; i < panels.Length; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({i * Width} 0)\">\n");
            Draw(svg, panels[i]);
            svg.Append("</g>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    static void Draw(StringBuilder svg, Panel panel)
    {
        var top = Nice(panel.Groups.Select(group => Math.Max(group.Forecast, group.Actual)).DefaultIfEmpty(1).Max());
        double X(int i) => Left + (i + 0.5) * (Width - Left - Right) / panel.Groups.Length;
        double Y(double value) => Height - Bottom - value / top * (Height - Top - Bottom);

        Text(svg, Left, 20, "start", "#111827", panel.Title, 14);
        Text(svg, Left, 38, "start", Actual, "● actual");
        Text(svg, Left + 70, 38, "start", Forecast, "○ forecast, mean orders per customer");
        for (var tick = 0; tick <= 4; tick++)
        {
            var value = top * tick / 4;
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):F1}\" y2=\"{Y(value):F1}\" stroke=\"#e5e7eb\"/>\n");
            Text(svg, Left - 8, Y(value) + 4, "end", "#4b5563", value.ToString("0.###", CultureInfo.InvariantCulture));
        }

        for (var i = 0; i < panel.Groups.Length; i++)
        {
            Text(svg, X(i), Height - Bottom + 18, "middle", "#111827", panel.Label(panel.Groups[i].Group));
            Text(svg, X(i), Height - Bottom + 33, "middle", "#6b7280", panel.Groups[i].Customers.ToString("N0", CultureInfo.InvariantCulture), 9);
        }

        Text(svg, Left + (Width - Left - Right) / 2.0, Height - 16, "middle", "#4b5563", $"{panel.Below}; customers in grey", 11);
        Line(svg, Actual, "", panel.Groups.Select((group, i) => (X(i), Y(group.Actual))), Actual);
        Line(svg, Forecast, " stroke-dasharray=\"5 4\"", panel.Groups.Select((group, i) => (X(i), Y(group.Forecast))), "#fff");
    }

    static void Line(StringBuilder svg, string colour, string dashes, IEnumerable<(double X, double Y)> points, string fill)
    {
        var all = points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:F1},{point.Y:F1}")).ToList();
        svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dashes} points=\"{string.Join(' ', all)}\"/>\n");
        foreach (var point in all.Select(text => text.Split(','))) svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{point[0]}\" cy=\"{point[1]}\" r=\"4\" fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"2\"/>\n");
    }

    static void Text(StringBuilder svg, double x, double y, string anchor, string colour, string text, int size = 12) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\" fill=\"{colour}\" font-size=\"{size}\">{text}</text>\n");

    // The next of 1, 2, 4 and 8 times a power of ten, so that quarters of it read well.
    static double Nice(double most)
    {
        if (!(most > 0)) return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return ((double[])[1, 2, 4, 8, 10]).First(step => step * power >= most * 0.9999) * power;
    }
}
