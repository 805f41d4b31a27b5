using System.Globalization;

namespace Cvm;

/// <summary>Places of people in flight, and which place of another version stands for them.</summary>
public static class Moves
{
    /// <summary>A place by its version and step, as tallies name it: <c>3/wait-7d</c>.</summary>
    public static string PlaceOf(int version, string step) => string.Create(CultureInfo.InvariantCulture, $"{version}/{step}");

    /// <summary>The version and step of such a name.</summary>
    public static (int Version, string Step) Read(string place)
    {
        var slash = place.IndexOf('/', StringComparison.Ordinal);
        return (int.Parse(place.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture), place[(slash + 1)..]);
    }

    /// <summary>The step of the other version that is the same place: same id, same kind; the held out stay held out. Null where there is none.</summary>
    public static string? Same(Journey from, Journey to, string step) =>
        step == Enrollment.Holdout ? step
        : from.Find(step) is { } old && to.Find(step) is { } next && old.GetType() == next.GetType() && Again(from, to, step, step).IsEmpty ? step : null;

    /// <summary>Whether somebody at <paramref name="step"/> of one version may go on at <paramref name="place"/> of the other: both are there, and nothing
    /// that may lie behind them would be done again.</summary>
    public static bool May(Journey from, Journey to, string step, string place) =>
        step == Enrollment.Holdout || place == Enrollment.Holdout ? step == place : from.Find(step) is not null && to.Find(place) is not null && Again(from, to, step, place).IsEmpty;

    /// <summary>Steps of <paramref name="to"/> that somebody who stood at <paramref name="step"/> may have had already and would get again from <paramref name="place"/>
    /// on: messages, questions, presents, tasks, cases, calls, and starts of other journeys. Told by their ids; a message under another id by its template.</summary>
    public static ImmutableArray<string> Again(Journey from, Journey to, string step, string place)
    {
        var (at, start) = (IndexOf(from, step), IndexOf(to, place));
        if (at < 0 || start < 0) return [];

        var ahead = Reached(to, start);
        if (step == place || (from.Steps[at], to.Steps[start]) is (Step.Ask asked, Step.Ask asks) && asked.Survey == asks.Survey) ahead.Remove(start); // whoever rests there has not done it, or waits for its answer
        return
        [
            .. Enumerable.Range(0, from.Steps.Length).Where(index => (index != at || from.Steps[at] is Step.Ask) && Reached(from, index).Contains(at))
                .SelectMany(index => Matches(from, to, from.Steps[index])).Distinct().Where(ahead.Contains).Order().Select(index => to.Steps[index].Id),
        ];
    }

    /// <summary>Where a step may lead: indexes of steps, or <see cref="Step.Done"/>.</summary>
    public static IEnumerable<int> Ways(Step step) => step switch
    {
        Step.If choice => [choice.Then, choice.Else],
        Step.Choose choose => choose.Cases.Select(known => known.Then).Append(choose.Otherwise),
        Step.Split split => split.Arms.Select(arm => arm.Then),
        Step.End => [],
        _ => [step.Next],
    };

    // What of the other version is this very thing.
    static IEnumerable<int> Matches(Journey from, Journey to, Step done)
    {
        if (!Does(done)) return [];
        if (IndexOf(to, done.Id) is >= 0 and var same && Does(to.Steps[same])) return [same];
        if (TemplateOf(done) is not { } template) return [];
        return Enumerable.Range(0, to.Steps.Length).Where(index => TemplateOf(to.Steps[index]) == template && from.Find(to.Steps[index].Id) is null);
    }

    static bool Does(Step step) => step is Step.Send or Step.Ask or Step.Give or Step.Task or Step.Case or Step.Webhook or Step.Start;

    static string? TemplateOf(Step step) => step switch { Step.Send send => send.Sending.Template, Step.Ask ask => ask.Sending.Template, _ => null };

    static HashSet<int> Reached(Journey journey, int start)
    {
        var (reached, open) = (new HashSet<int>(), new Stack<int>([start]));
        while (open.TryPop(out var at))
            if (at != Step.Done && reached.Add(at))
                foreach (var next in Ways(journey.Steps[at])) open.Push(next);
        return reached;
    }

    static int IndexOf(Journey journey, string id)
    {
        for (var i = 0; i < journey.Steps.Length; i++) if (journey.Steps[i].Id == id) return i;
        return -1;
    }
}
