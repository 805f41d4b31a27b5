namespace Cvm.Web;

/// <summary>Lines of a timeline as sentences, in the reader's language and by the customer's clock.</summary>
static class Telling
{
    public static string Of(Line line, string zone)
    {
        var local = line with { At = LocalTimes.In(zone, line.At), Until = line.Until is { } until ? LocalTimes.In(zone, until) : null };
        return Lang == "en" ? Sentences.Of(local) : ChineseSentences.Of(local);
    }
}
