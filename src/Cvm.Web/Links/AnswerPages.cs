using System.Collections.Immutable;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>Where the tap on an answer leads: a short page that asks for the why. Looking at it says nothing; the picture on it, which programs that only
/// fetch links never load, says that the page is before somebody's eyes. What the form says is a person's word at once.</summary>
static class AnswerPages
{
    // The least picture there is: one transparent dot.
    static readonly byte[] Dot = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    public static Task<IResult> Show([AsParameters] Bearer bearer, string? said, string? change) => bearer.Open(LinkKind.Answer, guest =>
        AnswerView.Of(guest, bearer) is not { } view ? Closed(bearer)
        : said is not null && view.Given is null ? Notice.Of(guest.Texts, guest.Playbook, guest.Texts.SurveyThanks, [guest.Texts.SurveySoon]).Show()
        : Site.Show<AnswerPage>(said is not null ? view with { Said = true } : change is not null ? view.AsGiven() : view.AsTapped()));

    public static Task<IResult> Say([AsParameters] Bearer bearer) => bearer.Open(LinkKind.Answer, async guest =>
    {
        if (AnswerView.Of(guest, bearer) is not { } view) return Closed(bearer);
        if (await LinkForms.Read(bearer.Http.Request) is not { } form) return Wrong(guest, view, bearer.Http.Request.HasFormContentType ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status415UnsupportedMediaType);
        if (AnswerForm.Read(form, view.Survey) is not var (score, reasons, comment)) return Wrong(guest, view with { Typed = form["comment"].ToString() }, StatusCodes.Status400BadRequest);

        var answer = new Signal.Answered(guest.NewId("answered"), guest.Now, view.Survey.Name, score, comment) { Ask = guest.Link.Key, Reasons = reasons, By = guest.By };
        var shows = await bearer.Say(guest, answer);
        return new SeeOther($"{view.Here}?said={(shows ? "yes" : "soon")}");
    });

    /// <summary>The picture on the page. Only the page itself may ask for it, as far as the browser says who asks.</summary>
    public static async Task<IResult> Tap([AsParameters] Bearer bearer)
    {
        if (bearer.Links.Read(bearer.Token, LinkKind.Answer) is not { } link) return bearer.NotFound();
        if (link.Until >= bearer.Now && ByOurPage(bearer.Http.Request)) await ClickRoute.Note(bearer, link);
        return TypedResults.Bytes(Dot, "image/gif");
    }

    /// <summary>The question is too old, or nobody is asked it any more.</summary>
    public static IResult Closed(Bearer bearer)
    {
        var texts = LinkTexts.In(bearer.Http.Request.Headers.AcceptLanguage.ToString());
        return Notice.Of(texts, bearer.Playbook, texts.SurveyClosed, [texts.SurveyClosedAbout]).Show(StatusCodes.Status410Gone);
    }

    static IResult Wrong(Guest guest, AnswerView view, int status) => Site.Show<AnswerPage>(view.AsGiven() with { Told = guest.Texts.SurveyWrong }, status);

    static bool ByOurPage(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" && request.Headers["Sec-Fetch-Dest"].ToString() is "" or "image";
}

/// <summary>What the page of an answer shows.</summary>
public sealed record AnswerView
{
    public required LinkTexts Texts { get; init; }
    public required string Sender { get; init; }

    /// <summary>Path of this page, with its token.</summary>
    public required string Here { get; init; }

    public required Survey Survey { get; init; }
    public required string Question { get; init; }
    public required (string Low, string High) Ends { get; init; }

    /// <summary>Names and labels.</summary>
    public required ImmutableArray<(string Name, string Label)> Reasons { get; init; }

    /// <summary>The score of the link that was tapped.</summary>
    public required int Tapped { get; init; }

    /// <summary>What counts so far; null for nothing.</summary>
    public required GivenAnswer? Given { get; init; }

    /// <summary>The score that is chosen on the form.</summary>
    public int Score { get; init; }

    /// <summary>Whether the picture is there, which says that the tapped answer is meant.</summary>
    public bool Tells { get; init; }

    /// <summary>Whether the form has been sent.</summary>
    public bool Said { get; init; }

    public string? Told { get; init; }

    /// <summary>What was written into a form that was refused; null where none was.</summary>
    public string? Typed { get; init; }

    internal AnswerView AsTapped() => this with { Score = Tapped, Tells = Given?.Score != Tapped, Told = Texts.SurveyNoted(Tapped, Survey.Scale.Most) };

    internal AnswerView AsGiven() => this with { Score = Given?.Score ?? Tapped };

    /// <summary>Null where the survey is not asked any more, or not on this scale.</summary>
    internal static AnswerView? Of(Guest guest, Bearer bearer)
    {
        if (AnswerLink.Read(guest.Link.Target) is not var (name, score) || !guest.Playbook.Surveys.TryGetValue(name, out var survey) || !survey.Takes(score)) return null;

        var (locale, policies) = (guest.Dossier.Profile.Locale ?? guest.Playbook.Policies.Locale, guest.Playbook.Policies);
        return new()
        {
            Texts = guest.Texts,
            Sender = guest.Sender,
            Here = "/" + SignedLinks.PathOf(LinkKind.Answer) + bearer.Token,
            Survey = survey,
            Question = SurveyWords.Question(survey, policies, locale),
            Ends = SurveyWords.In(locale).Ends(survey.Kind),
            Reasons = [.. survey.Reasons.Select(reason => (reason.Name, SurveyWords.Label(reason, locale, policies)))],
            Tapped = score,
            Given = guest.Dossier.Satisfaction.Answers.LastOrDefault(given => given.Ask != "" && given.Ask == guest.Link.Key),
        };
    }
}

/// <summary>What the form of an answer sends.</summary>
static class AnswerForm
{
    public const int MostLetters = 500;

    /// <summary>Null where it holds what this page does not offer.</summary>
    public static (int Score, ImmutableArray<string> Reasons, string Comment)? Read(IFormCollection form, Survey survey)
    {
        if (!int.TryParse(form["score"].ToString(), out var score) || !survey.Takes(score)) return null;

        ImmutableArray<string> reasons = [.. form["reason"].OfType<string>().Distinct(StringComparer.Ordinal)];
        if (reasons.Any(name => !survey.Reasons.Any(reason => reason.Name == name))) return null;

        var comment = form["comment"].ToString().ReplaceLineEndings("\n").Trim();
        if (comment.Length > MostLetters) return null;
        return (score, reasons, string.Concat(comment.Where(letter => !char.IsControl(letter) || letter == '\n')));
    }
}
