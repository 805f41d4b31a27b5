using System.Globalization;

namespace Cvm.Engine;

/// <summary>Steps and rules of a journey in the playbook's own words, to be compared: two that read the same do the same.</summary>
static class StepText
{
    public static string Of(Step step) => step switch
    {
        Step.Send send => $"send {Of(send.Sending)}",
        Step.Wait wait => $"wait {Of(wait.Rest)}{(wait.Until is { } until ? $" until {Of(until)}" : "")}",
        Step.If choice => $"if {choice.When.Source}",
        Step.Choose choose => $"choose {string.Join(" | ", choose.Cases.Select(known => known.When.Source))}",
        Step.Split split => $"split {string.Join(", ", split.Arms.Select(arm => string.Create(CultureInfo.InvariantCulture, $"{arm.Name} {arm.Share:0.###%}")))}{(split.Promote is { } rule ? $", promote {rule}" : "")}",
        Step.Ask ask => $"ask {ask.Survey}, {Of(ask.Sending)}, patience {ask.Patience}",
        Step.Give { Gift: Gift.Points points } => $"give points {points.Amount.Source}",
        Step.Give give => $"give {give.Gift}",
        Step.Task task => $"task {task.For}: {task.Do}, due {task.Due}, {task.Kind}, {(task.Outcomes.IsDefault ? "" : string.Join(", ", task.Outcomes))}",
        Step.Case work => $"case {work.Act}",
        Step.Set set => $"set {string.Join(", ", set.Attributes.Select(pair => $"{pair.Key} = {pair.Value}"))} +{string.Join(", ", set.Tags)} -{string.Join(", ", set.Untag)}",
        Step.Webhook hook => $"webhook {hook.Url}: {string.Join(", ", hook.Facts)}",
        Step.Start start => $"start {start.Journey}",
        Step.Hold hold => $"hold {hold.For}",
        Step.Release => "release",
        Step.End end => $"end {end.Outcome}",
        _ => step.ToString(),
    };

    /// <summary>Such as <c>score-changed when alive &lt; 0.4</c>.</summary>
    public static string Of(Trigger trigger) =>
        $"{trigger.On}{(trigger.Of is { } of ? $" of {of}" : "")}{(trigger.BeforeDays > 0 ? $" {trigger.BeforeDays}d before" : "")}{(trigger.When is { } when ? $" when {when.Source}" : "")}";

    /// <summary>Everything about a journey but its steps: what is said first, then how.</summary>
    public static IEnumerable<(string Name, string Value)> Rules(Journey journey)
    {
        yield return ("about", journey.About);
        yield return ("purpose", journey.Purpose.ToString().ToLowerInvariant());
        yield return ("topic", journey.Topic ?? "none");
        yield return ("enter", string.Join("; ", journey.Enter.Select(Of)));
        yield return ("again-after", journey.Once ? "never" : journey.AgainAfter?.ToString() ?? "as soon as the last one ended");
        yield return ("holdout", journey.Holdout == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{journey.Holdout * 100:0.##}%"));
        yield return ("leave", journey.Leave.IsEmpty ? "none" : string.Join("; ", journey.Leave.Select(leave => $"{Of(leave.Trigger)} as {leave.As}")));
        yield return ("goal", journey.Goal is { } goal ? $"{Of(goal.Trigger)} within {goal.Within}" : "none");
    }

    static string Of(Sending sending) =>
        $"{sending.Template} via {string.Join(", ", sending.Via)}{(sending.At is { } at ? $" at {at:HH\\:mm}" : "")}, valid for {sending.ValidFor}, {sending.OnLate}{(sending.Purpose is { } purpose ? $", {purpose}" : "")}";

    static string Of(Rest rest) => rest switch { { For: { } lapse } => $"{lapse}", { At: { } time } => $"until {time:HH\\:mm}", _ => $"until {rest.On:yyyy-MM-dd}" };
}
