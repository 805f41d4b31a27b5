namespace Cvm.Engine;

/// <summary>What came of publishing.</summary>
public abstract record Published
{
    Published() { }

    /// <summary>It is live.</summary>
    public sealed record Landed(Publication Publication) : Published;

    /// <summary>Somebody was first, and nothing was changed; <paramref name="First"/> is what they published.</summary>
    public sealed record Second(Publication First) : Published;

    /// <summary>It cannot go live, for these reasons.</summary>
    public sealed record Refused(ImmutableArray<string> Reasons) : Published;
}

/// <summary>Publishes versions of journeys on a running host, each with a plan for everybody in flight, and goes back.</summary>
/// <param name="write">Writes a text that went live into the folder, where a host may; false where it could not.</param>
public sealed class Publisher(IMemo memo, IRecords records, LivePlaybook live, TimeProvider clock, Func<JourneyText, bool>? write = null)
{
    readonly Drafts drafts = new(memo, clock);

    /// <summary>The text that would be published next: the draft, else what the folder has; null where there is neither.</summary>
    public async Task<(string Yaml, Draft? Draft)?> Next(string journey, CancellationToken stop) =>
        await drafts.Of(journey, stop) is { } draft ? (draft.Yaml, draft)
        : live.Folder.Texts.FirstOrDefault(text => text.Journey == journey) is { } text ? (text.Yaml, null) : null;

    /// <summary>What publishing this text would do; without a plan, what is wrong with it.</summary>
    public async Task<(PublishingPlan? Plan, ImmutableArray<Problem> Problems)> Plan(string journey, string yaml, CancellationToken stop)
    {
        await live.Look(stop);
        var hindrances = CheckedDraft.Of(live.Folder, journey, yaml, clock.GetUtcNow()).Hindrances;
        if (!hindrances.IsEmpty) return (null, hindrances);

        var (compiled, problems) = Publishing.Compile(new(journey, 0, yaml), live.Folder, live.Now.Playbook.Journeys.Select(known => known.Name));
        if (compiled is null) return (null, problems);

        var text = new JourneyText(journey, compiled.Version, yaml);
        if (await Unfit(text, stop) is { } problem) return (null, [problem]);
        return (PublishingPlan.Of(text, compiled, live.Now.Playbook, live.Publications, await records.Tallies([Tallies.At], stop)), []);
    }

    /// <summary>What going back to the version before would do; null where there is none, or where it does not fit the playbook any more.</summary>
    public async Task<PublishingPlan?> PlanBack(string journey, CancellationToken stop)
    {
        await live.Look(stop);
        var history = live.Publications.Where(one => one.Journey == journey).ToList();
        if (history.LastOrDefault(one => one.Version != history[^1].Version) is not { } before || live.Now.Playbook.Find(journey, before.Version) is not { } candidate) return null;

        var text = (await Publications.Texts(memo, stop)).First(kept => kept.Journey == journey && kept.Version == before.Version);
        return PublishingPlan.Of(text, candidate, live.Now.Playbook, live.Publications, await records.Tallies([Tallies.At], stop));
    }

    /// <summary>Puts the plan into effect, if nothing was published since it was made. Those who move do so right after, with <see cref="Moving"/>.</summary>
    /// <param name="places">Who moves, by places such as <c>3/wait-7d</c>; everybody else stays.</param>
    public async Task<Published> Publish(PublishingPlan plan, ImmutableSortedDictionary<string, string> places, string by, PublishedFrom from, CancellationToken stop)
    {
        if (plan.Wrong(places) is { IsEmpty: false } wrong) return new Published.Refused(wrong);
        if (plan.Live?.Version == plan.Candidate.Version && places.IsEmpty) return new Published.Refused([$"Version {plan.Candidate.Version} is live already, and nobody was to be moved."]);
        if (!await Publications.KeepText(memo, plan.Text, stop)) return new Published.Refused([$"Version {plan.Text.Version} has been live with other steps."]);

        var journey = plan.Candidate.Name;
        var publication = new Publication(journey, plan.After + 1, plan.Candidate.Version, from)
        {
            At = clock.GetUtcNow(),
            By = by,
            Places = places,
            InFolder = live.Folder.Texts.Any(text => text.Journey == journey),
        };
        if (!await Publications.Add(memo, publication, stop)) return new Published.Second((await Publications.All(memo, stop)).Last(one => one.Journey == journey));

        await Publications.Claim(memo, plan.Text, CancellationToken.None);
        if (from != PublishedFrom.Back) await Finish(plan, publication, stop);
        await live.Look(CancellationToken.None);
        return new Published.Landed(publication);
    }

    // The folder and what is live agree again, and the draft is no draft any more.
    async Task Finish(PublishingPlan plan, Publication publication, CancellationToken stop)
    {
        var known = live.Folder.Texts.FirstOrDefault(text => text.Journey == plan.Text.Journey);
        if ((known is null || known.Yaml != plan.Text.Yaml) && write?.Invoke(plan.Text) == true)
        {
            live.Written(plan.Text, plan.Candidate);
            await Publications.NoteInFolder(memo, publication, stop);
        }

        if (await drafts.Of(plan.Text.Journey, stop) is { } draft && draft.Yaml == plan.Text.Yaml) await drafts.Drop(draft.Journey, draft.Revision, stop: stop);
    }

    async Task<Problem?> Unfit(JourneyText text, CancellationToken stop)
    {
        var history = live.Publications.Where(one => one.Journey == text.Journey).ToList();
        if (history.Count == 0) return null;

        var (next, been) = (history.Max(one => one.Version) + 1, history.Any(one => one.Version == text.Version));
        if (been && (await Publications.Texts(memo, stop)).FirstOrDefault(kept => kept.Journey == text.Journey && kept.Version == text.Version) is { } kept && !Publishing.Same(kept.Yaml, text.Yaml))
            return new(new($"journeys/{text.Journey}/journey.yaml"), $"Version {text.Version} of this journey has been live with other steps.", $"Write 'version: {next}'.");
        return been || text.Version >= next ? null : new(new($"journeys/{text.Journey}/journey.yaml"), $"Version {next - 1} of this journey has been live already, and {text.Version} never was.", $"Write 'version: {next}'.");
    }
}
