namespace Cvm.Engine;

/// <summary>Everything that may be sent, written down once.</summary>
public static class Contracts
{
    const string When = "ISO 8601 with an offset, such as 2026-03-01T10:00:00Z; a day alone means noon in the shop's time zone.";

    public static Contract Consent { get; } = new("consent", "The customer's word on one channel and purpose, with its proof.",
    [
        new("channel", MemberType.Text, "email or sms.", Required: true),
        new("purpose", MemberType.Text, "promotional, service or transactional.", Required: true),
        new("given", MemberType.Truth, "false where it was withdrawn; true where left out."),
        new("at", MemberType.Text, When, Required: true),
        new("source", MemberType.Text, "Where it was said: a form, a shop, a call.", Required: true),
        new("wording", MemberType.Text, "The words that were agreed to."),
        new("by", MemberType.Text, "Who recorded it: customer, a person of the team, a program."),
        new("confirmedAt", MemberType.Text, "When the customer confirmed it through a link, where you have asked for that yourself."),
    ]);

    public static Contract Item { get; } = new("item", "One position of an order; its category decides what it earns. The one that cost most is what the order counts as being for.",
    [
        new("sku", MemberType.Text, "The shop's article number.", Required: true),
        new("category", MemberType.Text, "The shop's category; products.yaml's where left out."),
        new("quantity", MemberType.Number, "More than 0.", Required: true),
        new("price", MemberType.Number, "Of one piece.", Required: true),
    ]);

    public static Contract Customer { get; } = new("customer", "What is known of a customer. Replaces what it names, leaves the rest.",
    [
        new("id", MemberType.Text, "The shop's own id, 1 to 64 characters.", Required: true),
        new("name", MemberType.Text, "As the customer is addressed."),
        new("email", MemberType.Text, "E-mail address."),
        new("phone", MemberType.Text, "E.164, such as +442079460000."),
        new("birthday", MemberType.Text, "1992-02-29, --02-29 without the year, or lunar:1990-08-15."),
        new("zone", MemberType.Text, "IANA time zone, such as Europe/Berlin."),
        new("locale", MemberType.Text, "BCP 47 language tag, such as en or zh-CN."),
        new("country", MemberType.Text, "ISO 3166-1 alpha-2, such as DE."),
        new("region", MemberType.Text, "ISO 3166-2, such as US-FL, where the law differs within a country."),
        new("joined", MemberType.Text, When),
        new("referredBy", MemberType.Text, "Who brought this customer: an id, or what stands behind ref= in the address a referral link led to. Counts until the first order."),
        new("tags", MemberType.Texts, "At most 50."),
        new("attributes", MemberType.Map, "At most 50 texts by name."),
        new("consents", MemberType.Objects, "At most 20.", Of: Consent),
        new("at", MemberType.Text, "Since when this holds; now where left out. " + When),
        new("signal", MemberType.Text, "The sender's id of this news; made from the content where left out."),
    ], """
       {"id":"c1","name":"Ada Lovelace","email":"ada@example.com","birthday":"1992-02-29","zone":"Europe/London","locale":"en","country":"GB","consents":[{"channel":"email","purpose":"promotional","at":"2026-03-01T10:00:00Z","source":"checkout"}]}
       """);

    public static Contract Order { get; } = new("order", "An order that a customer placed.",
    [
        new("id", MemberType.Text, "The shop's own id, 1 to 64 characters.", Required: true),
        new("customer", MemberType.Text, "Id of the customer.", Required: true),
        new("at", MemberType.Text, When, Required: true),
        new("amount", MemberType.Number, "What was paid in all, 0 or more, to the cent.", Required: true),
        new("coupon", MemberType.Text, "Code of the coupon that was used."),
        new("currency", MemberType.Text, "ISO 4217; must be the shop's."),
        new("items", MemberType.Objects, "At most 500.", Of: Item),
    ], """
       {"id":"o1","customer":"c1","at":"2026-03-01T10:00:00Z","amount":49.90}
       """);

