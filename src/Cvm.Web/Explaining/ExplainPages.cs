using System.Collections.Immutable;
using System.Globalization;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>Why a customer is in a journey, was, or never came to it; and why any line of the timeline says what it says.</summary>
static class ExplainPages
{
    public static async Task<IResult> Show(
        string id, long? line, string? journey, string? at, IRecords records, IStore store, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var (stored, rules, now) = (await store.Load(id, "", stop), playbook().Playbook, clock.GetUtcNow());
        if (stored.Revision == 0) return CustomerPages.Unknown(id);

        var back = Words.CustomerAddress(id);
        if (line is { } number)
        {
            return await Explaining.Line(records, rules, stored.Dossier, number, stop) is { } explained
                ? Site.Show<LineExplanationPage>(new LineExplanationView(stored.Dossier, rules, explained, now))
                : Site.Lacks(new(T("There is no such line"), T("The address may be mistyped, or the line belongs to another customer."), back, T("Go to the customer")));
        }

        var chosen = string.IsNullOrEmpty(journey) ? null : rules.Find(journey);
        if (!string.IsNullOrEmpty(journey) && chosen is null) return Site.Lacks(new(T("No journey '{0}'", journey), T("It may have been renamed or taken away."), back, T("Go to the customer")));

        var (day, problem) = DayOf(at, rules.ZoneOf(stored.Dossier), now);
        return Site.Show<JourneyExplanationPage>(new JourneyExplanationView(
            stored.Dossier, rules, await Explaining.Journeys(records, rules, stored.Dossier, chosen is null ? rules.Journeys : [chosen], day, now, stop), chosen, day, problem, now));
    }

    // What a browser's field for a day writes; a day that is over.
    static (DateOnly? Day, string? Problem) DayOf(string? text, string zone, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(text)) return (null, null);
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year is < 2 or > 9000)
            return (null, T("'{0}' is no day. Write it like 2026-03-01.", text));

        return day < LocalTimes.Day(zone, now) ? (day, null) : (null, T("{0} is not over yet. Choose a day before today, or none for now.", Words.Day(day)));
    }
}

/// <summary>One line of a timeline, explained.</summary>
public sealed record LineExplanationView(Dossier Dossier, Playbook Playbook, LineExplanation Explained, DateTimeOffset Now)
{
    public string Zone => Playbook.ZoneOf(Dossier);

    public string Name => string.IsNullOrWhiteSpace(Dossier.Profile.Name) ? Dossier.Customer : Dossier.Profile.Name;

    /// <summary>A text of the explanation in the reader's language, with moments by the customer's clock.</summary>
    public string Said(FormattableString text) => T(text, value => value switch { DateTimeOffset at => Words.Moment(at, Zone, Now), string words => Rules.Said(words), _ => value });
}

/// <summary>Journeys explained for one customer.</summary>
/// <param name="Chosen">The journey that is shown with everything; null for all of them in a sentence each.</param>
/// <param name="Day">The day in the past that it speaks of; null for now.</param>
/// <param name="Problem">What was wrong with the day asked for.</param>
public sealed record JourneyExplanationView(
    Dossier Dossier, Playbook Playbook, ImmutableArray<JourneyExplanation> Explained, Journey? Chosen, DateOnly? Day, string? Problem, DateTimeOffset Now)
{
    public string Zone => Playbook.ZoneOf(Dossier);

    public string Name => string.IsNullOrWhiteSpace(Dossier.Profile.Name) ? Dossier.Customer : Dossier.Profile.Name;

    public string Address => Words.CustomerAddress(Dossier.Customer) + "/explain";

    /// <summary>The same of another journey, at the same day.</summary>
    public string Of(string journey) => $"{Address}?journey={Uri.EscapeDataString(journey)}{(Day is { } day ? $"&at={day:yyyy-MM-dd}" : "")}";

    /// <summary>A text of the explanation in the reader's language, with moments by the customer's clock.</summary>
    public string Said(FormattableString text) => T(text, value => value switch { DateTimeOffset at => Words.Moment(at, Zone, Now), string words => Rules.Said(words), _ => value });
}
