using Cvm.Engine;

namespace Cvm.Web;

/// <summary>The pressure bound in the reader's language.</summary>
static class PressureText
{
    const double AtOnce = 0.5 / 24;

    public static string Most(Pressure pressure) => T("From all journeys together one person gets at most {0} in any {1} days.", Words.Count(pressure.All.Most, "message"), Pressure.Days);

    /// <summary>The messages in order, each with when it comes: <c>a, b 3 days later</c>.</summary>
    public static string Path(PressureShare share)
    {
        var (words, before) = (new List<string>(), 0.0);
        foreach (var step in share.Path)
        {
            var apart = step.At - before;
            words.Add(words.Count == 0 ? step.Step : apart < AtOnce ? T("{0} at once", step.Step) : T("{0} {1} later", step.Step, Span(apart)));
            before = step.At;
        }

        return string.Join(", ", words);
    }

    static string Span(double days) => days < 0.95 ? Words.Count((long)Math.Ceiling(days * 24), "hour") : Words.Count((long)Math.Round(days), "day");
}