    public static Contract Refund { get; } = new("refund", "Money that went back for an order.",
    [
        new("id", MemberType.Text, "The shop's own id, 1 to 64 characters.", Required: true),
        new("order", MemberType.Text, "Id of the order.", Required: true),
        new("customer", MemberType.Text, "Id of the customer.", Required: true),
        new("at", MemberType.Text, When, Required: true),
        new("amount", MemberType.Number, "More than 0, to the cent.", Required: true),
    ], """
       {"id":"r1","order":"o1","customer":"c1","at":"2026-03-05T09:30:00Z","amount":10.00}
       """);

    public static Contract SurveyReply { get; } = new("survey reply", "A customer's answer to a survey.",
    [
        new("id", MemberType.Text, "The sender's id of this reply, 1 to 64 characters.", Required: true),
        new("customer", MemberType.Text, "Id of the customer.", Required: true),
        new("survey", MemberType.Text, "Name of a survey of the playbook.", Required: true),
        new("score", MemberType.Whole, "Within the survey's scale.", Required: true),
        new("comment", MemberType.Text, "At most 4,000 characters, of which 500 are kept."),
        new("reasons", MemberType.Texts, "Names from the survey's own list, at most 12."),
        new("product", MemberType.Text, "SKU that it is about."),
        new("agent", MemberType.Text, "Whose work it is about."),
        new("by", MemberType.Text, "Who entered it: an interviewer, a site."),
        new("at", MemberType.Text, When, Required: true),
    ], """
       {"id":"s1","customer":"c1","survey":"after-purchase","score":4,"comment":"Quick and friendly.","product":"earl-grey","by":"Maria, at the till","at":"2026-03-04T18:00:00Z"}
       """);

    public static Contract Complaint { get; } = new("complaint", "Something a customer is unhappy about.",
    [
        new("id", MemberType.Text, "The sender's id of this complaint, 1 to 64 characters.", Required: true),
        new("customer", MemberType.Text, "Id of the customer.", Required: true),
        new("text", MemberType.Text, "The customer's words, at most 4,000 characters.", Required: true),
        new("severity", MemberType.Text, "low, normal or high; normal where left out."),
        new("at", MemberType.Text, When, Required: true),
    ], """
       {"id":"k1","customer":"c1","text":"The parcel came open.","severity":"high","at":"2026-03-04T18:00:00Z"}
       """);

    public static Contract SmsReply { get; } = new("SMS reply", "An SMS that came in. STOP, START, HELP and their like are obeyed and answered once.",
    [
        new("id", MemberType.Text, "The sender's id of this SMS, 1 to 64 characters.", Required: true),
        new("from", MemberType.Text, "The number it came from, E.164. Everybody who has it is meant.", Required: true),
        new("text", MemberType.Text, "The words, at most 4,000 characters.", Required: true),
        new("acknowledged", MemberType.Truth, "true where the provider has answered it already."),
        new("at", MemberType.Text, When, Required: true),
    ], """
       {"id":"m1","from":"+447700900123","text":"STOP","at":"2026-03-04T18:00:00Z"}
       """);

    public static Contract MessageReport { get; } = new("message report", "What became of a message that went out, by any provider.",
    [
        new("id", MemberType.Text, "The sender's id of this report, 1 to 64 characters.", Required: true),
        new("customer", MemberType.Text, "Id of the customer.", Required: true),
        new("key", MemberType.Text, "The message's key, as its sender was given it.", Required: true),
        new("report", MemberType.Text, "accepted, delivered, opened, clicked, bounced, failed, complained or unsubscribed.", Required: true),
        new("detail", MemberType.Text, "The link that was followed; else the reason."),
        new("machine", MemberType.Truth, "true where a program opened or clicked."),
        new("at", MemberType.Text, When, Required: true),
    ], """
       {"id":"r1","customer":"c1","key":"win-back:c1:1/we-miss-you/1","report":"delivered","at":"2026-03-04T18:00:00Z"}
       """);

