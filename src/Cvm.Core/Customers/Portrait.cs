namespace Cvm;

/// <summary>One customer in one narrow row: what people are sorted by, and what is added up over them. Of everybody, prospects too; nothing in it names a
/// person but the id. It does not depend on the day: what does is worked out from days in it.</summary>
public sealed record Portrait
{
    public required string Customer { get; init; }

    public string? Country { get; init; }
    public string? Region { get; init; }

    /// <summary>The language without its country: <c>zh</c> of <c>zh-CN</c>.</summary>
    public string? Language { get; init; }

    /// <summary>Loyalty tier.</summary>
    public string? Tier { get; init; }

    /// <summary>What the last sweep found. Null where there was none, but for the stage of who has not ordered.</summary>
    public string? Rfm { get; init; }
    public string? Segment { get; init; }
    public Stage? Stage { get; init; }
    public Band? Value { get; init; }
    public Band? Potential { get; init; }
    public Relationship? Relationship { get; init; }
    public Need? Need { get; init; }

    public Reach Reach { get; init; }
    public bool OpenCase { get; init; }

    /// <summary>Promotions are paused for this customer.</summary>
    public bool OnHold { get; init; }

    /// <summary>Journeys the customer is in now, those held out included; one to a line, sorted, each once.</summary>
    public string Journeys { get; init; } = "";

    /// <summary>One to a line, sorted.</summary>
    public string Tags { get; init; } = "";

    /// <summary>The newest answer to each survey, such as <c>recommend 9</c>; one to a line, newest first.</summary>
    public string Answers { get; init; } = "";

    /// <summary>Days as <see cref="DateOnly.DayNumber"/>, where the customer lives (UTC where that is not known); 0 for none.</summary>
    public int Joined { get; init; }
    public int First { get; init; }
    public int Last { get; init; }

    /// <summary>As <see cref="Cvm.Standing"/> has them.</summary>
    public int Days { get; init; }
    public int Orders { get; init; }
    public int Coupons { get; init; }
    public int Troubles { get; init; }
    public int Cases { get; init; }
    public int Tasks { get; init; }
    public int Emails { get; init; }
    public int SmsSegments { get; init; }
    public long PointsSpent { get; init; }
    public double Spent { get; init; }
    public double FirstSpent { get; init; }
    public double Refunded { get; init; }
    public double Discounts { get; init; }

    public int Complaints { get; init; }

    /// <summary>Points that can be spent, less what is owed.</summary>
    public long Points { get; init; }

    /// <summary>As <see cref="Scores"/> has them; 0 before the first sweep.</summary>
    public double Alive { get; init; }
    public double Orders365 { get; init; }
    public double Value365 { get; init; }
    public double Contribution { get; init; }

    /// <summary>Whether a sweep has found scores.</summary>
    public bool Scored => Value is not null;

    /// <summary>Spent less refunded.</summary>
    public double Net => Spent - Refunded;

    /// <summary>What scoring reads of the same customer; null without an order.</summary>
    public Standing? Standing => First == 0 ? null : new()
    {
        Customer = Customer,
        First = First,
        Last = Last,
        Days = Days,
        Orders = Orders,
        Coupons = Coupons,
        Troubles = Troubles,
        Cases = Cases,
        Tasks = Tasks,
        Emails = Emails,
        SmsSegments = SmsSegments,
        Points = PointsSpent,
        Spent = Spent,
        FirstSpent = FirstSpent,
        Refunded = Refunded,
        Discounts = Discounts,
        Mark = Scored ? Scores.MarkOf(Rfm ?? "", Stage ?? default, Alive, Value365, Value ?? default, Potential ?? default, Relationship ?? default, Need ?? default) : "",
    };

