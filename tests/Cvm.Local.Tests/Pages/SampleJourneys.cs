using System.Collections.Immutable;
using Cvm.Engine;

namespace Cvm.Local.Tests.Pages;

/// <summary>A playbook compiled by hand, with every kind of step and branch.</summary>
static class SampleJourneys
{
    static readonly Lapse Week = new(7, "d"), TwoDays = new(2, "d"), FourHours = new(4, "bh");

    public static LoadedPlaybook Loaded { get; } = new(
        new Playbook
        {
            Journeys = [BirthdayCare(), ComplaintEscalation(), LoyaltyRewards(), WinBack()],
            Segments = ImmutableSortedDictionary<string, Segment>.Empty,
            Surveys = SampleAnswers.Surveys,
            Templates = ImmutableSortedDictionary<string, TemplateKind>.Empty,
            Loyalty = new(),
            Policies = new() { Zone = "Europe/Berlin" },
            Holidays = HolidayCalendar.Empty,
        },
        new NoRenderer(),
        [new("win-back", 3, "journey: win-back\nversion: 3\nabout: Bring back customers whose own rhythm says they are slipping away, <before> it is too late for a kind word or a small present from the shop.\n")])
    {
        Messages = MessageTemplates.Load(Messages, new()).Templates,
    };

    static TemplateFile[] Messages =>
    [
        new("messages/happy-birthday.en.md", "happy-birthday", "en", Channel.Email, "---\nsubject: Happy birthday{{#if name}}, {{name}}{{/if}}\npreheader: A small present for your day.\n---\n# Happy birthday\n\nDear {{or name \"friend\"}},\n\n{{#if coupon}}\n{{coupon}}\n{{/if}}\n\n[Choose](https://shop.example/)\n"),
        new("messages/happy-birthday.zh-CN.md", "happy-birthday", "zh-CN", Channel.Email, "---\nsubject: 生日快乐\n---\n# 生日快乐\n\n{{or name \"朋友\"}}，您好\n"),
        new("messages/happy-birthday.en.sms", "happy-birthday", "en", Channel.Sms, "Happy birthday, {{or name \"friend\"}}! Yours, the shop. It\u2019s your day. STOP to opt out"),
        new("messages/tier-news.en.sms", "tier-news", "en", Channel.Sms, "You are {{or tier \"with us\"}} now."),
    ];

    public static Expression Condition(string source)
    {
        List<Problem> problems = [];
        return ExpressionParser.Parse(source, _ => new("sample"), _ => null, problems) ?? throw new InvalidOperationException(string.Join('\n', problems));
    }

    static Sending Mail(string template, TimeOnly? at = null) => new(template, [Channel.Email, Channel.Sms], at, TwoDays, OnLate.Skip);

    static Gift.Points Points(string amount)
    {
        List<Problem> problems = [];
        return new(ExpressionParser.Parse(amount, _ => new("sample"), _ => null, problems, FactType.Number)!);
    }

    static Journey WinBack() => new()
    {
        Name = "win-back",
        Version = 3,
        About = "Bring back customers whose own rhythm says they are slipping away.",
        Purpose = Purpose.Promotional,
        Enter = [new("day", Condition("silence > 2 * rhythm and orders >= 2 and not open-case"))],
        AgainAfter = new(90, "d"),
        Holdout = 0.1,
        Leave = [new(new("order"), "won-back")],
        Goal = new(new("order"), new(30, "d")),
        Steps =
        [
            new Step.Send("send-we-miss-you", 1, Mail("we-miss-you", new(10, 0))),
            new Step.Wait("wait-7d", 2, new(Week), new("opened")),
            new Step.Split("split", 5, [new("coupon", 0.5, 3), new("points", 0.5, 4)]),
            new Step.Give("give-back10", 5, new Gift.Coupon("BACK10", "10%", new(14, "d"), 0)),
            new Step.Give("give-500", 5, Points("500")),
            new Step.Send("send-small-present", 6, Mail("a-small-present-with-a-very-long-template-name")),
            new Step.Wait("wait-7d-2", 7, new(Week), null),
            new Step.If("if", 9, Condition("value == 'high'"), 8, 9),
            new Step.Task("task", 9, "account-manager", "Call {{name}} and ask how they are", TwoDays),
            new Step.Send("send-sms", 10, new("last-word", [Channel.Sms], null, TwoDays, OnLate.Skip)),
            new Step.End("end", "tried"),
        ],
    };

