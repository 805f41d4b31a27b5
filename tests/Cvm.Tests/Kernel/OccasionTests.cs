namespace Cvm.Tests;

/// <summary>Birthdays and holidays: each once a year for each person and journey, whatever the calendar does.</summary>
public sealed class OccasionTests
{
    static readonly Journey Birthday = Some.Journey("occasion", new("birthday"), new Step.End("end", "done"));
    static readonly Journey Holiday = Some.Journey("occasion", new("holiday"), new Step.End("end", "done"));

    static HolidayRule Rule(string name, HolidayDay day, params string[] countries) => new(name, day, [.. countries]);

    static HolidayDay.Yearly Yearly(string day) => new(Cvm.Birthday.TryParse(day, out var date) ? date : throw new ArgumentException(day));

    static HolidayDay.Listed Listed(params string[] days) => new([.. days.Select(DateOnly.Parse)]);

    static Playbook With(params HolidayRule[] rules) => Some.Playbook(Holiday) with { Holidays = new([.. rules]) };

    // Every day of the span, and what was entered on which.
    static List<string> Entered(Playbook playbook, ref Dossier dossier, string from, string until)
    {
        var entered = new List<string>();
        for (var day = DateOnly.Parse(from); day <= DateOnly.Parse(until); day = day.AddDays(1))
        {
            var now = LocalTimes.At("Europe/Berlin", day, new(0, 5));
            var turn = Kernel.Take(playbook, dossier, new Signal.Day($"day:{day:yyyy-MM-dd}", now, day, day.AddDays(-1)), now);
            dossier = turn.Dossier;
            entered.AddRange(turn.Lines.Where(line => line.What == Happening.Entered).Select(line => $"{day:yyyy-MM-dd} {line.Subject}"));
        }

        return entered;
    }

    static List<string> Entered(Playbook playbook, string from, string until, string country = "DE")
    {
        var dossier = Some.Ann with { Profile = Some.Ann.Profile with { Country = country, Birthday = null } };
        return Entered(playbook, ref dossier, from, until);
    }

    [Fact]
    public void A_holiday_of_several_days_counts_once_though_a_year_turns_in_it()
    {
        var playbook = With(Rule("break", Listed("2027-12-30", "2027-12-31", "2028-01-01", "2028-01-02", "2028-12-30", "2028-12-31")));

        Assert.Equal(["2027-12-30 break-2027", "2028-12-30 break-2028"], Entered(playbook, "2027-12-01", "2029-02-01"));
    }

    [Fact]
    public void A_rule_and_a_file_that_name_the_same_holiday_make_it_one()
    {
        var playbook = With(Rule("spring-festival", Yearly("lunar:--01-01")), Rule("spring-festival", Listed("2027-02-05", "2027-02-06", "2027-02-07")));

        Assert.Equal(["2027-02-05 spring-festival-2027", "2028-01-26 spring-festival-2028"], Entered(playbook, "2027-01-01", "2028-12-31"));
    }

    [Fact]
    public void A_holiday_late_in_the_lunar_year_is_kept_once_in_each_though_twice_in_one_of_ours()
    {
        var laba = With(Rule("laba", Yearly("lunar:--12-08")), Rule("laba", Listed("2022-01-11")));

        Assert.Equal(["2022-01-10 laba-2021", "2022-12-30 laba-2022", "2024-01-18 laba-2023"], Entered(laba, "2021-06-01", "2024-12-31"));
    }

    [Fact]
    public void A_file_that_names_a_day_twice_in_a_year_is_heard_once()
    {
        var playbook = With(Rule("eid", Listed("2033-01-02", "2033-12-23", "2034-12-12")));

        Assert.Equal(["2033-01-02 eid-2033", "2034-12-12 eid-2034"], Entered(playbook, "2032-12-01", "2034-12-31"));
    }

    [Fact]
    public void Who_moves_country_within_the_season_is_greeted_once()
    {
        var playbook = With(Rule("mothers-day", new HolidayDay.FromEaster(-21), "GB"), Rule("mothers-day", new HolidayDay.Weekday(5, DayOfWeek.Sunday, 2), "US"));
        var dossier = Some.Ann with { Profile = Some.Ann.Profile with { Country = "GB", Birthday = null } };

        var before = Entered(playbook, ref dossier, "2027-01-01", "2027-04-01");
        dossier = dossier with { Profile = dossier.Profile with { Country = "US" } };
        var after = Entered(playbook, ref dossier, "2027-04-02", "2028-12-31");

        Assert.Equal(["2027-03-07 mothers-day-2027"], before);
        Assert.Equal(["2028-05-14 mothers-day-2028"], after);
    }

