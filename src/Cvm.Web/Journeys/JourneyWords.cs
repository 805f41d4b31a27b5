using System.Diagnostics;

namespace Cvm.Web;

/// <summary>Triggers and steps in plain words.</summary>
public static class JourneyWords
{
    /// <summary>An event as it completes "when ..." or "until ...".</summary>
    public static string Event(Trigger trigger)
    {
        var of = trigger.Of is { } name ? $" '{name}'" : "";
        var happens = trigger.On switch
        {
            "joined" => "the customer becomes known",
            "order" => "an order comes in",
            "refund" => "money goes back",
            "survey" => $"the survey{of} is answered",
            "complaint" => "the customer complains",
            "birthday" => "it is the customer's birthday",
            "holiday" => $"it is{(of == "" ? " a holiday" : of)}",
            "day" => "a new day begins for the customer",
            "segment" => $"the customer comes into the segment{of}",
            "points" => "points are gained",
            "points-expiring" => "points expire soon",
            "tier" => "the tier changes",
            "tier-up" => "the tier rises",
            "coupon-used" => "a coupon is used",
            "case-opened" => "a case is opened",
            "case-acknowledged" => "somebody takes the case on",
            "case-escalated" => "the case goes up a level",
            "case-resolved" => "the case is resolved",
            "task-done" => "the task is done",
            "delivered" => $"{Message(of)} has arrived",
            "opened" => $"{Message(of)} is opened",
            "clicked" => $"a link in {Message(of)} is followed",
            "bounced" => $"{Message(of)} comes back",
            "consent" => "the customer agrees to something",
            "opted-out" => "the customer withdraws an agreement",
            "started" => "another journey starts it",
            var other => $"'{other}' happens",
        };

        return (trigger.BeforeDays > 0 ? $"it is {Words.Count(trigger.BeforeDays, "day")} before {Day(trigger)}" : happens)
            + (trigger.When is { } condition ? $", if {condition}" : "");
    }

    static string Message(string of) => of == "" ? "the message" : of.TrimStart();

    static string Day(Trigger trigger) => trigger.On == "birthday" ? "the customer's birthday" : trigger.Of ?? "a holiday";

    /// <summary>What the step does, in a few words.</summary>
    public static string Title(Step step) => step switch
    {
        Step.Send send => $"Send {send.Sending.Template}",
        Step.Wait { Rest.For: { } lapse } => $"Wait {Words.Span(lapse)}",
        Step.Wait { Rest.At: { } time } => $"Wait until {time:HH\\:mm}",
        Step.Wait { Rest.On: { } day } => $"Wait until {Words.Day(day)}",
        Step.Wait => "Wait",
        Step.If => "If",
        Step.Choose choose => $"Choose one of {choose.Cases.Length + 1}",
        Step.Split split => $"Experiment, {split.Arms.Length} ways",
        Step.Ask ask => $"Ask {ask.Survey}",
        Step.Give give => Gives(give.Gift),
        Step.Task task => $"Task for {task.For}",
        Step.Case { Act: CaseStep.Open } => "Open a case",
        Step.Case { Act: CaseStep.Reopen } => "Open the case again",
        Step.Case { Act: CaseStep.Escalate escalate } => $"Escalate to {escalate.To}",
        Step.Case => "Close the case",
        Step.Set => "Change the profile",
        Step.Webhook => "Call a web address",
        Step.Start start => $"Start {start.Journey}",
        Step.Hold => "Pause promotions",
        Step.Release => "Resume promotions",
        Step.End => "End",
        _ => throw new UnreachableException($"No words for {step.GetType().Name}."),
    };

    /// <summary>The rest of it, in one line; empty where the title says all.</summary>
    public static string Detail(Step step) => step switch
    {
        Step.Send send => Goes(send.Sending),
        Step.Wait wait => wait.Until is { } until ? $"or until {Event(until)}" : "",
        Step.If branch => branch.When.Source,
        Step.Choose => "the first that holds",
        Step.Split => "everybody keeps their way",
        Step.Ask ask => $"waits up to {Words.Span(ask.Patience)}",
        Step.Give { Gift: Gift.Coupon coupon } => $"{coupon.Worth}, valid {Words.Span(coupon.Valid)}" + (coupon.Costs > 0 ? $", costs {Words.Count(coupon.Costs, "point")}" : ""),
        Step.Give { Gift: Gift.Tier tier } => $"for {Words.Span(tier.For)}",
        Step.Give => "",
        Step.Task task => task.Do,
        Step.Case { Act: CaseStep.Open open } => $"with {open.To ?? "the team"}{(open.Within is { } time ? $", within {Words.Span(time)}" : "")}",
        Step.Case { Act: CaseStep.Escalate escalate } => escalate.Within is { } time ? $"within {Words.Span(time)}" : "by the times of service.yaml",
        Step.Case { Act: CaseStep.Reopen again } => again.To is { } to ? $"with {to}" : "with whom it was",
        Step.Case { Act: CaseStep.Close close } => close.Outcome,
        Step.Set set => string.Join(", ", set.Tags.Select(tag => $"+{tag}").Concat(set.Untag.Select(tag => $"−{tag}")).Concat(set.Attributes.Select(pair => $"{pair.Key} = {pair.Value}"))),
        Step.Webhook webhook => webhook.Url,
        Step.Hold { For: { } lapse } => $"for {Words.Span(lapse)}",
        Step.Hold => "until released",
        Step.End end => end.Outcome,
        _ => "",
    };

    static string Gives(Gift gift) => gift switch
    {
        Gift.Points points => $"Give {points.Amount.Source} points",
        Gift.Coupon coupon => $"Give coupon {coupon.Name}",
        Gift.Tier tier => $"Give tier {tier.Name}",
        _ => throw new UnreachableException($"No words for {gift.GetType().Name}."),
    };

    static string Goes(Sending sending) =>
        string.Join(", else ", sending.Via.Select(Words.Name)) + (sending.At is { } time ? $" at {time:HH\\:mm}" : "");
}
