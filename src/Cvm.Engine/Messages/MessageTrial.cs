using System.Globalization;

namespace Cvm.Engine;

/// <summary>Trying a message on a customer: how it looks, whether it might go out now, and one copy to whoever tries it. Nothing of it is kept.</summary>
public static class MessageTrial
{
    /// <summary>Somebody to try messages on where there is nobody yet.</summary>
    public static Dossier Sample(Playbook playbook, DateTimeOffset now) => Dossier.For("sample") with
    {
        Profile = new()
        {
            Name = "Alex Sample",
            Email = "alex@example.com",
            Phone = "+15555550100",
            Locale = playbook.Policies.Locale,
            Birthday = new(1990, 5, 17),
            Joined = now.AddYears(-2),
        },
        Consents =
        [
            new(Channel.Email, Purpose.Promotional, true, now.AddYears(-2), "sample"),
            new(Channel.Sms, Purpose.Promotional, true, now.AddYears(-2), "sample"),
        ],
        Purchases = new() { Orders = 7, Spent = 284.5m, First = now.AddYears(-2), Last = now.AddDays(-20), Days = 7 },
        Ledger = new() { Tier = playbook.Loyalty.Tiers.FirstOrDefault()?.Name, Earned = 1_250, Lots = [new(1_250, DateOnly.FromDateTime(now.UtcDateTime).AddDays(200))] },
    };

    /// <summary>The journeys that send the template, and for what purpose.</summary>
    public static ImmutableArray<(Journey Journey, Purpose Purpose)> Uses(Playbook playbook, string template) =>
    [
        .. from journey in playbook.Journeys
           let sendings = journey.Steps.Select(step => step switch { Step.Send send => send.Sending, Step.Ask ask => ask.Sending, _ => null }).Where(sending => sending?.Template == template)
           where sendings.Any()
           select (journey, sendings.First()!.Purpose ?? journey.Purpose),
    ];

    /// <summary>Whether it might go out to this customer now, as things stand.</summary>
    public static Verdict Verdict(Playbook playbook, Dossier dossier, string template, Channel channel, DateTimeOffset now)
    {
        var (journey, purpose) = Use(playbook, template);
        return Permission.Check(playbook, dossier, channel, purpose, now, null, journey);
    }

    /// <summary>What the journey would hand over: the customer's newest coupon or one like those it gives, and whatever else belongs to it.</summary>
    /// <param name="bare">Without anything of the kind, so that fallbacks show.</param>
    public static OutboxEntry Entry(Playbook playbook, Dossier dossier, string template, Channel channel, DateTimeOffset now, bool bare = false)
    {
        var (journey, purpose) = Use(playbook, template);
        return new()
        {
            Key = $"test/{template}",
            Kind = channel == Channel.Email ? OutboxKind.Email : OutboxKind.Sms,
            Purpose = purpose,
            Subject = template,
            Journey = journey?.Name ?? "",
            Version = journey?.Version ?? 0,
            Enrollment = "",
            Step = "",
            QueuedAt = now,
            DueAt = now,
            Data = Asking(playbook, template, bare || journey is null ? ImmutableSortedDictionary<string, string>.Empty : Data(playbook, dossier, journey, now)),
        };
    }

    /// <summary>The copy that goes to whoever tries it. It belongs to no customer, so that nothing that is heard of it is noted anywhere.</summary>
    /// <param name="key">The same key is sent once, where the sender refuses doubles.</param>
    public static Outgoing Copy(Outgoing message, string to, string key) => message with
    {
        Key = $"test/{key}",
        To = to,
        Customer = "",
        Subject = message.Kind == OutboxKind.Email ? $"[Test] {message.Subject}" : "",
    };

    /// <summary>The address as it is kept, or what is wrong with it.</summary>
    public static (string? Address, string? Problem) Address(Playbook playbook, Channel channel, string text, DateTimeOffset now)
    {
        var check = new Check(IntakeRules.Of(playbook, now));
        var person = new PersonCheck(check);
        var address = channel == Channel.Email ? person.Email("The address", text) : person.Phone("The number", text);
        return (address, check.Problems() is [var wrong, ..] ? $"{wrong.Field} {wrong.What} {wrong.Fix}" : null);
    }

    static (Journey? Journey, Purpose Purpose) Use(Playbook playbook, string template) => Uses(playbook, template) is [var first, ..] ? first : (null, Purpose.Transactional);

    static ImmutableSortedDictionary<string, string> Data(Playbook playbook, Dossier dossier, Journey journey, DateTimeOffset now)
    {
        var data = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (CouponFor(dossier, journey, now) is { } coupon) (data["coupon"], data["worth"], data["until"]) = (coupon.Code, coupon.Worth, coupon.ValidUntil.ToString("O", CultureInfo.InvariantCulture));

        var entered = journey.Enter.Select(trigger => trigger.On).ToHashSet(StringComparer.Ordinal);
        if (entered.Overlaps(["complaint", "survey"])) (data["reason"], data["figure"]) = ("The parcel arrived broken.", "2");
        if (entered.Overlaps(["order", "refund", "points"])) data["figure"] = "120";
        if (journey.Steps.OfType<Step.Case>().Any()) data["case"] = dossier.Cases.LastOrDefault()?.Id ?? $"{dossier.Customer}/1";
        if (entered.Contains("points-expiring")) (data["points"], data["on"]) = ("320", DateOnly.FromDateTime(now.UtcDateTime).AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (entered.Overlaps(["tier", "tier-up"]) && (dossier.Ledger.Tier ?? playbook.Loyalty.Tiers.FirstOrDefault()?.Name) is { } tier) data["tier"] = tier;
        return data.ToImmutable();
    }

    // A message that asks a survey has no other use.
    static ImmutableSortedDictionary<string, string> Asking(Playbook playbook, string template, ImmutableSortedDictionary<string, string> data) =>
        playbook.Surveys.Values.FirstOrDefault(survey => survey.Template == template) is { } survey ? data.SetItem("survey", survey.Name) : data;

    static Coupon? CouponFor(Dossier dossier, Journey journey, DateTimeOffset now)
    {
        if (journey.Steps.OfType<Step.Give>().Select(step => step.Gift).OfType<Gift.Coupon>().FirstOrDefault() is not { } given) return null;
        return dossier.Coupons.LastOrDefault(coupon => coupon.UsedAt is null && coupon.ValidUntil > now)
            ?? new() { Code = $"{given.Name}-8ZAJMQHD", Name = given.Name, Worth = given.Worth, GivenAt = now, ValidUntil = now.AddDays(15) };
    }
}
