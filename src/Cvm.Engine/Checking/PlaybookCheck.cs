using System.Runtime.CompilerServices;

namespace Cvm.Engine;

/// <summary>What can be said of a playbook before anybody gets a message.</summary>
/// <param name="Loaded">The playbook; null where it cannot be used as it is.</param>
/// <param name="Problems">Mistakes and warnings, in order of file, line and column.</param>
/// <param name="Pressure">The most messages that one person can get in any 7 days; null where there is no playbook.</param>
public sealed record PlaybookVerdict(LoadedPlaybook? Loaded, ImmutableArray<Problem> Problems, Pressure? Pressure)
{
    /// <summary>Whether nothing is certainly wrong with it.</summary>
    public bool Sound => Loaded is not null && !Problems.Any(problem => problem.Severity == Severity.Mistake);
}

/// <summary>Proves what can be proven of a playbook before anybody gets a message: that it can be read, and that every part of it can be reached, can
/// happen, and comes in time. What is certainly not meant is a mistake, what may be is a warning.</summary>
/// <remarks>It never says "never" of what may happen: conditions are judged by <see cref="Knowledge"/>, which is sound and not complete.</remarks>
public static class PlaybookCheck
{
    const int MostDrafts = 8;

    static readonly ConditionalWeakTable<Playbook, Made> Standing = [];
    static readonly ConditionalWeakTable<PlaybookSources, List<((string Journey, string Yaml, DateTime Day) Key, PlaybookVerdict Verdict)>> Drafts = [];

    /// <summary>The verdict on a folder.</summary>
    /// <param name="now">Days before it are over.</param>
    public static PlaybookVerdict Of(string folder, DateTimeOffset now) => Of(PlaybookLoader.Check(folder), now);

    /// <summary>The verdict on a playbook with this text as the journey's, without the disk; see <see cref="PlaybookLoader.CheckDraft"/>.</summary>
    public static PlaybookVerdict Draft(LoadedPlaybook loaded, string journey, string yaml, DateTimeOffset now)
    {
        if (loaded.Sources is not { } sources) return Of(PlaybookLoader.CheckDraft(loaded, journey, yaml), now);

        // A page that is opened again, its flow chart, its plan: all ask about the same text.
        var (recent, key) = (Drafts.GetOrCreateValue(sources), (journey, yaml, now.UtcDateTime.Date));
        lock (recent)
        {
            if (recent.FirstOrDefault(one => one.Key == key) is { Verdict: { } known }) return known;
        }

        var verdict = Of(PlaybookLoader.CheckDraft(loaded, journey, yaml), now);
        lock (recent)
        {
            if (recent.Count == MostDrafts) recent.RemoveAt(0);
            recent.Add((key, verdict));
        }

        return verdict;
    }

    /// <summary>What is proven of a playbook that has been read; only the pressure of one that was made in memory.</summary>
    public static PlaybookVerdict Of(LoadedPlaybook loaded, DateTimeOffset now) => Of((loaded, []), now);

    /// <summary>The verdict on a playbook as it was read, made once for all who ask on a day.</summary>
    public static PlaybookVerdict AsItStands(LoadedPlaybook loaded, DateTimeOffset now)
    {
        var day = now.UtcDateTime.Date;
        if (Standing.TryGetValue(loaded.Playbook, out var known) && known.Day == day) return known.Verdict;

        var made = new Made(day, Of(loaded, now));
        Standing.AddOrUpdate(loaded.Playbook, made);
        return made.Verdict;
    }

    sealed record Made(DateTime Day, PlaybookVerdict Verdict);

    static PlaybookVerdict Of((LoadedPlaybook? Loaded, IReadOnlyList<Problem> Problems) read, DateTimeOffset now)
    {
        if (read.Loaded is not { } loaded) return new(null, [.. read.Problems], null);

        var nothing = Knowledge.None(loaded.Playbook);
        List<JourneyFlow> flows = [.. loaded.Playbook.Journeys.Select(journey => new JourneyFlow(loaded.Playbook, journey, nothing))];
        var found = loaded is { Sources: { } sources, Messages: { } templates } ? Proven(loaded, sources, templates, flows, now) : [];
        return new(loaded, PlaybookReader.InOrder(read.Problems.Concat(found)), PressureBound.Of(flows, loaded.Playbook, now));
    }

    static ImmutableArray<Problem> Proven(LoadedPlaybook loaded, PlaybookSources sources, MessageTemplates templates, List<JourneyFlow> flows, DateTimeOffset now)
    {
        var findings = new Findings(sources);
        var messages = new TemplateProofs(loaded, sources, templates, findings);

        foreach (var flow in flows)
        {
            BranchProofs.Check(flow, findings);
            new TriggerProofs(loaded.Playbook, flow, findings).Check();
            new TimeProofs(loaded.Playbook, flow, findings, now).Check(messages.ShowsCoupon);
            SplitProofs.Check(flow.Journey, findings);
        }

        CausedLoops.Check(flows, findings);
        OldDates.Check(loaded.Playbook, findings, now);
        messages.Check();
        return findings.All;
    }
}
