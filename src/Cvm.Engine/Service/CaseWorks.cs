namespace Cvm.Engine;

/// <summary>The acts on a case by the names that the outside world writes, such as customer-replied.</summary>
public static class CaseWorks
{
    static readonly ImmutableSortedDictionary<string, CaseWork> All =
        Enum.GetValues<CaseWork>().ToImmutableSortedDictionary(NameOf, work => work, StringComparer.Ordinal);

    public static ImmutableArray<string> Names { get; } = [.. All.Keys];

    /// <summary>The act, or null where there is none of that name.</summary>
    public static CaseWork? Of(string name) => All.TryGetValue(name, out var work) ? work : null;

    /// <summary>The name of an act, in small letters and hyphens.</summary>
    public static string NameOf(CaseWork work) => work switch
    {
        CaseWork.CustomerReplied => "customer-replied",
        CaseWork.LinkIssue => "link-issue",
        _ => work.ToString().ToLowerInvariant(),
    };
}
