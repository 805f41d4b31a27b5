namespace Cvm.Tests;

public sealed class MovingTests
{
    static readonly Journey Birthday = Some.Journey("birthday", new("birthday"), new Step.End("end", "done"));
    static readonly DateTimeOffset LastOfFebruary = new(2027, 2, 28, 12, 0, 0, TimeSpan.Zero); // Ann's birthday is the day after

    static Dossier Move(Dossier dossier, string id, string zone, DateTimeOffset at) =>
        Kernel.Take(Some.Playbook(Birthday), dossier, new Signal.Told(id, at, new() { Zone = zone }, []), at).Dossier;

    static Dossier Round(Dossier dossier, DateTimeOffset at, DateOnly date) =>
        Kernel.Take(Some.Playbook(Birthday), dossier, new Signal.Day($"day:{date:yyyy-MM-dd}", at, date, date.AddDays(-1)), at).Dossier;

    [Fact]
    public void Moving_there_and_back_within_a_day_skips_no_day()
    {
        // In Auckland the first of March has begun and had its round, which Ann did not see.
        var there = Move(Some.Ann with { Lines = 1 }, "t1", "Pacific/Auckland", LastOfFebruary);
        var back = Move(there, "t2", "Europe/Berlin", LastOfFebruary.AddHours(1));

        var after = Round(back, LastOfFebruary.AddHours(12), new(2027, 3, 1));

        Assert.Single(after.Visits);
    }

    [Fact]
    public void Who_was_known_only_by_an_order_skips_no_day_when_a_zone_is_told()
    {
        var known = Kernel.Take(Some.Playbook(Birthday), Dossier.For("ann"), Some.Order("o1", 50, LastOfFebruary), LastOfFebruary).Dossier;
        var told = new Signal.Told("t1", LastOfFebruary, new() { Zone = "Pacific/Auckland", Birthday = new(1990, 3, 1) }, []);
        var moved = Kernel.Take(Some.Playbook(Birthday), known, told, LastOfFebruary).Dossier;

        var after = Round(moved, LastOfFebruary.AddHours(23.1), new(2027, 3, 2));

        Assert.Single(after.Visits);
    }

    [Fact]
    public void A_message_waits_for_the_time_of_day_where_the_customer_lives_now()
    {
        var journey = Some.Journey("ten", new("order"), new Step.Send("send", Step.Done, Some.Sending(at: new(10, 0), validFor: "2h")));
        var american = Some.Ann with { Profile = Some.Ann.Profile with { Zone = "America/New_York" } };
        var early = Some.Now.AddHours(-1); // 9:00 in Berlin, 3:00 in New York
        var waiting = Kernel.Take(Some.Playbook(journey), american, Some.Order("o1", 50, early), early).Dossier;

        var moved = Kernel.Take(Some.Playbook(journey), waiting, new Signal.Told("t1", early, new() { Zone = "Europe/Berlin" }, []), early).Dossier;
        var looked = Kernel.Take(Some.Playbook(journey), moved, new Signal.Woke(early), early).Dossier;

        Assert.Equal(Some.Now, looked.DueAt);
    }
}
