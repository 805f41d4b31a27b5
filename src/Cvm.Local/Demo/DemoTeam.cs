using Cvm.Engine;

namespace Cvm.Local;

/// <summary>The people who work the demo shop's cases: most within hours, some only when the ladder has got them up. Every choice is a hash of names.</summary>
sealed class DemoTeam(int seed, DateTimeOffset end)
{
    static readonly string[] Agents = ["maria", "peter", "nora"];
    static readonly string[] Resolutions = ["explained", "repaired", "replaced", "refunded"];

    /// <summary>Issues that complaints belong to, by a word in them.</summary>
    public static ImmutableArray<(string Id, string Title, string Owner, string[] Words)> Issues { get; } =
    [
        ("slow-parcels", "Parcels took more than a week", "nora", ["late", "晚到"]),
        ("not-as-pictured", "Things look different from their pictures", "peter", ["picture", "图片"]),
    ];

    /// <summary>What is done about a case that somebody has just been told of.</summary>
    public IEnumerable<Signal.CaseWorked> Work(Case open, DateTimeOffset at)
    {
        double Roll(string what) => Chance.Of($"{seed}", what, open.Id);
        var who = Agents[(int)(Roll("who") * Agents.Length)];
        var kind = Roll("kind");
        var taken = at.AddHours(kind > 0.88 ? 30 : 0.3 + 1.2 * Roll("taken"));
        var last = taken;

        yield return Act("taken", taken, CaseWork.Acknowledge, who);
        if (IssueOf(open) is { } issue) yield return Act("issue", taken.AddMinutes(4), CaseWork.LinkIssue, who, to: issue);

        if (kind < 0.45)
        {
            yield return Act("answer", last = taken.AddMinutes(20 + 60 * Roll("answer")), CaseWork.Answer, who, "We are sorry about this. A new one goes out to you today, at no cost.\n\nYou need not send the old one back.");
        }
        else if (kind < 0.65)
        {
            yield return Act("ask", last = taken.AddMinutes(15), CaseWork.Ask, who, "Could you tell us the order number, and send a word on what is broken?");
            if (Roll("replies") < 0.7)
            {
                yield return Act("reply", last = last.AddHours(3 + 40 * Roll("reply")), CaseWork.CustomerReplied, CaseEntry.Customer, "It is the order of last week. The handle came off.");
                yield return Act("answer", last = last.AddHours(1), CaseWork.Answer, who, "Thank you. Your money is on its way back to you.");
            }
            else if (at > end.AddDays(-10))
            {
                yield break; // the customer has not answered yet
            }
        }
        else if (kind < 0.88)
        {
            yield return Act("call", last = taken.AddMinutes(30), CaseWork.Call, who, "Called. Wants a new one rather than the money.");
            yield return Act("note", last = last.AddMinutes(10), CaseWork.Note, who, "One left in stock, put aside.");
        }

        // What came in lately is still being worked on, so that there is something to look at.
        if (Roll("unfinished") < (at > end.AddDays(-3) ? 0.85 : at > end.AddDays(-10) ? 0.2 : 0)) yield break;
        yield return Act("solved", last.AddHours(kind > 0.88 ? 30 + 200 * Roll("solved") : 1 + 5 * Roll("solved")), CaseWork.Resolve, who, "Made good.", Resolutions[(int)(Roll("how") * Resolutions.Length)]);

        Signal.CaseWorked Act(string name, DateTimeOffset when, CaseWork work, string by, string? note = null, string? to = null) => new($"{name}:{open.Id}", when, open.Id, work, by, note, to);
    }

    static string? IssueOf(Case open)
    {
        foreach (var (id, _, _, words) in Issues) if (words.Any(word => open.Subject.Contains(word, StringComparison.Ordinal))) return id;
        return null;
    }
}
