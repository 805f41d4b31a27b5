namespace Cvm;

/// <summary>What a condition looks at: one customer, the signal at hand, the enrollment if there is one, and the moment.</summary>
public readonly record struct View(Playbook Playbook, Dossier Dossier, Signal? Signal, Enrollment? Enrollment, DateTimeOffset Now);

/// <summary>A named fact: its type, what it means, and how it is read.</summary>
public sealed record Fact(string Name, FactType Type, string About, Func<View, Value> Read);

/// <summary>A question with one text argument, such as <c>tagged('vip')</c>.</summary>
/// <param name="Argument">What the argument names: tag, attribute, segment, journey, coupon, tier.</param>
public sealed record Question(string Name, FactType Type, string Argument, string About, Func<View, string, Value> Read);

/// <summary>The facts that conditions may name. The list below is the whole vocabulary.</summary>
public static class Facts
{
    public static ImmutableSortedDictionary<string, Fact> All { get; } = new Fact[]
    {
        // profile
        Text("country", "Country code.", v => v.Dossier.Profile.Country),
        Text("locale", "Language tag.", v => v.Dossier.Profile.Locale ?? v.Playbook.Policies.Locale),
        Truth("has-email", "An e-mail address is known.", v => v.Dossier.Profile.Email is not null),
        Truth("has-phone", "A phone number is known.", v => v.Dossier.Profile.Phone is not null),
        Truth("has-birthday", "A believable birthday is known.", v => v.Dossier.Profile.Birthday is { IsPlaceholder: false }),
        Number("age", "Whole years.", v => v.Dossier.Profile.Birthday?.AgeOn(LocalTimes.Day(v.Playbook.ZoneOf(v.Dossier), v.Now)) ?? double.NaN),
        Number("days-to-birthday", "Days to the nearest birthday, before or after; unknown beyond 31.", DaysToBirthday),
        Span("known-for", "Since the customer joined.", v => v.Dossier.Profile.Joined is { } joined ? (v.Now - joined).TotalDays : double.NaN),

        // purchases
        Number("orders", "Orders so far.", v => v.Dossier.Purchases.Orders),
        Number("spent", "Spent so far, less refunds.", v => (double)v.Dossier.Purchases.Net),
        Number("average-order", "Average order.", v => v.Dossier.Purchases.Orders == 0 ? double.NaN : (double)v.Dossier.Purchases.Spent / v.Dossier.Purchases.Orders),
        Number("refunds", "Refunds so far.", v => v.Dossier.Purchases.Refunds),
        Span("silence", "Since the last order.", v => v.Dossier.Purchases.SilenceDays(v.Now)),
        Span("rhythm", "The customer's own usual time between orders.", v => v.Dossier.Purchases.RhythmDays),
        Text("value", "'high', 'middle' or 'low', by money spent.", Worth),

        // scores, as of the last night that moved them
        Number("alive", "Chance of still being a customer, from 0 to 1.", v => Scored(v)?.Alive ?? double.NaN),
        Number("expected-orders", "Orders to be expected within a year.", v => Scored(v)?.Orders365 ?? double.NaN),
        Number("lifetime-value", "Margin to be expected within a year, discounted.", v => Scored(v)?.Value365 ?? double.NaN),
        Number("contribution", "Margin so far, less discounts, points, service and messages.", v => Scored(v) is { } scores ? (double)scores.Contribution : double.NaN),
        Number("recency-score", "1 to 5 among all customers; 5 bought most recently.", v => Quintile(v, 0)),
        Number("frequency-score", "1 to 5 among all customers; 5 bought most often.", v => Quintile(v, 1)),
        Number("monetary-score", "1 to 5 among all customers; 5 spent most.", v => Quintile(v, 2)),
        Text("rfm-segment", "The named segment of recency and frequency, such as 'champion'.", v => Scored(v)?.Segment),
        Text("stage", "'prospect', 'new', 'repeat', 'mature', 'loyal', 'at-risk' or 'lapsed'.", v => Scored(v) is { } scores ? ScoreWords.Of(scores.Stage) : null),
        Text("potential", "'high', 'middle' or 'low': what could still come.", v => Scored(v) is { } scores ? ScoreWords.Of(scores.Potential) : null),
        Text("relationship", "'strategic', 'core' or 'general'.", v => Scored(v) is { } scores ? ScoreWords.Of(scores.Relationship) : null),
        Text("need", "'product', 'service' or 'price': what the customer cares for most.", v => Scored(v) is { } scores ? ScoreWords.Of(scores.Need) : null),
        Number("alive-before", "At score-changed: the chance before.", v => v.Signal is Signal.ScoreChanged changed ? changed.Was.Alive : double.NaN),
        Text("stage-before", "At score-changed: the stage before.", v => v.Signal is Signal.ScoreChanged changed ? ScoreWords.Of(changed.Was.Stage) : null),
        Text("value-before", "At score-changed: the value before.", v => v.Signal is Signal.ScoreChanged changed ? ScoreWords.Of(changed.Was.Value) : null),

        // satisfaction and cases
        Number("last-score", "Score of the last survey answer.", v => v.Dossier.Satisfaction.Answers is [.., var last] ? last.Score : double.NaN),
        Truth("unhappy", "The last survey answer was unhappy.", IsUnhappy),
        Number("complaints", "Complaints so far.", v => v.Dossier.Satisfaction.Complaints),
        Truth("open-case", "A case is open.", v => v.Dossier.Cases.Any(c => c.Open)),
        Truth("on-hold", "Promotions are paused.", v => !v.Dossier.Holds.IsEmpty),

        Number("open-tasks", "Tasks of the team for this customer that are still to be done.", v => v.Dossier.Tasks.Count(t => t.Open)),
        Span("last-contact", "Since a person of the team last called, visited or gave something: a task of that kind was done.", v => LastContact(v)),

        // loyalty
        Number("points", "Points that can be spent.", v => v.Dossier.Ledger.Balance),
        Number("expiring-points", "At points-expiring: how many expire.", v => v.Signal is Signal.PointsExpiring expiring ? expiring.Points : v.Enrollment is { EnteredOn: "points-expiring" } e ? e.Figure ?? double.NaN : double.NaN),
        Number("pending-points", "Points of orders that may still be returned.", v => v.Dossier.Ledger.Coming),
        Text("tier", "Loyalty tier.", v => v.Dossier.Ledger.Tier),
        Truth("tier-falling", "The tier is no longer reached, and will be lost.", v => v.Dossier.Ledger.TierFallsOn is not null),
        Truth("referred", "Another customer brought this one.", v => v.Dossier.Referral is not null),
        Number("friends", "Friends brought within a year who kept their first order.", v => v.Dossier.Friends.Count(at => at > v.Now.AddDays(-365))),

        // the signal at hand
        Text("event", "The event that started this journey, or the one at hand.", v => v.Enrollment?.EnteredOn ?? (v.Signal is { } signal ? Events.NameOf(signal) : null)),
        Number("amount", "Money of the order or refund at hand.", v => v.Signal switch
        {
            Signal.Ordered order => (double)order.Amount,
            Signal.Refunded refund => (double)refund.Amount,
            _ => v.Enrollment?.Figure ?? double.NaN,
        }),
        Number("score", "Score of the answer at hand.", v => v.Signal is Signal.Answered answer ? answer.Score : v.Enrollment?.Figure ?? double.NaN),
        Text("survey", "Survey of the answer at hand.", v => (v.Signal as Signal.Answered)?.Survey),
        Truth("unhappy-answer", "The answer at hand is unhappy by its survey.", v => v.Signal is Signal.Answered a && Unhappy(v.Playbook, a.Survey, a.Score)),
        Text("severity", "Severity of the complaint or case at hand.", Severity),

        // this journey
        Truth("happened", "The last wait or question ended by its event, not by its time.", v => v.Enrollment?.Happened == true),
        Number("answer", "Score of the last answer in this journey.", v => v.Enrollment?.Answer ?? double.NaN),
        Truth("messaged", "This journey has sent a message.", v => v.Enrollment?.Message is not null),
        Truth("coupon-used", "The coupon this journey gave was used.", v => v.Enrollment?.Coupon is { } code && v.Dossier.Coupons.Any(c => c.Code == code && c.UsedAt is not null)),
        Truth("case-resolved", "The case of this journey is resolved.", v => v.Enrollment?.Case is { } id && v.Dossier.Cases.Any(c => c.Id == id && !c.Open)),
        Truth("case-by-hand", "A person of the team opened the case at hand, such as for a call.", v => CaseAtHand(v)?.OpenedByHand is not null),
        Text("case-level", "Whom the case at hand lies with: a role of policies.yaml, such as 'director'.", v => CaseAtHand(v)?.Level),
        Truth("case-acknowledged", "Somebody took this journey's case on.", v => v.Enrollment?.Case is { } id && v.Dossier.Cases.Any(c => c.Id == id && c.AcknowledgedAt is not null)),
        Truth("task-done", "The task of this journey is done.", v => v.Enrollment?.Task is { } id && v.Dossier.Tasks.Any(t => t.Id == id && t.DoneAt is not null)),
        Text("task-outcome", "What came of the task at hand, else of the last one of this journey.", v => Task(v)?.Outcome),
        Text("task-kind", "'call', 'gift', 'visit' or 'other': the task at hand, else the last one of this journey.", v => Task(v)?.Kind.ToString().ToLowerInvariant()),
        Truth("task-overdue", "The task of this journey is late and still to be done.", v => Task(v) is { Open: true, DueAt: { } due } && due <= v.Now),
    }.ToImmutableSortedDictionary(fact => fact.Name, fact => fact, StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, Question> Questions { get; } = new Question[]
    {
        new("tagged", FactType.Truth, "tag", "The customer has this tag.", (v, tag) => Value.Of(v.Dossier.Profile.Tags.Contains(tag, StringComparer.Ordinal))),
        new("attribute", FactType.Text, "attribute", "The customer's attribute, as text.", (v, name) => Value.Of(v.Dossier.Profile.Attributes.GetValueOrDefault(name))),
        new("in-segment", FactType.Truth, "segment", "The customer is in this segment now.", (v, name) => Value.Of(v.Playbook.Segments.TryGetValue(name, out var segment) && segment.When.Holds(v))),
        new("in-journey", FactType.Truth, "journey", "The customer is in this journey now.", (v, name) => Value.Of(v.Dossier.Enrollments.Any(e => e.Journey == name))),
        new("times-in", FactType.Number, "journey", "How often the customer entered this journey.", (v, name) => Value.Of(v.Dossier.Visits.FirstOrDefault(j => j.Journey == name)?.Count ?? 0.0)),
        new("tier-at-least", FactType.Truth, "tier", "The tier is this one or higher.", (v, name) => Value.Of(v.Playbook.Loyalty.Rank(v.Dossier.Ledger.Tier) >= v.Playbook.Loyalty.Rank(name))),
        new("holds-coupon", FactType.Truth, "coupon", "An unused, valid coupon of this name is in hand.", (v, name) => Value.Of(v.Dossier.Coupons.Any(c => c.Name == name && c.UsedAt is null && c.ValidUntil > v.Now))),
    }.ToImmutableSortedDictionary(question => question.Name, question => question, StringComparer.Ordinal);

    /// <summary>Whether that score is unhappy by the survey's own rule; false for a survey the playbook does not know.</summary>
    public static bool Unhappy(Playbook playbook, string survey, int score) => playbook.Surveys.TryGetValue(survey, out var rule) && score <= rule.Unhappy;

    // Looked for day by day, because a lunar birthday follows no rule of this calendar.
    static double DaysToBirthday(View v)
    {
        if (v.Dossier.Profile.Birthday is not { IsPlaceholder: false } birthday) return double.NaN;

        var (today, leap) = (LocalTimes.Day(v.Playbook.ZoneOf(v.Dossier), v.Now), v.Playbook.Policies.LeapDay);
        for (var days = 0; days <= 31; days++)
            if (birthday.KeptOn(today.AddDays(days), leap) is not null || birthday.KeptOn(today.AddDays(-days), leap) is not null) return days;
        return double.NaN;
    }

    static bool IsUnhappy(View v) => v.Dossier.Satisfaction.Answers is [.., var last] && Unhappy(v.Playbook, last.Survey, last.Score);

    // By the standing band, which does not flicker at its bounds, as far as there is one.
    static string Worth(View v) => ScoreWords.Of(ValueBands.Of(v.Dossier.Purchases.Net, Scored(v)?.Value, v.Playbook.Policies.ValueFrom, v.Playbook.Scores.ValueSlack));

    static Scores? Scored(View v) => v.Dossier.Scores is { AsOf: not null } scores ? scores : null;

    static double Quintile(View v, int place) => Scored(v)?.Rfm is { Length: 3 } rfm ? rfm[place] - '0' : double.NaN;

    static string? Severity(View v) => v.Signal is Signal.Complained complaint ? complaint.Severity : CaseAtHand(v)?.Severity;

    static Case? CaseAtHand(View v) => CaseActs.Find(v.Dossier, v.Signal is Signal.CaseMoved moved ? moved.Case : v.Enrollment?.Case);

    static StaffTask? Task(View v)
    {
        var id = v.Signal switch { Signal.TaskDone done => done.Task, Signal.TaskMoved moved => moved.Task, _ => v.Enrollment?.Task };
        return id is null ? null : v.Dossier.Tasks.FirstOrDefault(task => task.Id == id);
    }

    static double LastContact(View v) => v.Dossier.Contacts.IsEmpty ? double.NaN : Math.Max(0, (v.Now - v.Dossier.Contacts.Max(contact => contact.At)).TotalDays);

    static Fact Truth(string name, string about, Func<View, bool> read) => new(name, FactType.Truth, about, v => Value.Of(read(v)));

    static Fact Number(string name, string about, Func<View, double> read) => new(name, FactType.Number, about, v => Value.Of(read(v)));

    static Fact Span(string name, string about, Func<View, double> read) => new(name, FactType.Span, about, v => Value.Days(read(v)));

    static Fact Text(string name, string about, Func<View, string?> read) => new(name, FactType.Text, about, v => Value.Of(read(v)));
}
