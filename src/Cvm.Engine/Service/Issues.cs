using System.Text.Json;

namespace Cvm.Engine;

/// <summary>Open: somebody looks into it. Telling: it is fixed, and those who raised it are being told. Fixed: all of them have been.</summary>
public enum IssueState { Open, Telling, Fixed }

/// <summary>A thing that many complain of.</summary>
public sealed record Issue
{
    /// <summary>A name of small letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Who sees to it.</summary>
    public required string Owner { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }
    public required string OpenedBy { get; init; }
    public IssueState State { get; init; }

    /// <summary>What was done, in words for customers.</summary>
    public string? Fix { get; init; }

    public DateTimeOffset? FixedAt { get; init; }
    public string? FixedBy { get; init; }

    /// <summary>While telling: the last customer who has been told.</summary>
    public string Told { get; init; } = "";
}

/// <summary>That a customer raised an issue, and with which case.</summary>
public sealed record Raised(string Customer, string Case, DateTimeOffset At, string By);

/// <summary>Keeps issues and who raised them as memos, and tells those who did what was done. Everything may be done again after a crash: a customer
/// takes the news of one issue once.</summary>
public sealed class Issues(IMemo memo, TakeSignals take, TimeProvider clock)
{
    const string Root = "issue/", RaisedPart = "/raised/";
    const int AtOnce = 100;

    /// <summary>Letters of a title or a fix.</summary>
    public const int MostTitle = 120, MostFix = 1_000;

    /// <summary>Every issue with how many raised it, the open ones first, then the newest.</summary>
    public async Task<IReadOnlyList<(Issue Issue, int Raised)>> All(CancellationToken stop)
    {
        var kept = await memo.KeptUnder(Root, stop);
        var raised = kept.Where(one => IsRaised(one.Name) && one.Value != "").CountBy(one => one.Name[Root.Length..one.Name.IndexOf(RaisedPart, StringComparison.Ordinal)]).ToDictionary(StringComparer.Ordinal);
        return
        [
            .. kept.Where(one => !IsRaised(one.Name)).Select(one => Read<Issue>(one.Value)).OrderBy(issue => issue.State == IssueState.Fixed).ThenByDescending(issue => issue.OpenedAt)
                .ThenBy(issue => issue.Id, StringComparer.Ordinal).Select(issue => (issue, raised.GetValueOrDefault(issue.Id))),
        ];
    }

    /// <summary>The issue of this id, or null.</summary>
    public async Task<Issue?> Find(string id, CancellationToken stop) => IsId(id) && await memo.Kept(Root + id, stop) is { } text ? Read<Issue>(text) : null;

    /// <summary>Who raised it, in order of customer.</summary>
    public async Task<IReadOnlyList<Raised>> RaisedBy(string id, CancellationToken stop) =>
        [.. (await memo.KeptUnder(Root + id + RaisedPart, stop)).Where(one => one.Value != "").Select(one => Read<Raised>(one.Value)).OrderBy(one => one.Customer, StringComparer.Ordinal)];

    /// <summary>Opens an issue; what is wrong with it, or null. One that is there already stays as it is.</summary>
    public async Task<string?> Open(string id, string title, string owner, string by, CancellationToken stop)
    {
        if (!IsId(id)) return "The id is a name of small letters, digits and hyphens, such as slow-parcels.";
        if (title.Trim() is not { Length: > 0 and <= MostTitle } name) return $"The title has 1 to {MostTitle} letters.";
        if (await Find(id, stop) is not null) return $"There is an issue '{id}' already.";

        await Keep(new() { Id = id, Title = name, Owner = owner.Trim() is { Length: > 0 } somebody ? somebody : by, OpenedAt = clock.GetUtcNow(), OpenedBy = by }, stop);
        return null;
    }

    /// <summary>Notes that the customer raised it, before the case itself says so: a crash in between leaves a customer who is told once too often, never one who is not told.</summary>
    public async Task Raise(string id, Raised raised, CancellationToken stop) => await memo.Keep(NameOf(id, raised.Customer), DossierTextOf(raised), stop);

