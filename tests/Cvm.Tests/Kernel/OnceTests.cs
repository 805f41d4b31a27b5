namespace Cvm.Tests;

public sealed class OnceTests
{
    static Journey On(string happening) => Some.Journey("again", new(happening), new Step.End("end", "done"));

    [Fact]
    public void An_order_known_already_starts_nothing()
    {
        var playbook = Some.Playbook(On("order"));
        var first = Kernel.Take(playbook, Some.Ann, Some.Order("o1", 50), Some.Now).Dossier;

        var second = Kernel.Take(playbook, first, Some.Order("o1", 50) with { Id = "another id" }, Some.Now);

        Assert.Equal([Happening.Ignored], second.Lines.Select(line => line.What));
        Assert.Equal(1, second.Dossier.Visits[0].Count);
    }

    [Fact]
    public void A_refund_of_what_was_refunded_in_full_starts_nothing()
    {
        var playbook = Some.Playbook(On("refund"));
        var ordered = Kernel.Take(playbook, Some.Ann, Some.Order("o1", 50), Some.Now).Dossier;
        var refunded = Kernel.Take(playbook, ordered, new Signal.Refunded("r1", Some.Now, "o1", 50), Some.Now).Dossier;

        var again = Kernel.Take(playbook, refunded, new Signal.Refunded("r2", Some.Now, "o1", 50), Some.Now);

        Assert.Equal([Happening.Ignored], again.Lines.Select(line => line.What));
    }

    [Fact]
    public void A_task_done_twice_is_done_once()
    {
        var playbook = Some.Playbook(On("task-done"));
        var asked = Some.Ann with { Tasks = [new() { Id = "t", For = "agent", Do = "Call", At = Some.Now }] };
        var done = Kernel.Take(playbook, asked, new Signal.TaskDone("d1", Some.Now, "t", "peter"), Some.Now).Dossier;

        var again = Kernel.Take(playbook, done, new Signal.TaskDone("d2", Some.Now, "t", "peter"), Some.Now);
        var strange = Kernel.Take(playbook, done, new Signal.TaskDone("d3", Some.Now, "u", "peter"), Some.Now);

        Assert.Equal([Happening.Ignored], again.Lines.Select(line => line.What));
        Assert.Equal([Happening.Ignored], strange.Lines.Select(line => line.What));
    }

    [Fact]
    public void A_birthday_is_kept_once_a_year_though_the_date_is_corrected()
    {
        var playbook = Some.Playbook(On("birthday"));
        var first = Kernel.Take(playbook, Some.Ann, Some.Day(Some.Now), Some.Now).Dossier;
        var corrected = first with { Profile = first.Profile with { Birthday = new(1990, 3, 9) } };
        var ninth = Some.Now.AddDays(8);

        var second = Kernel.Take(playbook, corrected, Some.Day(ninth), ninth);

        Assert.Equal(1, second.Dossier.Visits[0].Count);
        Assert.Equal("once per occasion", Assert.Single(second.Lines).Because);
    }

    [Fact]
    public void A_day_seen_in_another_zone_is_not_seen_again()
    {
        var playbook = Some.Playbook(On("day"));
        var seen = Some.Ann with { DaySeen = new(2027, 3, 1) };

        Assert.False(Kernel.Take(playbook, seen, Some.Day(Some.Now), Some.Now).Changed);
        Assert.Single(Kernel.Take(playbook, seen, Some.Day(Some.Now.AddDays(1)), Some.Now.AddDays(1)).Dossier.Visits);
    }

    [Fact]
    public void A_coupon_is_used_once_and_not_after_its_time()
    {
        var playbook = Some.Playbook(On("coupon-used"));
        var holder = Some.Ann with { Coupons = [new() { Code = "C", Name = "GIFT", Worth = "10%", GivenAt = Some.Now, ValidUntil = Some.Now.AddDays(1) }] };
        var late = Some.Now.AddDays(2);

        var used = Kernel.Take(playbook, holder, Some.Order("o1", 50) with { Coupon = "c" }, Some.Now).Dossier;
        var again = Kernel.Take(playbook, used, Some.Order("o2", 50) with { Coupon = "C" }, Some.Now).Dossier;
        var expired = Kernel.Take(playbook, holder, Some.Order("o1", 50, late) with { Coupon = "C" }, late).Dossier;

        Assert.Equal((1, 1, 0), (used.Visits[0].Count, again.Visits[0].Count, expired.Visits.Length));
    }
}
