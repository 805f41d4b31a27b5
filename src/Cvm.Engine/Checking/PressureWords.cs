using System.Globalization;

namespace Cvm.Engine;

/// <summary>The pressure bound in words, for the command line and pages.</summary>
public static class PressureWords
{
    /// <summary>Lines that say the bound: in all, by purpose and channel, and the steps that do it.</summary>
    public static IEnumerable<string> Of(Pressure pressure)
    {
        var endless = pressure.All.Each.Length;
        var beside = endless == 0 ? "" : $"; and beside them so many for each event of {endless} journey{(endless == 1 ? "" : "s")} that nothing bounds";
        yield return $"Pressure: at most {Messages(pressure.All)} to one person in any {Pressure.Days} days{beside}.";

        foreach (var purpose in Enum.GetValues<Purpose>())
        {
            var figure = pressure.Of(null, purpose);
            if (figure.Most == 0 && figure.Each.IsEmpty) continue;

            var channels = Enum.GetValues<Channel>().Select(channel => $"{(channel == Channel.Email ? "e-mail" : "SMS")} {pressure.Of(channel, purpose).Most}");
            yield return $"  {purpose.ToString().ToLowerInvariant()}: {Messages(figure)} ({string.Join(", ", channels)}){Capped(figure)}";
            foreach (var share in figure.Shares) yield return $"    {share.Journey} {share.Most}: {Path(share)}";
            foreach (var share in figure.Each) yield return $"    {share.Journey} {share.Most} for each {string.Join(" or ", share.Events.Select(Event))}: {Path(share)}";
        }
    }

    static string Messages(PressureFigure figure) => figure.Most == 1 ? "1 message" : $"{figure.Most} messages";

    static string Event(string name) => name == "started" ? "start by another journey" : name;

    static string Capped(PressureFigure figure) => figure.Uncapped == figure.Most ? "" : figure.Uncapped is { } without ? $", held by caps: {without} without" : ", held by caps: without them as many as there are events";

    /// <summary>The messages in order, each with when it comes: <c>a, b 3 days later</c>.</summary>
    public static string Path(PressureShare share)
    {
        var (words, before) = (new List<string>(), 0.0);
        foreach (var step in share.Path)
        {
            var apart = step.At - before;
            words.Add(step.Step + (words.Count == 0 ? "" : apart < 0.5 / 24 ? " at once" : $" {Span(apart)} later"));
            before = step.At;
        }

        var late = share.Path.Where(step => step.Late > WalkTimes.ClockChange).Select(step => $"{step.Step} on its way for {Span(step.Late)}").ToList();
        return string.Join(", ", words) + (late.Count > 0 ? $" ({string.Join(", ", late)})" : "");
    }

    // The bound allows for changes of the clocks, which would only confuse here.
    static string Span(double days) => Math.Round(days + WalkTimes.ClockChange / 2, 0) is >= 1 and var whole ? $"{whole.ToString(CultureInfo.InvariantCulture)} day{(whole == 1 ? "" : "s")}"
        : $"{Math.Round(days * 24, 0).ToString(CultureInfo.InvariantCulture)} h";
}
