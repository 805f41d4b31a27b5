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
            "joined" => T("the customer becomes known"),
            "order" => T("an order comes in"),
            "refund" => T("money goes back"),
            "survey" => of == "" ? T("the survey is answered") : T("the survey{0} is answered", of),
            "complaint" => T("the customer complains"),
            "birthday" => T("it is the customer's birthday"),
            "holiday" => of == "" ? T("it is a holiday") : T("it is{0}", of),
            "day" => T("a new day begins for the customer"),
            "segment" => T("the customer comes into the segment{0}", of),
            "points" => T("points are gained"),
            "points-expiring" => T("points expire soon"),
            "tier" => T("the tier changes"),
            "tier-up" => T("the tier rises"),
            "coupon-used" => T("a coupon is used"),
            "case-opened" => T("a case is opened"),
            "case-acknowledged" => T("somebody takes the case on"),
            "case-escalated" => T("the case goes up a level"),
            "case-resolved" => T("the case is resolved"),
            "task-done" => T("the task is done"),
            "delivered" => T("{0} has arrived", Message(of)),
            "opened" => T("{0} is opened", Message(of)),
            "clicked" => T("a link in {0} is followed", Message(of)),
            "bounced" => T("{0} comes back", Message(of)),
            "consent" => T("the customer agrees to something"),
            "opted-out" => T("the customer withdraws an agreement"),
            "started" => T("another journey starts it"),
            var other => T("'{0}' happens", other),
        };

        return (trigger.BeforeDays > 0 ? T("it is {0} before {1}", Words.Count(trigger.BeforeDays, "day"), Day(trigger)) : happens)
            + (trigger.When is { } condition ? T(", if {0}", condition) : "");
    }

    static string Message(string of) => of == "" ? T("the message") : of.TrimStart();

    static string Day(Trigger trigger) => trigger.On == "birthday" ? T("the customer's birthday") : trigger.Of ?? T("a holiday");

    /// <summary>What the step does, in a few words.</summary>
    public static string Title(Step step) => step switch
    {
        Step.Send send => T("Send {0}", send.Sending.Template),
        Step.Wait { Rest.For: { } lapse } => T("Wait {0}", Words.Span(lapse)),
        Step.Wait { Rest.At: { } time } => T("Wait until {0}", $"{time:HH\\:mm}"),
        Step.Wait { Rest.On: { } day } => T("Wait until {0}", Words.Day(day)),
        Step.Wait => T("Wait"),
        Step.If => T("If"),
        Step.Choose choose => T("Choose one of {0}", choose.Cases.Length + 1),
        Step.Split split => T("Experiment, {0} ways", split.Arms.Length),
        Step.Ask ask => T("Ask {0}", ask.Survey),
        Step.Give give => Gives(give.Gift),
        Step.Task task => T("Task for {0}", task.For),
        Step.Case { Act: CaseStep.Open } => T("Open a case"),
        Step.Case { Act: CaseStep.Reopen } => T("Open the case again"),
        Step.Case { Act: CaseStep.Escalate escalate } => T("Escalate to {0}", escalate.To),
        Step.Case => T("Close the case"),
        Step.Set => T("Change the profile"),
        Step.Webhook => T("Call a web address"),
        Step.Start start => T("Start {0}", start.Journey),
        Step.Hold => T("Pause promotions"),
        Step.Release => T("Resume promotions"),
        Step.End => T("End"),
        _ => throw new UnreachableException($"No words for {step.GetType().Name}."),
    };

    /// <summary>The rest of it, in one line; empty where the title says all.</summary>
    public static string Detail(Step step) => step switch
    {
        Step.Send send => Goes(send.Sending),
        Step.Wait wait => wait.Until is { } until ? T("or until {0}", Event(until)) : "",
        Step.If branch => branch.When.Source,
        Step.Choose => T("the first that holds"),
        Step.Split => T("everybody keeps their way"),
        Step.Ask ask => T("waits up to {0}", Words.Span(ask.Patience)),
        Step.Give { Gift: Gift.Coupon coupon } => T("{0}, valid {1}", coupon.Worth, Words.Span(coupon.Valid)) + (coupon.Costs > 0 ? T(", costs {0}", Words.Count(coupon.Costs, "point")) : ""),
        Step.Give { Gift: Gift.Tier tier } => T("for {0}", Words.Span(tier.For)),
        Step.Give => "",
        Step.Task task => task.Do,
        Step.Case { Act: CaseStep.Open open } => T("with {0}", open.To ?? T("the team")) + (open.Within is { } time ? T(", within {0}", Words.Span(time)) : ""),
        Step.Case { Act: CaseStep.Escalate escalate } => escalate.Within is { } time ? T("within {0}", Words.Span(time)) : T("by the times of service.yaml"),
        Step.Case { Act: CaseStep.Reopen again } => again.To is { } to ? T("with {0}", to) : T("with whom it was"),
        Step.Case { Act: CaseStep.Close close } => close.Outcome,
        Step.Set set => string.Join(", ", set.Tags.Select(tag => $"+{tag}").Concat(set.Untag.Select(tag => $"−{tag}")).Concat(set.Attributes.Select(pair => $"{pair.Key} = {pair.Value}"))),
        Step.Webhook webhook => webhook.Url,
        Step.Hold { For: { } lapse } => T("for {0}", Words.Span(lapse)),
        Step.Hold => T("until released"),
        Step.End end => end.Outcome,
        _ => "",
    };

    static string Gives(Gift gift) => gift switch
    {
        Gift.Points points => T("Give {0} points", points.Amount.Source),
        Gift.Coupon coupon => T("Give coupon {0}", coupon.Name),
        Gift.Tier tier => T("Give tier {0}", tier.Name),
        _ => throw new UnreachableException($"No words for {gift.GetType().Name}."),
    };

    static string Goes(Sending sending) =>
        string.Join(T(", else "), sending.Via.Select(Words.Name)) + (sending.At is { } time ? T(" at {0}", $"{time:HH\\:mm}") : "");
}
