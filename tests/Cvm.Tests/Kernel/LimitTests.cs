namespace Cvm.Tests;

public sealed class LimitTests
{
    static Journey On(string happening, params Step[] steps) => Some.Journey("gift", new(happening), steps);

    [Fact]
    public void A_full_purse_of_coupons_loses_a_used_one_before_one_that_is_good()
    {
        var journey = On("order", new Step.Give("give", Step.Done, new Gift.Coupon("NEW", "10%", Some.Lapse("14d"), 0)));
        var coupons = Enumerable.Range(0, 50).Select(i => new Coupon { Code = $"C{i}", Name = "OLD", Worth = "10%", GivenAt = Some.Now, ValidUntil = Some.Now.AddDays(9), UsedAt = i == 7 ? Some.Now : null });

        var after = Kernel.Take(Some.Playbook(journey), Some.Ann with { Coupons = [.. coupons] }, Some.Order("o1", 50), Some.Now).Dossier;

        Assert.Equal(50, after.Coupons.Length);
        Assert.DoesNotContain(after.Coupons, coupon => coupon.Code == "C7");
    }

    [Fact]
    public void A_full_list_of_cases_loses_a_resolved_one_before_one_that_is_open()
    {
        var journey = On("complaint", new Step.Case("open", Step.Done, new CaseStep.Open("{{reason}}", null, "agent", Some.Lapse("4bh"))));
        var cases = Enumerable.Range(1, 50).Select(i => new Case { Id = $"ann/{i}", Subject = "x", Severity = "low", OpenedAt = Some.Now, Level = "agent", DueAt = Some.Now, ResolvedAt = i == 7 ? Some.Now : null });

        var after = Kernel.Take(Some.Playbook(journey), Some.Ann with { Cases = [.. cases] }, Some.Complaint(), Some.Now).Dossier;

        Assert.Equal((50, "ann/51"), (after.Cases.Length, after.Cases[^1].Id));
        Assert.DoesNotContain(after.Cases, known => known.Id == "ann/7");
    }

    [Fact]
    public void A_full_list_of_tasks_loses_a_done_one_before_one_that_is_open()
    {
        var journey = On("order", new Step.Task("task", Step.Done, "agent", "Call", null));
        var tasks = Enumerable.Range(1, 50).Select(i => new StaffTask { Id = $"t{i}", For = "agent", Do = "x", At = Some.Now, DoneAt = i == 7 ? Some.Now : null });

        var after = Kernel.Take(Some.Playbook(journey), Some.Ann with { Tasks = [.. tasks] }, Some.Order("o1", 50), Some.Now).Dossier;

        Assert.DoesNotContain(after.Tasks, known => known.Id == "t7");
    }

    [Theory]
    [InlineData("1000000000000 * 1000000000000")]
    [InlineData("spent / 0")]
    [InlineData("0 - 5")]
    public void Points_beyond_reason_are_not_given(string amount)
    {
        var journey = On("order", new Step.Give("give", Step.Done, new Gift.Points(Some.When(amount, FactType.Number))));

        var turn = Kernel.Take(Some.Playbook(journey), Some.Ann, Some.Order("o1", 50), Some.Now);

        Assert.Equal(50, turn.Dossier.Ledger.Earned);
        Assert.Single(turn.Lines, line => line.What == Happening.NotGiven);
    }

    [Fact]
    public void Ten_years_of_orders_do_not_make_the_newest_points_expire_with_the_oldest()
    {
        var ledger = Ledger.Empty;
        for (var month = 0; month < 120; month++)
        {
            var at = Some.Now.AddMonths(month - 119);
            ledger = ledger.Earn(10, DateOnly.FromDateTime(at.AddMonths(12).UtcDateTime));
        }

        var after = ledger.Expire(DateOnly.FromDateTime(Some.Now.UtcDateTime));

        Assert.Equal(13 * 10, after.Balance);
        Assert.Equal(after.Balance, after.Earned - after.Expired);
    }

    [Fact]
    public void Attributes_do_not_grow_without_end()
    {
        var dossier = Some.Ann;
        for (var i = 0; i < 20; i++)
        {
            var told = Enumerable.Range(0, 50).ToImmutableSortedDictionary(n => $"a{i}-{n}", _ => "x", StringComparer.Ordinal);
            dossier = Kernel.Take(Some.Playbook(), dossier, new Signal.Told($"t{i}", Some.Now, new() { Attributes = told }, []), Some.Now).Dossier;
        }

        Assert.Equal(200, dossier.Profile.Attributes.Count);
    }

    [Fact]
    public void A_journey_that_runs_in_circles_takes_no_other_with_it()
    {
        var circle = Some.Journey("circle", new("started"), new Step.Wait("wait", 1, new(Some.Lapse("1d")), null), new Step.If("if", 1, Some.When("orders >= 0"), 1, 1));
        var other = Some.Journey("other", new("started"), new Step.Wait("wait", 1, new(Some.Lapse("2d")), null), new Step.End("end", "well"));
        Enrollment At(string journey, double hours) => new() { Id = $"{journey}:ann:1", Journey = journey, Version = 1, Occurrence = "1", EnteredAt = Some.Now, EnteredOn = "started", Step = "wait", Visit = 1, WakeAt = Some.Now.AddHours(hours) };

        var turn = Kernel.Take(Some.Playbook(circle, other), Some.Ann with { Enrollments = [At("circle", -2), At("other", -1)] }, new Signal.Woke(Some.Now), Some.Now);

        Assert.Equal([("circle", "stopped"), ("other", "well")], turn.Lines.Where(line => line.What == Happening.Ended).Select(line => (line.Journey, line.Subject)));
    }

    [Fact]
    public void A_place_that_is_gone_ends_the_journey_and_says_so()
    {
        var journey = On("started", new Step.End("end", "done"));
        var lost = Some.Ann with { Enrollments = [new() { Id = "gift:ann:1", Journey = "gift", Version = 1, Occurrence = "1", EnteredAt = Some.Now, EnteredOn = "order", Step = "gone", WakeAt = Some.Now }] };

        var turn = Kernel.Take(Some.Playbook(journey), lost, new Signal.Woke(Some.Now), Some.Now);

        Assert.Empty(turn.Dossier.Enrollments);
        Assert.Equal("stopped", Assert.Single(turn.Lines).Subject);
    }
}