    /// <summary>The portrait of a dossier; null of a record that has become part of another.</summary>
    public static Portrait? Of(Dossier dossier)
    {
        if (dossier.MergedInto is not null) return null;

        var (profile, purchases, scores, home) = (dossier.Profile, dossier.Purchases, dossier.Scores, dossier.Profile.Zone ?? "UTC");
        var scored = scores.AsOf is not null;
        return new()
        {
            Customer = dossier.Customer,
            Country = profile.Country,
            Region = profile.Region,
            Language = profile.Locale?.Split('-')[0],
            Tier = dossier.Ledger.Tier,
            Rfm = scored ? scores.Rfm : null,
            Segment = scored ? scores.Segment : null,
            Stage = scored ? scores.Stage : purchases.First is null ? Cvm.Stage.Prospect : null,
            Value = scored ? scores.Value : null,
            Potential = scored ? scores.Potential : null,
            Relationship = scored ? scores.Relationship : null,
            Need = scored ? scores.Need : null,
            Reach = ReachOf(dossier),
            OpenCase = dossier.Cases.Any(one => one.Open),
            OnHold = !dossier.Holds.IsEmpty,
            Journeys = JourneysOf(dossier.Enrollments),
            Tags = profile.Tags.IsEmpty ? "" : string.Join('\n', profile.Tags),
            Answers = AnswersOf(dossier.Satisfaction.Answers),
            Joined = Day(home, profile.Joined),
            First = Day(home, purchases.First),
            Last = Day(home, purchases.Last),
            Days = purchases.Days,
            Orders = purchases.Orders,
            Coupons = purchases.WithCoupon,
            Troubles = dossier.Satisfaction.Complaints + dossier.Satisfaction.Unhappy,
            Cases = dossier.Effort.Cases,
            Tasks = dossier.Effort.Tasks,
            Emails = dossier.Effort.Emails,
            SmsSegments = dossier.Effort.SmsSegments,
            PointsSpent = dossier.Ledger.Spent,
            Spent = (double)purchases.Spent,
            FirstSpent = (double)purchases.FirstSpent,
            Refunded = (double)purchases.Refunded,
            Discounts = (double)purchases.Discounts,
            Complaints = dossier.Satisfaction.Complaints,
            Points = dossier.Ledger.Balance,
            Alive = scored ? scores.Alive : 0,
            Orders365 = scored ? scores.Orders365 : 0,
            Value365 = scored ? scores.Value365 : 0,
            Contribution = scored ? (double)scores.Contribution : 0,
        };
    }

    /// <summary>Whether the two may differ in their portraits. Cheap; what it lets pass may still be equal.</summary>
    public static bool MayDiffer(Dossier before, Dossier after) =>
        !ReferenceEquals(before.Purchases, after.Purchases) || !ReferenceEquals(before.Profile, after.Profile) || !ReferenceEquals(before.Scores, after.Scores)
        || !ReferenceEquals(before.Satisfaction, after.Satisfaction) || !ReferenceEquals(before.Effort, after.Effort) || !ReferenceEquals(before.Ledger, after.Ledger)
        || before.Enrollments != after.Enrollments || before.Cases != after.Cases || before.Consents != after.Consents
        || before.Suppressions != after.Suppressions || before.Holds != after.Holds || before.MergedInto != after.MergedInto;

    static int Day(string zone, DateTimeOffset? at) => at is { } moment ? LocalTimes.Day(zone, moment).DayNumber : 0;

    static Reach ReachOf(Dossier dossier)
    {
        var reach = Reach.None;
        if (Reached(dossier, Channel.Email, dossier.Profile.Email)) reach |= Reach.Email;
        if (Reached(dossier, Channel.Sms, dossier.Profile.Phone)) reach |= Reach.Sms;
        foreach (var consent in dossier.Consents)
            if (consent is { Purpose: Purpose.Promotional, Given: true, Pending: false }) reach |= consent.Channel == Channel.Email ? Reach.EmailAgreed : Reach.SmsAgreed;
        return reach;
    }

    static bool Reached(Dossier dossier, Channel channel, string? address)
    {
        if (address is null) return false;

        foreach (var suppression in dossier.Suppressions)
            if (suppression.Channel == channel && string.Equals(suppression.Address, address, StringComparison.OrdinalIgnoreCase)) return false;
        return true;
    }

    static string JourneysOf(ImmutableArray<Enrollment> enrollments) => enrollments.Length switch
    {
        0 => "",
        1 => enrollments[0].Journey,
        _ => string.Join('\n', enrollments.Select(enrollment => enrollment.Journey).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
    };

    // Answers lie newest last.
    static string AnswersOf(ImmutableArray<GivenAnswer> answers) => answers.Length switch
    {
        0 => "",
        1 => Answer(answers[0]),
        _ => string.Join('\n', answers.Reverse().DistinctBy(answer => answer.Survey, StringComparer.Ordinal).Select(Answer)),
    };

    static string Answer(GivenAnswer answer) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{answer.Survey} {answer.Score}");
}

/// <summary>How a customer can be written to: an address that is known and not suppressed, and a yes to promotions by that channel.</summary>
[Flags]
public enum Reach : byte { None = 0, Email = 1, Sms = 2, EmailAgreed = 4, SmsAgreed = 8 }
