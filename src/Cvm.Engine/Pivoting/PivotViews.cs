using System.Text.Json;

namespace Cvm.Engine;

/// <summary>A question that somebody keeps under a name.</summary>
/// <param name="Address">As <see cref="PivotQuery.Address"/>.</param>
/// <param name="By">Null for one that comes with the program.</param>
public sealed record PivotView(string Name, string Address, string? By, DateTimeOffset? At);

/// <summary>Questions kept under names, each by itself, so that two people who keep different ones do not meet.</summary>
public sealed class PivotViews(IMemo memo, TimeProvider clock)
{
    /// <summary>The longest name, and how many may be kept.</summary>
    public const int MostLetters = 80, Most = 200;

    const string Under = "pivot-view:";

    /// <summary>Those that come with the program.</summary>
    public static ImmutableArray<PivotView> Shipped { get; } =
    [
        Ours("Segments by value", "rows=segment&columns=value&measure=people"),
        Ours("Revenue by stage and tier", "rows=stage&columns=tier&measure=revenue"),
        Ours("Cohorts by stage", "rows=first-order-quarter&columns=stage&measure=people"),
        Ours("Satisfaction by tier and need", "rows=tier&columns=need&measure=csat"),
        Ours("Who can be written to, by country", "rows=country&columns=agreed&measure=people"),
        Ours("Complaints by value and stage", "rows=value&columns=stage&measure=complaints-per-100"),
        Ours("Journeys by relationship", "rows=journey&columns=relationship&measure=people"),
    ];

    /// <summary>Those that people have kept, by name.</summary>
    public async ValueTask<IReadOnlyList<PivotView>> Kept(CancellationToken stop) =>
        [.. (await memo.KeptUnder(Under, stop)).Select(kept => Read(kept.Value)).OrderBy(view => view.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Keeps a question. What is wrong with the name; null where it is kept. One that somebody else keeps under the same name is not replaced.</summary>
    public async ValueTask<string?> Keep(string name, PivotQuery query, string by, CancellationToken stop)
    {
        name = Tidy(name);
        if (name == "") return "A view needs a name.";
        if (name.Length > MostLetters) return $"A name has at most {MostLetters} letters.";

        var kept = await Kept(stop);
        if (Shipped.Concat(kept).FirstOrDefault(view => string.Equals(view.Name, name, StringComparison.OrdinalIgnoreCase)) is { } same)
            return same.Address == query.Address ? null : $"There is a view '{same.Name}' already{(same.By is null ? "" : $", by {same.By}")}. Choose another name, or delete that one first.";
        if (kept.Count >= Most) return $"There are {Most} views already. Delete some first.";

        var text = JsonSerializer.Serialize(new PivotView(name, query.Address, by, clock.GetUtcNow()), DossierText.Options);
        return await memo.Keep(KeyOf(name), text, expected: null, stop) ? null : $"Somebody else has just kept a view '{name}'. Choose another name, or look at theirs first.";
    }

    /// <summary>Deletes a kept question, where it is there.</summary>
    public ValueTask Delete(string name, CancellationToken stop) => memo.Drop(KeyOf(Tidy(name)), stop);

    static string Tidy(string name) => string.Join(' ', string.Concat(name.Where(letter => !char.IsControl(letter))).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    static string KeyOf(string name) => Under + name.ToLowerInvariant();

    static PivotView Ours(string name, string address) => new(name, address, null, null);

    static PivotView Read(string text) => JsonSerializer.Deserialize<PivotView>(text, DossierText.Options) ?? throw new JsonException("Nothing was kept here.");
}
