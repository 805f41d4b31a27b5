namespace Cvm.Tests;

/// <summary>Permission against a plain reading of its rules, over random customers, zones, clocks and policies. A failure names its seed.</summary>
public sealed class PermissionPropertyTests
{
    const int Cases = 4_000;

    static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Asia/Shanghai", "Pacific/Apia", "Africa/Casablanca", "UTC"];
    static readonly Journey Greeting = Some.Journey("greeting", new("day"), new Step.End("end", "over")) with { Topic = "occasions" };

    public static TheoryData<int> Batches => [.. Enumerable.Range(0, 4)];

    sealed record Case(Playbook Playbook, Dossier Dossier, Channel Channel, Purpose Purpose, DateTimeOffset Now)
    {
        public Verdict Verdict(DateTimeOffset? at = null) => Permission.Check(Playbook, Dossier, Channel, Purpose, at ?? Now, null, Greeting);
    }

    [Theory, MemberData(nameof(Batches))]
    public void Each_no_is_the_first_rule_that_a_plain_reading_finds(int batch)
    {
        for (var seed = batch * Cases; seed < (batch + 1) * Cases; seed++)
        {
            var one = Random(seed);

            var rule = one.Verdict().Rule;

            Assert.True(Reading(one) == rule, $"seed {seed}: {rule ?? "yes"}, but a plain reading says {Reading(one) ?? "yes"}");
        }
    }

    [Theory, MemberData(nameof(Batches))]
    public void The_moment_of_a_no_is_the_first_at_which_that_rule_says_yes(int batch)
    {
        for (var seed = batch * Cases; seed < (batch + 1) * Cases; seed++)
        {
            var one = Random(seed);
            if (one.Verdict() is not { Rule: Permission.QuietHours or Permission.Cap, From: { } from } verdict) continue;

            Assert.True(from > one.Now, $"seed {seed}: {verdict}");
            Assert.True(one.Verdict(from).Rule != verdict.Rule, $"seed {seed}: still {verdict.Rule} at {from:u}");
            if (verdict.Rule == Permission.Cap) Assert.True(Over(one, from.AddTicks(-1)), $"seed {seed}: the cap was open before {from:u}");
            else for (var minutes = 1; minutes < (from - one.Now).TotalMinutes; minutes += 7) Assert.True(Quiet(one, one.Now.AddMinutes(minutes)), $"seed {seed}: {one.Now.AddMinutes(minutes):u} was not quiet");
        }
    }

    [Theory, MemberData(nameof(Batches))]
    public void Nothing_that_is_taken_back_makes_a_no_of_a_yes(int batch)
    {
        for (var seed = batch * Cases; seed < (batch + 1) * Cases; seed++)
        {
            var one = Random(seed);
            if (!one.Verdict().Allowed) continue;
            var freed = one with
            {
                Playbook = one.Playbook with { Pauses = [] },
                Dossier = one.Dossier with { Holds = [], Suppressions = [], TopicsOff = [], RecentSends = one.Dossier.RecentSends.IsEmpty ? [] : one.Dossier.RecentSends.RemoveAt(0) },
            };

            Assert.True(freed.Verdict().Allowed, $"seed {seed}: {freed.Verdict()}");
        }
    }

    [Fact]
    public void Every_rule_has_been_met()
    {
        var met = Enumerable.Range(0, Cases).Select(seed => Random(seed).Verdict().Rule ?? "yes").ToHashSet();

        Assert.Superset(
            new HashSet<string>
            {
                "yes", Permission.NoEmail, Permission.NoPhone, Permission.Suppressed, Permission.NoConsent, Permission.Withdrawn, Permission.NotConfirmed, Permission.TopicOff,
                Permission.Paused, Permission.JourneyPaused, Permission.OnHold, Permission.QuietHours, Permission.Cap,
            }, met);
    }

    // The rules once more, as one would explain them to a marketer.
    static string? Reading(Case one)
    {
        var (dossier, policies) = (one.Dossier, one.Playbook.Policies);
        var address = one.Channel == Channel.Email ? dossier.Profile.Email : dossier.Profile.Phone;
        if (address is null) return one.Channel == Channel.Email ? Permission.NoEmail : Permission.NoPhone;
        if (dossier.Suppressions.Any(block => block.Channel == one.Channel && block.Address.Equals(address, StringComparison.OrdinalIgnoreCase))) return Permission.Suppressed;

        var word = dossier.Consents.SingleOrDefault(consent => consent.Channel == one.Channel && consent.Purpose == one.Purpose);
        if (word is { Given: false }) return Permission.Withdrawn;
        if (word is { Pending: true }) return Permission.NotConfirmed;
        if (word is null && policies.ConsentNeeded.Contains(one.Purpose)) return Permission.NoConsent;

        if (one.Purpose != Purpose.Transactional && dossier.TopicsOff.Contains("occasions")) return Permission.TopicOff;
        if (one.Playbook.Pauses.FirstOrDefault(pause => pause.Journey is null or "greeting") is { } pause) return pause.Journey is null ? Permission.Paused : Permission.JourneyPaused;
        if (one.Purpose == Purpose.Promotional && dossier.Holds.Any(hold => hold.Until is null || hold.Until > one.Now)) return Permission.OnHold;
        if (one.Purpose != Purpose.Transactional && Quiet(one, one.Now)) return Permission.QuietHours;
        return Over(one, one.Now) ? Permission.Cap : null;
    }