    [Fact]
    public void A_journey_on_all_of_many_holidays_forgets_none_of_them()
    {
        var months = Enumerable.Range(1, 12).Select(month => Rule($"first-of-{month}", Yearly($"--{month:D2}-03")));
        var playbook = With([.. months, Rule("first-of-1", Listed("2027-12-10", "2028-12-10"))]);

        var entered = Entered(playbook, "2027-01-01", "2028-12-31");

        Assert.Equal(24, entered.Count);
        Assert.DoesNotContain(entered, line => line.Contains("-12-10", StringComparison.Ordinal));
    }

    [Fact]
    public void A_day_that_is_two_holidays_is_one_greeting()
    {
        var playbook = With(Rule("new-year", Yearly("--01-01")), Rule("de-new-year", Yearly("--01-01"), "DE"));

        Assert.Single(Entered(playbook, "2026-12-01", "2027-01-31"));
    }

    [Theory]
    [InlineData("1990-12-30", "1990-01-05", "2026-12-01", "2027-01-31")] // corrected across the turn of the year
    [InlineData("lunar:1990-12-08", "1990-01-20", "2021-12-15", "2022-02-15")] // into the other calendar
    [InlineData("1990-01-05", "lunar:1990-12-08", "2021-12-15", "2022-02-15")]
    [InlineData("1990-06-05", "1990-06-15", "2027-06-01", "2027-07-01")]
    public void A_corrected_birthday_brings_no_second_greeting(string told, string meant, string from, string until)
    {
        var playbook = Some.Playbook(Birthday);
        var dossier = Some.Ann with { Profile = Some.Ann.Profile with { Birthday = Cvm.Birthday.TryParse(told, out var first) ? first : null } };

        var entered = new List<string>();
        for (var day = DateOnly.Parse(from); day <= DateOnly.Parse(until); day = day.AddDays(1))
        {
            entered.AddRange(Entered(playbook, ref dossier, $"{day:yyyy-MM-dd}", $"{day:yyyy-MM-dd}"));
            if (entered.Count == 1) dossier = dossier with { Profile = dossier.Profile with { Birthday = Cvm.Birthday.TryParse(meant, out var right) ? right : null } };
        }

        Assert.Single(entered);
    }

    [Fact]
    public void A_corrected_birthday_is_kept_again_the_year_after()
    {
        var playbook = Some.Playbook(Birthday);
        var dossier = Some.Ann with { Profile = Some.Ann.Profile with { Birthday = new(1990, 12, 30) } };

        var first = Entered(playbook, ref dossier, "2026-12-01", "2026-12-31");
        dossier = dossier with { Profile = dossier.Profile with { Birthday = new(1990, 1, 5) } };
        var then = Entered(playbook, ref dossier, "2027-01-01", "2028-06-30");

        Assert.Equal(["2026-12-30 2026"], first);
        Assert.Equal(["2028-01-05 2028"], then);
    }

    [Theory]
    [InlineData("1970-01-01")]
    [InlineData("1900-01-01")]
    [InlineData("0001-01-01")]
    [InlineData("1899-12-30")]
    public void A_missing_value_congratulates_nobody_and_takes_no_birthdays_place(string text)
    {
        Assert.True(Cvm.Birthday.TryParse(text, out var missing));
        var told = new Signal.Told("t", Some.Now, new() { Birthday = missing }, []);
        var playbook = Some.Playbook(Birthday);

        var known = Kernel.Take(playbook, Some.Ann, told, Some.Now);
        var unknown = Kernel.Take(playbook, Some.Ann with { Profile = Some.Ann.Profile with { Birthday = null } }, told, Some.Now);
        var dossier = unknown.Dossier;

        Assert.Equal(new(1990, 3, 1), known.Dossier.Profile.Birthday);
        Assert.Contains(unknown.Lines, line => line.What == Happening.Ignored && line.Subject == $"the birthday {text}");
        Assert.Empty(Entered(playbook, ref dossier, "2027-12-01", "2028-01-31"));
    }
}
