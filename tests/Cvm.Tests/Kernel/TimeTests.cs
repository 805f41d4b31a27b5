namespace Cvm.Tests;

public sealed class TimeTests
{
    [Theory]
    [InlineData("1992-02-29", "2027-02-28", LeapDay.February28, 2027)]
    [InlineData("1992-02-29", "2027-03-01", LeapDay.March1, 2027)]
    [InlineData("1992-02-29", "2027-03-01", LeapDay.February28, null)]
    [InlineData("1992-02-29", "2028-02-29", LeapDay.March1, 2028)]
    [InlineData("--05-04", "2027-05-04", LeapDay.February28, 2027)]
    [InlineData("lunar:1990-08-15", "2027-09-15", LeapDay.February28, 2027)] // Mid-Autumn 2027
    [InlineData("lunar:1990-01-01", "2027-02-06", LeapDay.February28, 2027)] // Spring Festival 2027
    [InlineData("lunar:1990-12-30", "2027-02-05", LeapDay.February28, 2026)] // the last month of that year has 29 or 30 days
    [InlineData("lunar:2001-04L-10", "2020-06-01", LeapDay.February28, 2020)] // 2020 has a leap fourth month
    [InlineData("lunar:2001-04L-10", "2021-05-21", LeapDay.February28, 2021)] // 2021 has none: the plain month
    [InlineData("lunar:1990-04-10", "2020-06-01", LeapDay.February28, null)] // a plain birthday is not kept twice
    [InlineData("lunar:1990-04-10", "2020-05-02", LeapDay.February28, 2020)]
    public void Birthdays_are_kept_on_the_right_day(string born, string on, LeapDay policy, int? year)
    {
        Assert.True(Birthday.TryParse(born, out var birthday));

        Assert.Equal(year, birthday.KeptOn(DateOnly.Parse(on), policy));
    }

    [Fact]
    public void Every_birthday_is_kept_exactly_once_in_each_of_its_years()
    {
        foreach (var text in new[] { "1992-02-29", "lunar:1990-08-15", "lunar:1990-12-30", "lunar:2001-04L-30", "lunar:1963-06L-29", "--01-31" })
        {
            Assert.True(Birthday.TryParse(text, out var birthday));
            var years = new List<int>();

            for (var day = new DateOnly(2000, 3, 1); day < new DateOnly(2080, 3, 1); day = day.AddDays(1))
                if (birthday.KeptOn(day, LeapDay.February28) is { } year) years.Add(year);

            Assert.Equal(years.Distinct(), years);
            Assert.Equal(80, years.Count);
        }
    }

    [Theory]
    [InlineData("1970-01-01", true)]
    [InlineData("1900-01-01", true)]
    [InlineData("1971-01-01", false)]
    [InlineData("--01-01", false)]
    public void What_forms_write_for_unknown_is_no_birthday(string text, bool placeholder)
    {
        Assert.True(Birthday.TryParse(text, out var birthday));

        Assert.Equal(placeholder, birthday.IsPlaceholder);
    }

    [Theory]
    [InlineData("1992-02-30")]
    [InlineData("1992-13-01")]
    [InlineData("92-02-01x")]
    [InlineData("lunar:1990-01-31")]
    [InlineData("")]
    [InlineData("--")]
    public void Days_that_no_year_has_are_refused(string text) => Assert.False(Birthday.TryParse(text, out _));

    [Fact]
    public void A_skipped_local_time_moves_forward_and_a_doubled_one_takes_the_earlier()
    {
        var skipped = LocalTimes.At("Europe/Berlin", new(2027, 3, 28), new(2, 30));
        var doubled = LocalTimes.At("Europe/Berlin", new(2027, 10, 31), new(2, 30));

        Assert.Equal(new(2027, 3, 28, 1, 30, 0, TimeSpan.Zero), skipped); // 3:30 summer time
        Assert.Equal(new(2027, 10, 31, 0, 30, 0, TimeSpan.Zero), doubled); // still summer time
    }

    [Fact]
    public void Days_keep_the_clock_time_and_hours_do_not()
    {
        var before = LocalTimes.At("Europe/Berlin", new(2027, 3, 27), new(10, 0));

        Assert.Equal(LocalTimes.At("Europe/Berlin", new(2027, 3, 28), new(10, 0)), Some.Lapse("1d").After(before, "Europe/Berlin", BusinessHours.Default));
        Assert.Equal(LocalTimes.At("Europe/Berlin", new(2027, 3, 28), new(11, 0)), Some.Lapse("24h").After(before, "Europe/Berlin", BusinessHours.Default));
    }

    [Theory]
    [InlineData("2027-03-05T15:00:00Z", "4bh", "2027-03-08T11:00:00Z")] // Friday 16:00 + 1h Friday, 3h Monday
    [InlineData("2027-03-06T12:00:00Z", "0bh", "2027-03-08T08:00:00Z")] // Saturday: nobody there till Monday 9:00
    [InlineData("2027-03-05T08:00:00Z", "8bh", "2027-03-05T16:00:00Z")]
    [InlineData("2027-03-05T08:00:00Z", "1bd", "2027-03-05T16:00:00Z")]
    [InlineData("2027-03-26T15:00:00Z", "2bh", "2027-03-30T08:00:00Z")] // a holiday on Monday, and the clock goes forward
    public void Business_hours_stop_at_night_on_weekends_and_holidays(string from, string lapse, string until)
    {
        var hours = BusinessHours.Default with { Zone = "Europe/Berlin", Holidays = [new DateOnly(2027, 3, 29)] };

        Assert.Equal(DateTimeOffset.Parse(until), Some.Lapse(lapse).After(DateTimeOffset.Parse(from), "UTC", hours));
    }

    [Theory]
    [InlineData(2027, 3, 28)]
    [InlineData(2024, 3, 31)]
    [InlineData(2038, 4, 25)]
    [InlineData(2008, 3, 23)]
    public void Easter_is_found(int year, int month, int day) => Assert.True(new HolidayDay.FromEaster(0).Falls(new(year, month, day)));

    [Fact]
    public void The_nth_weekday_is_found()
    {
        Assert.True(new HolidayDay.Weekday(5, DayOfWeek.Sunday, 2).Falls(new(2027, 5, 9)));
        Assert.False(new HolidayDay.Weekday(5, DayOfWeek.Sunday, 2).Falls(new(2027, 5, 2)));
        Assert.True(new HolidayDay.Weekday(5, DayOfWeek.Monday, -1).Falls(new(2027, 5, 31)));
    }
}
