using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>A list of customers by one score, as an address asks for it: segment, cell, stage, value, potential, relationship or need.</summary>
/// <param name="About">Which customers these are, as people say it.</param>
/// <param name="Query">The part of the address behind the question mark.</param>
public sealed record ScoreQuery(string About, string Query, ScoreFilter Filter)
{
    static readonly string[] Kinds = ["segment", "cell", "stage", "value", "potential", "relationship", "need"];

    /// <summary>Reads what is asked for; <paramref name="which"/> is null where no score is. False where there is no such score.</summary>
    public static bool TryRead(IQueryCollection query, RfmMap segments, out ScoreQuery? which, [NotNullWhen(false)] out Missing? wrong)
    {
        (which, wrong) = (null, null);
        if (Array.Find(Kinds, kind => query.ContainsKey(kind)) is not { } kind) return true;

        var name = query[kind].ToString();
        if (Read(kind, name, segments) is var (about, filter))
        {
            which = new(about, $"{kind}={Uri.EscapeDataString(name)}", filter);
            return true;
        }

        wrong = new($"There is no {kind} '{name}'", "The playbook may have another name for it by now.", "/segments", "See all segments");
        return false;
    }

    static (string About, ScoreFilter Filter)? Read(string kind, string name, RfmMap segments) => kind switch
    {
        "segment" => segments.Segments.FirstOrDefault(segment => segment.Name == name) is { } segment ? ($"Segment: {segment.Label}", new() { Cells = segments.CellsOf(segment) }) : null,
        "cell" => name is [>= '1' and <= '5', >= '1' and <= '5'] ? ($"Recency {name[0]} and frequency {name[1]}: {segments[name[0] - '0', name[1] - '0'].Label}", new() { Cells = [name] }) : null,
        "stage" => Find<Stage>(name, ScoreWords.Of) is { } stage ? ($"Stage: {name}", new() { Stage = stage }) : null,
        "value" => Find<Band>(name, ScoreWords.Of) is { } value ? ($"Value band: {name}", new() { Value = value }) : null,
        "potential" => Find<Band>(name, ScoreWords.Of) is { } potential ? ($"Potential: {name}", new() { Potential = potential }) : null,
        "relationship" => Find<Relationship>(name, ScoreWords.Of) is { } relationship ? ($"Relationship: {name}", new() { Relationship = relationship }) : null,
        _ => Find<Need>(name, ScoreWords.Of) is { } need ? ($"Looking for {name}", new() { Need = need }) : null,
    };

    static T? Find<T>(string name, Func<T, string> word) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>()) if (word(value) == name) return value;
        return null;
    }
}
