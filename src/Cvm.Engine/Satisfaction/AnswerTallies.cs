using System.Globalization;

namespace Cvm.Engine;

/// <summary>Answers as tallies, by the day they were given. An answer that replaces another takes its place in every count; one that is only dropped because a
/// dossier keeps no more stays counted.</summary>
public static class AnswerTallies
{
    /// <summary>Stands in the place of a reason for all answers of a mood, and <see cref="Any"/> for those that gave a reason.</summary>
    public const string All = "";

    public const string Any = "*";

    const string Unhappy = "unhappy", Other = "other";

    /// <summary>Calls <paramref name="bump"/> with what an answer that is new, or changed, adds and takes away.</summary>
    public static void Add(Cvm.Satisfaction before, Cvm.Satisfaction after, Action<Tally, long> bump)
    {
        if (before.Answers == after.Answers) return;

        foreach (var answer in after.Answers)
        {
            if (answer.Number == 0) continue; // from before answers were numbered
            if (answer.Number > before.Given)
            {
                Count(answer, 1, bump);
                continue;
            }

            foreach (var known in before.Answers)
            {
                if (known.Number != answer.Number || ReferenceEquals(known, answer)) continue;
                Count(known, -1, bump);
                Count(answer, 1, bump);
            }
        }
    }

    static void Count(GivenAnswer answer, long by, Action<Tally, long> bump)
    {
        var day = DateOnly.FromDateTime(answer.At.UtcDateTime);
        var scored = string.Create(CultureInfo.InvariantCulture, $"{answer.Survey}/{answer.Score}");
        bump(new(Tallies.Answer, "", scored, day), by);
        if (answer.Segment is { } segment) bump(new(Tallies.AnswerSegment, "", $"{scored}/{segment}", day), by);
        if (answer.Product is { } product) bump(new(Tallies.AnswerProduct, "", $"{scored}/{product}", day), by);
        if (answer.Agent is { } agent) bump(new(Tallies.AnswerAgent, "", $"{scored}/{agent}", day), by);

        var mood = $"{answer.Survey}/{(answer.Unhappy ? Unhappy : Other)}/";
        bump(new(Tallies.AnswerReason, "", mood + All, day), by);
        if (answer.Reasons.IsEmpty) return;
        bump(new(Tallies.AnswerReason, "", mood + Any, day), by);
        foreach (var reason in answer.Reasons) bump(new(Tallies.AnswerReason, "", mood + reason, day), by);
    }

    /// <summary>What a tally of scores speaks of; <c>Of</c> is the segment, product or agent. Null where it counts something else.</summary>
    public static (string Survey, int Score, string Of)? Scored(Tally tally)
    {
        if (tally.Detail.Split('/', 3) is not [var survey, var written, .. var of] || !int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var score)) return null;
        return (survey, score, of is [var name] ? name : "");
    }

    /// <summary>What a tally of reasons speaks of.</summary>
    public static (string Survey, bool Unhappy, string Reason)? Reasoned(Tally tally) =>
        tally.Detail.Split('/', 3) is [var survey, var mood, var reason] ? (survey, mood == Unhappy, reason) : null;
}