    static bool Quiet(Case one, DateTimeOffset at)
    {
        var (policies, profile) = (one.Playbook.Policies, one.Dossier.Profile);
        var hours = policies.QuietIn.GetValueOrDefault(profile.Region ?? "", policies.QuietIn.GetValueOrDefault(profile.Country ?? "", policies.Quiet));
        var local = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(profile.Zone ?? policies.Zone));
        if (hours.Sundays && local.DayOfWeek == DayOfWeek.Sunday) return true;
        if (hours.Holidays && profile.Country == "FR" && local is { Month: 5, Day: 1 or 8 }) return true;

        var (time, from, to) = (local.TimeOfDay, hours.From.ToTimeSpan(), hours.To.ToTimeSpan());
        return from > to ? time >= from || time < to : time >= from && time < to;
    }

    static bool Over(Case one, DateTimeOffset at) => one.Playbook.Policies.Caps.Any(cap =>
        (cap.Channel ?? one.Channel) == one.Channel && (cap.Purpose ?? one.Purpose) == one.Purpose && !(one.Purpose == Purpose.Transactional && cap.Purpose is null)
        && one.Dossier.RecentSends.Count(sent => (cap.Channel ?? sent.Channel) == sent.Channel && (cap.Purpose ?? sent.Purpose) == sent.Purpose && sent.At > at - cap.Within) >= cap.Most);

    static Case Random(int seed)
    {
        var random = new Random(seed);
        bool Rarely(int one) => random.Next(one) == 0;
        T Any<T>(params T[] values) => values[random.Next(values.Length)];

        // Around the clock changes of both hemispheres, and the French holidays of May.
        var now = Any(new DateTimeOffset(2027, 3, 12, 0, 0, 0, TimeSpan.Zero), new(2027, 4, 1, 0, 0, 0, TimeSpan.Zero), new(2027, 4, 29, 0, 0, 0, TimeSpan.Zero), new(2027, 10, 29, 0, 0, 0, TimeSpan.Zero)).AddMinutes(random.Next(14 * 24 * 60));
        var profile = new Profile
        {
            Email = Rarely(12) ? null : "Ann@example.com",
            Phone = Rarely(12) ? null : "+33612345678",
            Zone = Rarely(6) ? null : Any(Zones),
            Country = Any("FR", "US", "DE", null),
            Region = Rarely(3) ? "US-FL" : null,
        };

        var playbook = Some.Playbook(Greeting) with { Pauses = Rarely(9) ? [new(Any("greeting", "other", null), now, "maria")] : [], Holidays = new([new("may", new HolidayDay.Yearly(new(null, 5, 1)), ["FR"], true), new("victory", new HolidayDay.Yearly(new(null, 5, 8)), ["FR"], true)]) };
        var quiet = ImmutableSortedDictionary<string, QuietHours>.Empty
            .Add("FR", new(new(22, 0), new(8, 0), true, true)).Add("US-FL", new(new(20, 0), new(8, 0))).Add("DE", new(new(0, 0), new(0, 0))).Add("US", new(new(1, 30), new(2, 15)));
        playbook = playbook with { Policies = playbook.Policies with { QuietIn = quiet, Caps = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new Cap(Any<Channel?>(null, Channel.Email, Channel.Sms), Any<Purpose?>(null, Purpose.Promotional, Purpose.Service), random.Next(1, 4), TimeSpan.FromHours(random.Next(1, 200))))] } };

        var words = from channel in Enum.GetValues<Channel>() from purpose in Enum.GetValues<Purpose>() where !Rarely(4) select (channel, purpose, given: !Rarely(8));
        var dossier = Dossier.For("ann") with
        {
            Profile = profile,
            Consents = [.. words.ToList().Select(word => new Consent(word.channel, word.purpose, word.given, now, "form", Pending: word.given && Rarely(10)))],
            Suppressions = Rarely(10) ? [new(Any(Channel.Email, Channel.Sms), Any("ann@EXAMPLE.com", "+33612345678"), "bounced", now)] : [],
            TopicsOff = Rarely(8) ? [Any("occasions", "offers")] : [],
            Holds = Rarely(5) ? [new("case", now, Any<DateTimeOffset?>(null, now, now.AddTicks(1), now.AddDays(-1), now.AddDays(1)), "case")] : [],
            RecentSends = [.. Enumerable.Range(0, random.Next(6)).Select(_ => now.AddMinutes(-random.Next(20_000))).Order().Select((at, i) => new Sent($"{i}", Any(Channel.Email, Channel.Sms), Any(Purpose.Promotional, Purpose.Service, Purpose.Transactional), "hello", at))],
        };
        return new(playbook, dossier, Any(Channel.Email, Channel.Sms), Any(Purpose.Promotional, Purpose.Promotional, Purpose.Service, Purpose.Transactional), now);
    }
}
