using Cvm.Engine;

namespace Cvm.Tests;

public sealed class LoyaltyReportTests
{
    static readonly DateOnly Today = new(2027, 3, 14);

    [Fact]
    public void What_is_outstanding_adds_up_and_what_is_owed_is_not_set_off()
    {
        var report = Of([Now("points", 900), Now("points-owed", 100), Now("points-pending", 50), Now("points-reserved", 20), Expiring("2027-05", 1000)]);

        Assert.Equal((1000, 50, 20, 100, 1070), (report.Available, report.Pending, report.Reserved, report.Owed, report.Outstanding));
        Assert.Equal((10.70m, 10.70m), (report.FullValue, report.ExpectedValue));
        Assert.Null(report.Breakage);
    }

    [Fact]
    public void Breakage_is_what_expired_of_what_was_earned_and_did_not_go_back()
    {
        // Points of February 2026 expired with February 2027: some customers' first of March is still February in UTC.
        var report = Of(
        [
            Day("points-earned", 2026, 2, 10, 1_100), Day("points-reversed", 2026, 2, 20, 100), Day("points-expired", 2027, 2, 28, 100), Day("points-expired", 2027, 3, 1, 150), Day("points-expired", 2027, 3, 2, 50),
            Day("points-earned", 2026, 1, 5, 1_000), Day("points-expired", 2027, 2, 1, 100),
            Day("points-earned", 2026, 8, 5, 1_000), Now("points", 900), Expiring("2027-08", 900),
        ]);

        Assert.Equal((0.2, 0.1, 0.3, 2), (report.Breakage!.Rate, report.Breakage.Lowest, report.Breakage.Highest, report.Breakage.Months));
        Assert.Equal((200, 100, 300), (report.Breakage.Points, report.Breakage.Fewest, report.Breakage.Most));
        Assert.Equal((9.00m, 7.00m), (report.FullValue, report.ExpectedValue));
        Assert.Equal(new ExpiryMonth(new(2027, 8, 1), 900, 200), Assert.Single(report.Expiring));
    }

    [Fact]
    public void No_more_can_expire_than_is_left_of_a_month()
    {
        var report = Of(
        [
            Day("points-earned", 2026, 2, 10, 1_000), Day("points-expired", 2027, 3, 1, 500),
            Day("points-earned", 2026, 8, 5, 1_000), Day("points-earned", 2026, 9, 5, 1_000), Now("points", 920), Expiring("2027-08", 120), Expiring("2027-09", 800),
        ]);

        Assert.Equal([120L, 500L], report.Expiring.Select(one => one.Lost));
        Assert.Equal(620, report.Breakage!.Points);
    }

    [Fact]
    public void A_month_of_which_nothing_expired_is_evidence_too()
    {
        var report = Of([Day("points-earned", 2026, 2, 10, 1_000), Now("points", 10), Expiring("2027-08", 10)]);

        Assert.Equal((0.0, 1, 0), (report.Breakage!.Rate, report.Breakage.Months, report.Breakage.Points));
    }

    [Theory]
    [InlineData(2027, 3, 3, null)]
    [InlineData(2027, 3, 4, 1)]
    public void A_month_counts_once_its_points_are_written_off_everywhere(int year, int month, int day, int? months)
    {
        var report = Of([Day("points-earned", 2026, 2, 10, 1_000)], new(year, month, day));

        Assert.Equal(months, report.Breakage?.Months);
    }

    [Fact]
    public void A_rate_is_never_more_than_everything()
    {
        // Adjusted points and joined customers may expire in a month in which few were earned.
        var report = Of([Day("points-earned", 2026, 2, 10, 10), Day("points-expired", 2027, 3, 1, 500)]);

        Assert.Equal((1.0, 1.0), (report.Breakage!.Rate, report.Breakage.Highest));
    }

    [Fact]
    public void Twelve_finished_months_and_the_present_one_are_told_with_spending_less_what_came_back()
    {
        var report = Of(
        [
            Day("points-earned", 2027, 3, 1, 70), Day("points-spent", 2027, 3, 2, 50), Day("points-returned", 2027, 3, 3, 20), Day("points-adjusted", 2027, 3, 4, -5),
            Day("points-earned", 2026, 3, 31, 9), Day("points-earned", 2026, 2, 28, 4_000), Day("friends", 2027, 3, 1, 8),
        ]);

        Assert.Equal(13, report.Months.Length);
        Assert.Equal(new PointMonth(new(2026, 3, 1), Earned: 9), report.Months[0]);
        Assert.Equal(new PointMonth(new(2027, 3, 1), Earned: 70, Adjusted: -5, Spent: 30), report.Months[^1]);
        Assert.Equal(35, report.Months[^1].Net);
    }

    [Fact]
    public void Members_stand_by_tier_and_those_of_a_tier_that_is_gone_are_not_lost()
    {
        var report = Of([new(new(Tallies.Members, "", "", null), 7), new(new(Tallies.Members, "", "gold", null), 2), new(new(Tallies.Members, "", "platinum", null), 1)]);

        Assert.Equal([("", 7), ("silver", 0), ("gold", 2), ("platinum", 1)], report.Tiers.AsEnumerable());
        Assert.Equal(10, report.Members);
    }

    [Fact]
    public void Nobody_is_nobody()
    {
        var report = Of([]);

        Assert.Equal((0, 0, 0m), (report.Members, report.Outstanding, report.FullValue));
        Assert.Empty(report.Tiers);
        Assert.All(report.Months, month => Assert.True(month.IsEmpty));
    }

    static LoyaltyReport Of((Tally, long)[] tallies, DateOnly? today = null) => LoyaltyReport.Of(tallies, Some.Playbook(), today ?? Today);

    static (Tally, long) Now(string what, long count) => (new(Tallies.Now, "", what, null), count);

    static (Tally, long) Expiring(string month, long count) => (new(Tallies.Expiring, "", month, null), count);

    static (Tally, long) Day(string what, int year, int month, int day, long count) => (new(Tallies.Happened, "", what, new(year, month, day)), count);
}
