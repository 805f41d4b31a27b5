using Cvm.Engine;
using Cvm.Web;

namespace Cvm.Local;

/// <summary>Plans and versions as text.</summary>
static class PublishPrint
{
    const int MostNamed = 4;

    public static void Differing(LivePlaybook live)
    {
        var differing = live.Folder.Texts.Where(text => live.Now.Texts.FirstOrDefault(known => known.Journey == text.Journey) is not { } known || known.Version != text.Version).ToList();
        if (differing.Count == 0) Screen.Print("What is live is what the folder has.");
        foreach (var text in differing)
            Screen.Print($"{text.Journey}: the folder has version {text.Version}, {(live.Now.Playbook.Find(text.Journey) is { } now ? $"live is {now.Version}" : "none is live")}.");
    }

    public static void Plan(PublishingPlan plan, ImmutableSortedDictionary<string, string> places)
    {
        var name = plan.Candidate.Name;
        Screen.Print(plan.Live is null ? $"{name} goes live, version {plan.Candidate.Version}."
            : plan.Live.Version == plan.Candidate.Version ? $"{name}: version {plan.Candidate.Version} is live."
            : $"{name}: version {plan.Candidate.Version} goes live, instead of {plan.Live.Version}.");
        if (plan.Difference is { Any: true } difference) Difference(difference);

        Screen.Print(plan.Places.IsEmpty ? "Nobody is in flight in another version." : $"{Words.Count(plan.People, "person is", "people are")} in flight in other versions:");
        foreach (var place in plan.Places)
            Screen.Print($"  {Words.Count(place.People),9}  version {place.Version}, {Named(place),-28}  {(places.TryGetValue(place.Place, out var to) ? $"move to '{to}'" : Stays(place))}");
    }

    public static void Difference(JourneyDifference difference)
    {
        foreach (var rule in difference.Rules) Screen.Print($"  {rule.Rule}: {rule.Old} -> {rule.New}");
        foreach (var pair in difference.Steps.Where(pair => pair.Change != StepChange.Same))
        {
            var id = pair is { Old: { } old, New: { } next } && old.Id != next.Id ? $"{old.Id} -> {next.Id}" : (pair.New ?? pair.Old)!.Id;
            var sign = pair.Change switch { StepChange.Added => '+', StepChange.Removed => '-', _ => '~' };
            Screen.Print($"  {sign} {id,-28} {(pair.Change == StepChange.Changed ? $"{Step(pair.Old!)} -> {Step(pair.New!)}" : Step((pair.New ?? pair.Old)!))}");
        }
    }

    static string Named(Occupied place) => place.Step == Enrollment.Holdout ? "held back for comparison" : $"at '{place.Step}'";

    static string Stays(Occupied place) => place.Same is not null ? $"stay; could move to '{place.Same}'" : place.Choices.IsEmpty ? "stay"
        : $"stay; could move to {string.Join(", ", place.Choices.Take(MostNamed).Select(step => $"'{step}'"))}{(place.Choices.Length > MostNamed ? " or a later step" : "")}";

    static string Step(Step step) => JourneyWords.Detail(step) is { Length: > 0 } detail ? $"{JourneyWords.Title(step)}, {detail}" : JourneyWords.Title(step);
}
