using System.Globalization;

namespace Cvm.Engine;

/// <summary>Why one line of a timeline says what it says: the rule, the facts it saw, and the smallest change that would have turned it. Texts are templates with
/// values, so that a page can say them in the reader's language; moments among the values are <see cref="DateTimeOffset"/>.</summary>
/// <param name="Line">The line that is explained.</param>
/// <param name="Rule">What decided it, in a sentence without a full stop.</param>
/// <param name="Facts">What was seen; with the number of the line that tells of it, where one does.</param>
/// <param name="Turns">Each would have been enough on its own, or all of them together where <paramref name="Together"/>; empty where nothing but another rule would have.</param>
/// <param name="Together">Whether all of <paramref name="Turns"/> are needed.</param>
/// <param name="Note">What is not known any more, or else is to be known; null for nothing.</param>
public sealed record LineExplanation(
    Line Line, FormattableString Rule, ImmutableArray<LineFact> Facts, ImmutableArray<FormattableString> Turns, bool Together, FormattableString? Note)
{
    /// <summary>Explains the first line of a stretch of the timeline.</summary>
    /// <param name="playbook">As it is now, with the earlier versions of its journeys.</param>
    /// <param name="dossier">As it is now.</param>
    /// <param name="timeline">The line, and what came before it, newest first; the further back, the more is told.</param>
    /// <exception cref="ArgumentException">The timeline is empty.</exception>
    public static LineExplanation Of(Playbook playbook, Dossier dossier, IReadOnlyList<(long Number, Line Line)> timeline) =>
        timeline.Count == 0 ? throw new ArgumentException("There is no line to explain.", nameof(timeline)) : new LineExplaining(playbook, dossier, timeline).Explain();

    /// <summary>A text of an explanation in English.</summary>
    /// <param name="zone">In whose time moments are told.</param>
    public static string Said(FormattableString text, string zone) => string.Format(CultureInfo.InvariantCulture, text.Format,
        [.. text.GetArguments().Select(value => value is DateTimeOffset at ? LocalTimes.In(zone, at).ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture) : value)]);
}

/// <summary>Something that was so when a line was written.</summary>
/// <param name="Line">The number of the line that tells of it; null where it stands in the explained line itself, or in the playbook.</param>
public sealed record LineFact(FormattableString Name, FormattableString Value, long? Line = null);