    public static Contract Redemption { get; } = new("redemption", "Points or a coupon that a checkout asks for: exactly one of the two.",
    [
        new("id", MemberType.Text, "The shop's own id of this checkout, 1 to 64 characters, no slash. The same id is the same redemption.", Required: true),
        new("points", MemberType.Whole, "Points to be spent, 1 to 1,000,000,000."),
        new("coupon", MemberType.Text, "Code of a coupon that this customer was given."),
    ], """{"id":"cart-81","points":500}""");

    public static Contract Confirmation { get; } = new("confirmation", "The checkout went through.",
    [
        new("order", MemberType.Text, "Id of the order. Taking that order back in full gives back what was spent on it.", Required: true),
    ], """{"order":"o1"}""");

    public static Contract Cancellation { get; } = new("cancellation", "The checkout did not go through, or its order was taken back. The body may be left out.", [], "{}");

    public static Contract Adjustment { get; } = new("adjustment", "Points that a person adds, or takes off.",
    [
        new("id", MemberType.Text, "The sender's id of this adjustment, 1 to 64 characters.", Required: true),
        new("points", MemberType.Whole, "More than 0 to add, less than 0 to take off; at most 1,000,000,000 either way.", Required: true),
        new("by", MemberType.Text, "Who does it.", Required: true),
        new("reason", MemberType.Text, "Why, at most 200 characters.", Required: true),
    ], """{"id":"call-17","points":50,"by":"Kim","reason":"The parcel came late."}""");

    public static Contract CaseWork { get; } = new("work on a case", "What a person of the team does with a case; the customer and the case's number stand in the address, new for one that is opened.",
    [
        new("id", MemberType.Text, "The sender's id of this act, 1 to 64 characters.", Required: true),
        new("work", MemberType.Text, "open, acknowledge, assign, note, answer, ask, call, customer-replied, escalate, resolve, reopen, merge or link-issue.", Required: true),
        new("by", MemberType.Text, "Who does it, as they are called.", Required: true),
        new("note", MemberType.Text, "The words: of a note, an answer or question to the customer, a resolution; the subject of a new case. At most 4,000 characters."),
        new("to", MemberType.Text, "Whom it is assigned to, the role it goes up to, the resolution, the id of the case that is merged in, or the issue."),
        new("severity", MemberType.Text, "Of a new case: low, normal or high; normal where left out."),
        new("at", MemberType.Text, When, Required: true),
    ], """
       {"id":"w1","work":"resolve","by":"maria","to":"replaced","note":"A new one went out today.","at":"2026-03-05T10:00:00Z"}
       """);

    public static Contract TaskDone { get; } = new("task report", "A task that somebody has done, reported by a CRM or the like.",
    [
        new("id", MemberType.Text, "The sender's id of this report, 1 to 64 characters.", Required: true),
        new("customer", MemberType.Text, "Id of the customer.", Required: true),
        new("task", MemberType.Text, "Id of the task, as /api/tasks and 'cvm tasks --json' show it.", Required: true),
        new("by", MemberType.Text, "Who did it, at most 80 characters.", Required: true),
        new("outcome", MemberType.Text, "What came of it: one of the task's outcomes, where it names any. At most 64 characters."),
        new("note", MemberType.Text, "What else there is to say, at most 4,000 characters; the first 200 are kept."),
        new("at", MemberType.Text, When, Required: true),
    ], """
       {"id":"t1","customer":"c1","task":"account-care:c1:1/task-account-manager/2","by":"Kim","outcome":"reached","note":"Happy, wants the spring catalogue.","at":"2026-03-04T18:00:00Z"}
       """);

    public static Contract Of(IntakeKind kind) => kind switch
    {
        IntakeKind.Redemption => Redemption,
        IntakeKind.Confirmation => Confirmation,
        IntakeKind.Cancellation => Cancellation,
        IntakeKind.Adjustment => Adjustment,
        IntakeKind.Customer => Customer,
        IntakeKind.Order => Order,
        IntakeKind.Refund => Refund,
        IntakeKind.SurveyReply => SurveyReply,
        IntakeKind.SmsReply => SmsReply,
        IntakeKind.MessageReport => MessageReport,
        IntakeKind.TaskDone => TaskDone,
        _ => Complaint,
    };
}