    /// <summary>Notes what a case says of the issue it belongs to, before the case itself does; what is wrong with it, or null.</summary>
    public async Task<string?> Follow(Dossier dossier, Case about, Signal.CaseWorked link, CancellationToken stop)
    {
        var customer = dossier.Customer;
        if (link.To is { } id && await Find(id, stop) is null) return $"There is no issue '{id}'. Open it first, under Issues.";
        if (about.Issue is { } old && old != link.To)
        {
            // Whoever raised it with another case too is still to hear of it.
            if (dossier.Cases.LastOrDefault(known => known.Issue == old && known.Id != about.Id) is { } other) await Raise(old, new(customer, other.Id, other.OpenedAt, link.By), CancellationToken.None);
            else await Leave(customer, old, CancellationToken.None);
        }

        if (link.To is { } issue) await Raise(issue, new(customer, about.Id, clock.GetUtcNow(), link.By), CancellationToken.None);
        return null;
    }

    /// <summary>Takes a customer out of all issues, who is erased or whose case belongs elsewhere.</summary>
    public async Task Leave(string customer, string? only, CancellationToken stop)
    {
        foreach (var (name, _) in await memo.KeptUnder(Root, stop))
            if (IsRaised(name) && name[(name.IndexOf(RaisedPart, StringComparison.Ordinal) + RaisedPart.Length)..] == customer && (only is null || name == NameOf(only, customer))) await memo.Drop(name, stop);
    }

    /// <summary>Marks it as fixed and tells everybody who raised it; what is wrong, or null. Where it was cut off, <see cref="GoOn"/> finishes it.</summary>
    public async Task<string?> Fix(string id, string fix, string by, CancellationToken stop)
    {
        if (fix.Trim() is not { Length: > 0 and <= MostFix } words) return $"Say what was done, in 1 to {MostFix:N0} letters.";
        if (await Find(id, stop) is not { } issue) return $"There is no issue '{id}'.";
        if (issue.State != IssueState.Open) return "It is marked as fixed already.";

        issue = issue with { State = IssueState.Telling, Fix = words, FixedAt = clock.GetUtcNow(), FixedBy = by };
        await Keep(issue, stop);
        await Tell(issue, stop);
        return null;
    }

    /// <summary>Finishes the telling that was cut off.</summary>
    public async Task GoOn(CancellationToken stop)
    {
        foreach (var (issue, _) in await All(stop)) if (issue.State == IssueState.Telling) await Tell(issue, stop);
    }

    async Task Tell(Issue issue, CancellationToken stop)
    {
        var left = (await RaisedBy(issue.Id, stop)).Where(raised => string.CompareOrdinal(raised.Customer, issue.Told) > 0);
        foreach (var some in left.Chunk(AtOnce))
        {
            await take([.. some.Select(raised => (raised.Customer, (Signal)new Signal.IssueFixed($"issue-fixed:{issue.Id}", issue.FixedAt ?? clock.GetUtcNow(), issue.Id, issue.Title, issue.Fix!)))], stop);
            issue = issue with { Told = some[^1].Customer };
            await Keep(issue, stop);
        }

        await Keep(issue with { State = IssueState.Fixed, Told = "" }, stop);
    }

    async Task Keep(Issue issue, CancellationToken stop) => await memo.Keep(Root + issue.Id, DossierTextOf(issue), stop);

    /// <summary>Whether an issue may be called so.</summary>
    public static bool IsId(string id) => Shapes.IsSlug(id);

    static bool IsRaised(string name) => name.Contains(RaisedPart, StringComparison.Ordinal);

    static string NameOf(string id, string customer) => Root + id + RaisedPart + customer;

    static string DossierTextOf<T>(T value) => JsonSerializer.Serialize(value, DossierText.Options);

    static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, DossierText.Options)!;
}
