namespace Cvm.Tests;

/// <summary>News that is late, or speaks of something else, moves nobody.</summary>
public sealed class MisdirectedTests
{
    static readonly DateTimeOffset Later = Some.Now.AddHours(1);

    static Playbook Waiting(string until) => Some.Playbook(
        Some.Journey("first", new("order"), new Step.Wait("wait", Step.Done, new(Some.Lapse("9d")), new(until))),
        Some.Journey("second", new("order"), new Step.Wait("wait", Step.Done, new(Some.Lapse("9d")), new(until))));

    static Dossier Inside(Playbook playbook) => Kernel.Take(playbook, Some.Ann, Some.Order("o1", 50), Some.Now).Dossier;

    [Fact]
    public void What_happened_before_entering_is_not_waited_for()
    {
        var playbook = Waiting("complaint");

        var late = Kernel.Take(playbook, Inside(playbook), Some.Complaint(Some.Now.AddHours(-1)), Later).Dossier;
        var fresh = Kernel.Take(playbook, Inside(playbook), Some.Complaint(Later), Later).Dossier;

        Assert.Equal(2, late.Enrollments.Length);
        Assert.Empty(fresh.Enrollments);
    }

    [Fact]
    public void Old_news_changes_facts_and_starts_no_journey()
    {
        var playbook = Waiting("complaint");

        var after = Kernel.Take(playbook, Some.Ann, Some.Order("o1", 50, Some.Now.AddDays(-8)), Some.Now).Dossier;

        Assert.Equal(1, after.Purchases.Orders);
        Assert.Empty(after.Enrollments);
    }

    [Fact]
    public void A_report_moves_only_the_journey_whose_message_it_is_of()
    {
        var playbook = Waiting("opened");

        var after = Kernel.Take(playbook, Inside(playbook), new Signal.Reported("r", Later, "first:ann:1/send/1", Report.Opened), Later).Dossier;

        Assert.Equal("second", Assert.Single(after.Enrollments).Journey);
    }

    [Fact]
    public void Work_on_a_case_moves_only_the_journey_whose_case_it_is()
    {
        var playbook = Waiting("case-resolved");
        var inside = Inside(playbook);
        Case Open(int number) => new() { Id = $"ann/{number}", Subject = "x", Severity = "low", OpenedAt = Some.Now, Level = "agent", DueAt = Later };
        inside = inside with
        {
            Cases = [Open(1), Open(2)],
            Enrollments = [inside.Enrollments[0] with { Case = "ann/1" }, inside.Enrollments[1] with { Case = "ann/2" }],
        };

        var after = Kernel.Take(playbook, inside, new Signal.CaseWorked("w", Later, "ann/1", CaseWork.Resolve, "maria"), Later).Dossier;

        Assert.Equal("second", Assert.Single(after.Enrollments).Journey);
    }

    [Fact]
    public void A_tier_that_was_given_outlasts_a_day_without_points()
    {
        var given = Some.Ann with { Ledger = Ledger.Empty with { Tier = "gold", TierGrantedUntil = Some.Now.AddDays(2) } };

        var next = Kernel.Take(Some.Playbook(), given, Some.Day(Some.Now.AddDays(1)), Some.Now.AddDays(1)).Dossier;
        var over = Kernel.Take(Some.Playbook(), next, Some.Day(Some.Now.AddDays(3)), Some.Now.AddDays(3)).Dossier;

        Assert.Equal(("gold", null), (next.Ledger.Tier, over.Ledger.Tier));
    }
}
