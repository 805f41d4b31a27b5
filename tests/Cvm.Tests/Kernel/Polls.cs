namespace Cvm.Tests;

/// <summary>A shop that asks after every order, and customers who answer.</summary>
static class Polls
{
    public static readonly DateTimeOffset Now = Some.Now;

    static readonly ImmutableSortedDictionary<string, string> NoLabels = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Asks at once; who answers 4 or 5 ends as happy. Whoever is unhappy comes into another journey.</summary>
    public static Playbook Playbook { get; } = Some.Playbook(
        Some.Journey("poll", new("order"),
            new Step.Ask("ask", 1, "csat", Some.Sending("survey", purpose: Purpose.Service), Some.Lapse("5d")),
            new Step.If("glad", Step.Done, Some.When("happened and answer >= 4"), 2, 3),
            new Step.End("yes", "glad"),
            new Step.Wait("rest", Step.Done, new(Some.Lapse("9d")), null)),
        Some.Journey("care", new("survey", Some.When("unhappy-answer")), new Step.Wait("see", Step.Done, new(Some.Lapse("9d")), null))) with
    {
        Surveys = ImmutableSortedDictionary<string, Survey>.Empty
            .Add("csat", new("csat", SurveyKind.Csat, "survey", 2) { Reasons = [new("delivery", NoLabels.Add("en", "Delivery")), new("price", NoLabels.Add("en", "Price"))] })
            .Add("nps", new("nps", SurveyKind.Nps, "text", 6))
            .Add("reviews", new("reviews", SurveyKind.Csat, null, 2)),
    };

    public const string Key = "poll:ann:1/ask/1";

    /// <summary>Ann was asked, and the mail is out.</summary>
    public static Dossier Asked { get; } = Sent(Take(Some.Ann, Some.Order("o1", 50) with { Product = "tea" }, Now), Key, Now);

    public static Dossier Take(Dossier dossier, Signal signal, DateTimeOffset at) => Kernel.Take(Playbook, dossier, signal, at).Dossier;

    public static Dossier Wake(Dossier dossier, DateTimeOffset at) => Take(dossier, new Signal.Woke(at), at);

    public static Dossier Sent(Dossier dossier, string key, DateTimeOffset at) =>
        Kernel.Settle(Playbook, Kernel.Claim(Playbook, dossier, key, true, at).Dossier, key, new Delivery.Accepted("ok"), at).Dossier;

    public static Signal.Reported Tap(int score, DateTimeOffset at, string survey = "csat", string key = Key) => new($"tap-{score}-{at.Ticks}", at, key, Report.Clicked, AnswerLink.Of(survey, score));

    public static Signal.Answered Said(int score, DateTimeOffset at, string? comment = "", string ask = Key, params string[] reasons) =>
        new($"said-{score}-{at.Ticks}", at, "csat", score, comment) { Ask = ask, Reasons = [.. reasons], By = "customer" };
}