    static Journey ComplaintEscalation() => new()
    {
        Name = "complaint-escalation",
        Version = 1,
        About = "A complaint or an unhappy answer gets a person, a deadline and an apology.",
        Purpose = Purpose.Service,
        Enter = [new("complaint"), new("survey", Condition("unhappy-answer"), "after-purchase")],
        Steps =
        [
            new Step.Case("open", 1, new CaseStep.Open("{{reason}}", "high", "agent", FourHours)),
            new Step.Hold("hold", 2, new(30, "d")),
            new Step.Send("send-sorry", 3, Mail("sorry")),
            new Step.Wait("wait-agent", 4, new(FourHours), new("case-resolved")),
            new Step.If("if", 9, Condition("case-resolved"), 9, 5),
            new Step.Case("to-manager", 6, new CaseStep.Escalate("manager", FourHours)),
            new Step.Wait("wait-manager", 7, new(FourHours), new("case-resolved")),
            new Step.If("if-2", 9, Condition("not case-resolved"), 8, 9),
            new Step.Case("to-director", 9, new CaseStep.Escalate("director", new(1, "bd"))),
            new Step.Ask("ask", 10, "after-complaint", Mail("how-was-it"), new(5, "d")),
            new Step.Choose("choose", 14, [(Condition("not happened"), 11), (Condition("answer <= 2"), 12)], 13),
            new Step.Set("set", 14, ImmutableSortedDictionary<string, string>.Empty.Add("mood", "unknown"), ["silent"], []),
            new Step.Start("start", 14, "win-back"),
            new Step.Give("give", 14, Points("200")),
            new Step.Release("release", 15),
            new Step.Webhook("webhook", Step.Done, "https://crm.example.com/hooks/complaints", ["orders"]),
        ],
    };

    static Journey BirthdayCare() => new()
    {
        Name = "birthday-care",
        Version = 2,
        About = "A greeting at nine on the day, a coupon, and a call for the best customers.",
        Purpose = Purpose.Promotional,
        Enter = [new("birthday")],
        Goal = new(new("coupon-used"), new(30, "d")),
        Steps =
        [
            new Step.Send("send-greeting", 1, Mail("happy-birthday", new(9, 0))),
            new Step.If("if", 3, Condition("tier-at-least('gold')"), 2, 3),
            new Step.Task("task", 3, "account-manager", "Call and congratulate", new(1, "d")),
            new Step.Give("give", 4, new Gift.Coupon("BIRTHDAY", "15%", new(30, "d"), 0)),
            new Step.Wait("wait", 5, new(new Lapse(20, "d")), new("coupon-used")),
            new Step.If("if-2", 8, Condition("coupon-used"), 6, 7),
            new Step.End("end-used", "used"),
            new Step.Send("send-reminder", 8, Mail("coupon-reminder")),
            new Step.End("end", "reminded"),
        ],
    };

    static Journey LoyaltyRewards() => new()
    {
        Name = "loyalty-rewards",
        Version = 1,
        About = "Thanks for every order, and a word when the tier changes.",
        Purpose = Purpose.Service,
        Enter = [new("tier-up"), new("points-expiring")],
        Steps = [new Step.Send("send", Step.Done, Mail("tier-news"))],
    };

    sealed class NoRenderer : IRenderer
    {
        public (Outgoing? Message, string? Problem) Render(Playbook playbook, Dossier dossier, OutboxEntry entry) => (null, "Pages render no messages.");
    }
}
