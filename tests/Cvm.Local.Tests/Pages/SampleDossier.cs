using Cvm.Engine;

namespace Cvm.Local.Tests.Pages;

/// <summary>One customer who has everything a dossier can hold, and a timeline with every kind of line.</summary>
static class SampleDossier
{
    static readonly DateTimeOffset Now = SampleRecords.Now;

    public static Dossier Enrich(Dossier dossier) => dossier with
    {
        Profile = dossier.Profile with { Tags = ["vip", "newsletter"] },
        Consents =
        [
            new(Channel.Email, Purpose.Promotional, true, Now.AddDays(-300), "checkout"),
            new(Channel.Sms, Purpose.Promotional, false, Now.AddDays(-20), "reply STOP"),
        ],
        Suppressions = [new(Channel.Sms, "+4915112345678", "the carrier blocks it", Now.AddDays(-2))],
        Holds = [new("case", Now.AddDays(-1), Now.AddDays(29), "open complaint")],
        Cases =
        [
            new() { Id = "K1", Subject = "Parcel arrived broken, and nobody answers " + SampleRecords.Hostile, Severity = "high", OpenedAt = Now.AddDays(-1), Level = "manager", DueAt = Now.AddHours(-5) },
            new() { Id = "K0", Subject = "Wrong size", Severity = "normal", OpenedAt = Now.AddDays(-90), Level = "agent", DueAt = Now.AddDays(-89), ResolvedAt = Now.AddDays(-89), Outcome = "exchanged" },
        ],
        Tasks =
        [
            new() { Id = "win-back:x:1/task/3", For = "account-manager", Do = "Call and ask how they are", At = Now.AddDays(-3), DueAt = Now.AddDays(-1), Kind = TaskKind.Call, Assignee = "Kim " + SampleRecords.Hostile },
            new() { Id = "contact:strategic-call:x:2", Plan = "strategic-call", For = "account-manager", Do = "Call Ada: how are things, what comes next?", At = Now.AddDays(-1), DueAt = Now.AddHours(4), Kind = TaskKind.Call, Outcomes = ["happy", "wants-something", "unhappy"] },
            new() { Id = "account-care:x:1/task/1", For = "account-manager", Do = "Send Ada the box for new gold customers, with a card that everybody in the house has signed by hand", At = Now.AddDays(-1), DueAt = Now.AddDays(2), Kind = TaskKind.Gift, PutOff = 1 },
            new() { Id = "complaint-escalation:x:1/task/1", For = "director", Do = "Case K1 has been open for a month", At = Now.AddDays(-1), DueAt = Now.AddDays(9) },
            new() { Id = "win-back:x:1/task/4", For = "agent", Do = "Ask for a new address", At = Now.AddDays(-1) },
            new() { Id = "win-back:x:1/task/2", For = "account-manager", Do = "Visit the shop in Kiel", At = Now.AddDays(-60), DueAt = Now.AddDays(-50), DoneAt = Now.AddDays(-55), DoneBy = "Lee", Kind = TaskKind.Visit, Outcome = "reached", Note = "Wants the autumn list" },
            new() { Id = "win-back:x:1/task/1", For = "account-manager", Do = "Call again", At = Now.AddDays(-90), CancelledAt = Now.AddDays(-80), CancelledBy = "Lee", Note = "on holiday" },
        ],
        Coupons =
        [
            new() { Code = "7QK3-9FZP", Name = "BACK10", Worth = "10%", GivenAt = Now.AddDays(-4), ValidUntil = Now.AddDays(10) },
            new() { Code = "2345-ABCD", Name = "BIRTHDAY", Worth = "15%", GivenAt = Now.AddDays(-104), ValidUntil = Now.AddDays(-74), UsedAt = Now.AddDays(-80) },
        ],
        Enrollments =
        [
            At("win-back", 3, "wait-7d") with { WakeAt = Now.AddDays(5) },
            At("complaint-escalation", 1, "ask") with { Asked = true, WakeAt = Now.AddDays(3) },
            At("birthday-care", 2, Enrollment.Holdout),
            At("birthday-care", 1, "an-old-step"),
        ],
    };

    static Enrollment At(string journey, int version, string step) => new()
    {
        Id = $"{journey}:x:1",
        Journey = journey,
        Version = version,
        Occurrence = "1",
        EnteredAt = Now.AddDays(-2),
        EnteredOn = "day",
        Step = step,
    };

