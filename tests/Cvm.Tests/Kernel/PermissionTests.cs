namespace Cvm.Tests;

public sealed class PermissionTests
{
    static readonly DateTimeOffset Noon = new(2027, 3, 3, 11, 0, 0, TimeSpan.Zero);

    static Verdict Check(Dossier dossier, DateTimeOffset? now = null, Purpose purpose = Purpose.Promotional, Channel channel = Channel.Email, Playbook? playbook = null) =>
        Permission.Check(playbook ?? Some.Playbook(), dossier, channel, purpose, now ?? Noon);

    [Fact]
    public void Agreed_by_day_and_under_the_cap_is_yes() => Assert.True(Check(Some.Ann).Allowed);

    [Fact]
    public void Rules_are_named_in_their_order()
    {
        var dossier = Some.Ann with
        {
            Suppressions = [new(Channel.Email, "ann@example.com", "bounced", Noon)],
            Consents = [new(Channel.Email, Purpose.Promotional, false, Noon, "test")],
            Holds = [new("case", Noon, null, "case")],
            RecentSends = [Sent("a", Noon.AddHours(-1)), Sent("b", Noon.AddHours(-2))],
        };
        var night = Noon.AddHours(12);
        var rules = new List<string?>();

        rules.Add(Check(dossier with { Profile = dossier.Profile with { Email = null } }, night).Rule);
        rules.Add(Check(dossier, night).Rule);
        rules.Add(Check(dossier = dossier with { Suppressions = [] }, night).Rule);
        rules.Add(Check(dossier = dossier with { Consents = [] }, night).Rule);
        rules.Add(Check(dossier = dossier with { Consents = Some.Ann.Consents }, night).Rule);
        rules.Add(Check(dossier = dossier with { Holds = [] }, night).Rule);
        rules.Add(Check(dossier).Rule);
        rules.Add(Check(dossier with { RecentSends = [] }).Rule);

        Assert.Equal([Permission.NoEmail, Permission.Suppressed, Permission.Withdrawn, Permission.NoConsent, Permission.OnHold, Permission.QuietHours, Permission.Cap, null], rules);
    }

    [Fact]
    public void Service_needs_no_consent_but_stops_where_it_was_withdrawn()
    {
        var silent = Some.Ann with { Consents = [] };
        var refused = Some.Ann with { Consents = [new(Channel.Email, Purpose.Service, false, Noon, "test")] };

        Assert.True(Check(silent, purpose: Purpose.Service).Allowed);
        Assert.Equal(Permission.Withdrawn, Check(refused, purpose: Purpose.Service).Rule);
    }

    [Theory]
    [InlineData("2027-03-03T19:59:00Z", null)] // 20:59 in Berlin
    [InlineData("2027-03-03T20:00:00Z", "2027-03-04T07:00:00Z")] // 21:00
    [InlineData("2027-03-04T06:59:00Z", "2027-03-04T07:00:00Z")]
    [InlineData("2027-03-04T07:00:00Z", null)] // 8:00
    [InlineData("2027-03-27T22:00:00Z", "2027-03-28T06:00:00Z")] // the clock goes forward that night
    [InlineData("2027-10-30T21:00:00Z", "2027-10-31T07:00:00Z")] // and back
    public void Quiet_hours_end_at_eight_on_the_customers_clock(string now, string? until) =>
        Assert.Equal(until is null ? null : DateTimeOffset.Parse(until), Check(Some.Ann, DateTimeOffset.Parse(now)).From);

    [Fact]
    public void Quiet_hours_that_end_in_a_doubled_hour_end_once_and_later()
    {
        var playbook = Some.Playbook();
        playbook = playbook with { Policies = playbook.Policies with { Quiet = new(new(21, 0), new(2, 30)) } };
        var second = new DateTimeOffset(2027, 10, 31, 1, 10, 0, TimeSpan.Zero); // 2:10 in Berlin, for the second time

        var verdict = Permission.Check(playbook, Some.Ann, Channel.Email, Purpose.Promotional, second);

        Assert.Equal(new DateTimeOffset(2027, 10, 31, 1, 30, 0, TimeSpan.Zero), verdict.From);
    }

    [Fact]
    public void A_quiet_Sunday_ends_on_Monday_morning()
    {
        var quiet = new QuietHours(new(22, 0), new(8, 0), Sundays: true);
        var playbook = Some.Playbook();
        playbook = playbook with { Policies = playbook.Policies with { QuietIn = playbook.Policies.QuietIn.Add("FR", quiet) } };
        var french = Some.Ann with { Profile = Some.Ann.Profile with { Country = "FR", Zone = "Europe/Paris" } };

        var saturdayNight = Check(french, new(2027, 3, 6, 22, 30, 0, TimeSpan.Zero), playbook: playbook);
        var sundayNoon = Check(french, new(2027, 3, 7, 11, 0, 0, TimeSpan.Zero), playbook: playbook);

        Assert.Equal(new(2027, 3, 8, 7, 0, 0, TimeSpan.Zero), saturdayNight.From);
        Assert.Equal(new(2027, 3, 8, 7, 0, 0, TimeSpan.Zero), sundayNoon.From);
    }

    [Fact]
    public void A_cap_opens_when_its_oldest_leaves_the_window()
    {
        var dossier = Some.Ann with { RecentSends = [Sent("a", Noon.AddDays(-6)), Sent("b", Noon.AddDays(-1))] };

        var verdict = Check(dossier);

        Assert.Equal(Permission.Cap, verdict.Rule);
        Assert.Equal(Noon.AddDays(1), verdict.From);
        Assert.True(Check(dossier, Noon.AddDays(1)).Allowed);
    }

    [Fact]
    public void What_somebody_asked_for_goes_out_at_night_and_over_the_cap()
    {
        var dossier = Some.Ann with { RecentSends = [Sent("a", Noon), Sent("b", Noon), Sent("c", Noon)], Holds = [new("case", Noon, null, "case")] };

        Assert.True(Check(dossier, Noon.AddHours(12), Purpose.Transactional).Allowed);
    }

    [Fact]
    public void A_message_does_not_stand_in_its_own_way()
    {
        var dossier = Some.Ann with { RecentSends = [Sent("a", Noon), Sent("b", Noon)] };

        Assert.False(Permission.Check(Some.Playbook(), dossier, Channel.Email, Purpose.Promotional, Noon).Allowed);
        Assert.True(Permission.Check(Some.Playbook(), dossier, Channel.Email, Purpose.Promotional, Noon, except: "b").Allowed);
    }

    static Sent Sent(string key, DateTimeOffset at) => new(key, Channel.Email, Purpose.Promotional, "hello", at);
}
