using Cvm.Engine;

namespace Cvm.Local;

/// <summary>What somebody of the demo shop thinks when a survey asks: by a tap, on the page behind it, or by SMS. Teapots break more often than tea does, parcels come late
/// before Christmas, and one of the team is less patient than the others; so that the figures have something to show.</summary>
sealed class Opinions(int seed, Survey survey, Outgoing message, Person person, Dossier dossier)
{
    const string Teapot = "teapot", Impatient = "peter";

    static readonly string[] Products = ["earl-grey", "earl-grey", "earl-grey", "oolong", "oolong", "sencha", Teapot];
    static readonly string[] Agents = ["maria", "li", Impatient];

    static readonly Dictionary<string, (string English, string Chinese)> Words = new(StringComparer.Ordinal)
    {
        ["delivery"] = ("The parcel took nine days.", "快递等了九天。"),
        ["quality"] = ("It broke on the first day.", "第一天就坏了。"),
        ["service"] = ("Nobody answered my mail.", "发邮件没人回。"),
        ["waiting"] = ("I had to call three times.", "打了三次电话。"),
    };

    /// <summary>What an order was for.</summary>
    public static string ProductOf(string order) => Pick(Products, Chance.Of("demo product", order));

    /// <summary>Who of the team sees to a case or a task.</summary>
    public static string AgentOf(string work) => Pick(Agents, Chance.Of("demo agent", work));

    /// <summary>What they do, from that moment on.</summary>
    public IEnumerable<Signal> Say(DateTimeOffset at)
    {
        var score = Score(at);
        if (message.Kind == OutboxKind.Sms)
        {
            yield return new Signal.Texted($"sms:{message.Key}", at, Roll("writes") < 0.3 && Reason(score, at) is { } why && Wrote(why) is { } words ? $"{score} {words}" : $"{score}");
            yield break;
        }

        // Six of ten leave it at the tap; the others say why.
        yield return new Signal.Reported($"tap:{message.Key}", at, message.Key, Report.Clicked, AnswerLink.Of(survey.Name, score));
        if (Roll("why") > (score <= survey.Unhappy ? 0.7 : 0.4) || Reason(score, at) is not { } reason) yield break;

        var wrote = Roll("writes") < 0.4 ? Wrote(reason) : null;
        yield return new Signal.Answered($"answer:{message.Key}", at.AddMinutes(1), survey.Name, score, wrote ?? "") { Ask = message.Key, Reasons = [reason], By = "customer" };
    }

    int Score(DateTimeOffset at)
    {
        var asked = dossier.Asked.LastOrDefault(asked => asked.Key == message.Key);
        var mood = person.Content + 0.3 * (Roll("mood") - 0.45);
        if (asked?.Product == Teapot && Roll("broken") < 0.35) mood -= 0.5;
        if (asked?.Agent == Impatient && Roll("patience") < 0.4) mood -= 0.35;
        if (at.Month is 12 or 1 && Roll("late") < 0.12) mood -= 0.4;

        var (least, most) = survey.Scale;
        return least + (int)Math.Round((most - least) * Math.Clamp(mood, 0, 1));
    }

    // A reason from the survey's own list, likelier one that fits.
    string? Reason(int score, DateTimeOffset at)
    {
        if (survey.Reasons.IsEmpty) return null;

        var fits = score > survey.Unhappy ? null
            : dossier.Asked.LastOrDefault(asked => asked.Key == message.Key)?.Product == Teapot ? "quality"
            : at.Month is 12 or 1 || Roll("cause") < 0.5 ? "delivery" : "service";
        return Roll("fits") < 0.6 && survey.Reasons.Any(reason => reason.Name == fits) ? fits : Pick([.. survey.Reasons.Select(reason => reason.Name)], Roll("reason"));
    }

    string? Wrote(string reason) => Words.TryGetValue(reason, out var words) ? person.Profile.Locale == "zh-CN" ? words.Chinese : words.English : null;

    double Roll(string what) => Chance.Of($"{seed}", what, message.Key);

    static string Pick(string[] of, double point) => of[(int)(point * of.Length)];
}