    /// <summary>Oldest first; each kind three times.</summary>
    public static IReadOnlyList<Line> Lines { get; } =
    [
        .. Enumerable.Range(0, 3).SelectMany(round => Enum.GetValues<Happening>().Select((what, i) => LineOf(what, Now.AddDays(-30 + round * 10).AddHours(i * 4)))),
    ];

    static Line LineOf(Happening what, DateTimeOffset at)
    {
        var line = new Line(at, what) { Journey = "win-back", Step = "wait-7d" };
        return what switch
        {
            Happening.Ordered or Happening.Refunded => new(at, what) { Subject = "O1-2", Figure = 129.5m },
            Happening.Answered => new(at, what) { Subject = "after-purchase", Figure = 9 },
            Happening.Complained => new(at, what) { Subject = "high", Because = "Parcel arrived broken " + SampleRecords.Hostile },
            Happening.Agreed or Happening.Withdrew => new(at, what) { Channel = Channel.Email, Subject = "promotional", Because = "checkout" },
            Happening.Reported => line with { Subject = "we-miss-you", Because = "opened" },
            Happening.Entered => line with { Because = "day, silence > 2 * rhythm and orders >= 2 and not open-case" },
            Happening.Waited => line with { Until = at.AddDays(7) },
            Happening.Queued or Happening.Sent or Happening.Failed or Happening.InDoubt => line with { Subject = "we-miss-you", Channel = Channel.Email },
            Happening.Shifted => line with { Subject = "we-miss-you", Channel = Channel.Sms, Until = at.AddHours(9), Because = "quiet hours" },
            Happening.Skipped => line with { Subject = "we-miss-you", Channel = Channel.Sms, Because = "no consent for promotional SMS" },
            Happening.PointsEarned or Happening.PointsGiven or Happening.PointsSpent or Happening.PointsExpired or Happening.PointsReversed => new(at, what) { Figure = 129 },
            Happening.Scored => new(at, what) { Subject = "loyal", Because = "chance of staying 93% to 71%, stage mature to at-risk, by bg-nbd 2027-02-14", Figure = 0.71m },
            Happening.TierChanged => new(at, what) { Subject = "gold", Because = "silver" },
            Happening.CouponGiven => line with { Subject = "BACK10", Until = at.AddDays(14) },
            Happening.TaskGiven => line with { Subject = "Call and ask how they are", Because = "account-manager", Until = at.AddDays(2) },
            _ => line with { Subject = "K1", Because = what == Happening.HeldOut ? null : "because of a rule" },
        };
    }

    public static Outgoing Message(OutboxKind kind, string customer, int i) => new()
    {
        Key = $"win-back:{customer}:1/send/{i}",
        Kind = kind,
        To = kind switch { OutboxKind.Sms => "+4915112345678", OutboxKind.Webhook => "https://crm.example.com/hooks/complaints", OutboxKind.Staff => "agent@example.com", _ => $"{customer.ToLowerInvariant()}@example.com" },
        Customer = customer,
        Journey = "win-back",
        Template = "we-miss-you",
        Subject = kind is OutboxKind.Sms or OutboxKind.Webhook ? "" : i % 2 == 0 ? "我们想念您，王小明" : "We miss you, " + SampleRecords.Hostile,
        Text = kind == OutboxKind.Webhook ? $$"""{"customer":"{{customer}}","orders":4}""" : "Hello,\n\nit has been a while. Here is 10% for your next order: 7QK3-9FZP.\n\nhttps://shop.example.com/a/very/long/address/that/does/not/break?with=a&number=of&parameters=in&it=really",
        Html = kind == OutboxKind.Email ? """<!DOCTYPE html><html><body style="font-family:sans-serif;max-width:560px;margin:auto"><h1>We miss you</h1><p>It has been a while. Here is 10% for your next order.</p></body></html>""" : null,
        Headers = kind == OutboxKind.Email ? ImmutableHeaders : System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty,
        Segments = kind == OutboxKind.Sms ? 2 : 0,
    };

    static System.Collections.Immutable.ImmutableSortedDictionary<string, string> ImmutableHeaders { get; } =
        System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
}
