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

        wrong = new(T("There is no {0} '{1}'", kind, name), T("The playbook may have another name for it by now."), "/segments", T("See all segments"));
        return false;
    }

    static (string About, ScoreFilter Filter)? Read(string kind, string name, RfmMap segments) => kind switch
    {
        "segment" => segments.Segments.FirstOrDefault(segment => segment.Name == name) is { } segment ? (T("Segment: {0}", segment.Label), new() { Cells = segments.CellsOf(segment) }) : null,
        "cell" => name is [>= '1' and <= '5', >= '1' and <= '5'] ? (T("Recency {0} and frequency {1}: {2}", name[0], name[1], segments[name[0] - '0', name[1] - '0'].Label), new() { Cells = [name] }) : null,
        "stage" => Find<Stage>(name, ScoreWords.Of) is { } stage ? (T("Stage: {0}", name), new() { Stage = stage }) : null,
        "value" => Find<Band>(name, ScoreWords.Of) is { } value ? (T("Value band: {0}", name), new() { Value = value }) : null,
        "potential" => Find<Band>(name, ScoreWords.Of) is { } potential ? (T("Potential: {0}", name), new() { Potential = potential }) : null,
        "relationship" => Find<Relationship>(name, ScoreWords.Of) is { } relationship ? (T("Relationship: {0}", name), new() { Relationship = relationship }) : null,
        _ => Find<Need>(name, ScoreWords.Of) is { } need ? (T("Looking for {0}", name), new() { Need = need }) : null,
    };

    static T? Find<T>(string name, Func<T, string> word) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>()) if (word(value) == name) return value;
        return null;
    }
}
