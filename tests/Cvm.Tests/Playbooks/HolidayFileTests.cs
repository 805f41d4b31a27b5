using Cvm.Engine;

namespace Cvm.Tests.Playbooks;

public sealed class HolidayFileTests
{
    static PlaybookSources Ics(string events, string rule = "{ file: days.ics }") => SmallPlaybook.Read(
        ("calendar.yaml", $"fair: {rule}"), ("days.ics", $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events.ReplaceLineEndings("\r\n")}\r\nEND:VCALENDAR\r\n"));

    static PlaybookSources Event(string inside) => Ics($"BEGIN:VEVENT\nSUMMARY:Fair\n{inside}\nEND:VEVENT");

    static PlaybookSources Csv(string text) => SmallPlaybook.Read(("calendar.yaml", "fair: { file: days.csv }"), ("days.csv", text));

    static string Days(PlaybookSources sources)
    {
        Assert.Equal("", string.Join("\n", sources.Problems));
        return string.Join(" ", ((HolidayDay.Listed)Assert.Single(sources.Playbook!.Holidays.Rules).Day).Dates.Order().Take(6).Select(day => $"{day:yyyy-MM-dd}"));
    }

    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20270301", "2027-03-01")]
    [InlineData("DTSTART;VALUE=DATE:20270301\nDTEND;VALUE=DATE:20270301", "2027-03-01")]
    [InlineData("DTSTART;VALUE=DATE:20270301\nDTEND;VALUE=DATE:20270303", "2027-03-01 2027-03-02")]
    [InlineData("DTSTART;VALUE=DATE:20270301\nDURATION:P3D", "2027-03-01 2027-03-02 2027-03-03")]
    [InlineData("DTSTART;VALUE=DA\n TE:20270\n 301", "2027-03-01")]
    [InlineData("BEGIN:VALARM\nDTSTART:20260101\nEND:VALARM\nDTSTART:20270301", "2027-03-01")]
    [InlineData("DTSTART:20270301\nRRULE:FREQ=YEARLY;COUNT=3", "2027-03-01 2028-03-01 2029-03-01")]
    [InlineData("DTSTART:20270301\nRRULE:FREQ=YEARLY;UNTIL=20290228T000000Z", "2027-03-01 2028-03-01")]
    [InlineData("DTSTART:20270301\nRRULE:FREQ=YEARLY;INTERVAL=2;COUNT=2;WKST=MO", "2027-03-01 2029-03-01")]
    [InlineData("DTSTART:20280229\nRRULE:FREQ=YEARLY;COUNT=2", "2028-02-29 2032-02-29")]
    [InlineData("DTSTART:20271125\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=2", "2027-11-25 2028-11-23")]
    [InlineData("DTSTART:20270531\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;COUNT=2", "2027-05-31 2028-05-29")]
    public void Events_of_whole_days_are_read(string inside, string days) => Assert.Equal(days, Days(Event(inside)));

    [Theory]
    [InlineData("DTSTART:20270301T100000Z", "days.ics(5): '20270301T100000Z' is a time of day, and holidays last whole days. Make it an event of the whole day: DTSTART;VALUE=DATE:20270101.")]
    [InlineData("DTSTART:2027-03-01", "days.ics(5): '2027-03-01' is not a date. Write it like 20270131.")]
    [InlineData("LOCATION:Here", "days.ics(3): This event has no DTSTART. Write DTSTART;VALUE=DATE:20270101.")]
    [InlineData("DTSTART:20270301\nDTEND:20270215", "days.ics(5): These days end before they begin. Exchange the two dates.")]
    [InlineData("DTSTART:20270301\nDTEND:20270601", "days.ics(5): This lasts longer than 31 days. A holiday is shorter; give each its own dates.")]
    [InlineData("DTSTART:20270301\nRRULE:FREQ=WEEKLY", "days.ics(6): The recurrence 'FREQ=WEEKLY' is not read. Write each year as an event of its own, or the holiday as a rule in calendar.yaml.")]
    [InlineData("DTSTART:20270301\nRRULE:FREQ=YEARLY;BYSETPOS=1", "days.ics(6): The recurrence 'FREQ=YEARLY;BYSETPOS=1' is not read. Write each year as an event of its own, or the holiday as a rule in calendar.yaml.")]
    [InlineData("DTSTART:20270301\nRDATE:20280301", "days.ics(6): RDATE is not read. Write the dates as events of their own.")]
    [InlineData("DTSTART:20270301\nDURATION:PT3H", "days.ics(6): 'PT3H' is not a number of days. Write it like P3D.")]
    public void What_is_not_understood_is_refused_by_its_line(string inside, string problem) => Assert.Equal([problem], Event(inside).Problems.Select(one => one.ToString()));

    [Fact]
    public void One_name_is_picked_out_of_a_file_of_many()
    {
        const string both = "BEGIN:VEVENT\nSUMMARY:Fair\nDTSTART:20270301\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:Feast\\, big\nDTSTART:20270401\nEND:VEVENT";

        Assert.Equal("2027-03-01 2027-04-01", Days(Ics(both)));
        Assert.Equal("2027-04-01", Days(Ics(both, "{ file: days.ics, named: \"feast, big\" }")));
        Assert.Equal(["calendar.yaml(1,32): 'Faire' does not stand in days.ics. Did you mean 'Fair'?"], Ics(both, "{ file: days.ics, named: Faire }").Problems.Select(one => one.ToString()));
    }

    [Theory]
    [InlineData("date\n2027-03-01\n\n2028-03-06\n", "2027-03-01 2028-03-06")]
    [InlineData("from,until,name\n2027-03-01,2027-03-02,Fair\n# a remark\n2028-03-06,,\n", "2027-03-01 2027-03-02 2028-03-06")]
    [InlineData("\"From\";\"Until\"\n\"2027-03-01\";\"2027-03-01\"", "2027-03-01")]
    public void Tables_of_dates_are_read(string text, string days) => Assert.Equal(days, Days(Csv(text)));

    [Theory]
    [InlineData("2027-03-01", "days.csv(1): The first line does not name the columns. Write date, or from,until; and name where the days have one.")]
    [InlineData("date\n1.3.2027", "days.csv(2): '1.3.2027' is not a date. Write it like 2027-01-31.")]
    [InlineData("from,until\n2027-03-04,2027-03-01", "days.csv(2): These days end before they begin. Exchange the two dates.")]
    [InlineData("date\n", "days.csv: There is no date in this file. Put one in, or delete the file.")]
    public void A_wrong_table_is_told_by_its_line(string text, string problem) => Assert.Equal([problem], Csv(text).Problems.Select(one => one.ToString()));

    [Fact]
    public void A_file_that_is_not_there_or_not_named_is_a_mistake()
    {
        var sources = SmallPlaybook.Read(("calendar.yaml", "fair: { file: dates.ics }"), ("date.ics", "BEGIN:VEVENT\nDTSTART:20270301\nEND:VEVENT"));

        Assert.Equal(
            ["calendar.yaml(1,15): There is no file 'dates.ics' beside calendar.yaml. Did you mean 'date.ics'?", "date.ics: Nothing reads this file. Name it in calendar.yaml: { file: date.ics }."],
            sources.Problems.Select(one => one.ToString()));
    }
}
