using FsCheck;
using FsCheck.Fluent;

namespace Cvm.Tests;

/// <summary>Regular contact: in time, one at a time, spread over the days.</summary>
public sealed class ContactPlanTests
{
    const int Every = 42;

    static readonly ContactPlan Plan = new("call", Some.When("not tagged('quiet')"), Every, "agent", TaskKind.Call, "Call {{name}}", Some.Lapse("5bd"), ["happy", "unhappy"]);

    static readonly Playbook Playbook = Some.Playbook() with { Contacts = [Plan] };

    static readonly DateOnly Monday = new(2027, 3, 1);

    static DateTimeOffset Midnight(int day) => LocalTimes.At("Europe/Berlin", Monday.AddDays(day), new(0, 5));

    static Dossier Day(Dossier dossier, int day, int since, Playbook? playbook = null) =>
        Kernel.Take(playbook ?? Playbook, dossier, new Signal.Day($"day:{day}", Midnight(day), Monday.AddDays(day), Monday.AddDays(since)), Midnight(day)).Dossier;

    static Dossier Done(Dossier dossier, DateTimeOffset at) => Kernel.Take(Playbook, dossier, new Signal.TaskDone($"done-{at:O}", at, dossier.Tasks[^1].Id, "Kim", "happy"), at).Dossier;

    /// <summary>Days on which a task was given, while each is done on the day after.</summary>
    static List<int> Given(Dossier dossier, int days)
    {
        var given = new List<int>();
        for (var day = 1; day <= days; day++)
        {
            var after = Day(dossier, day, day - 1);
            if (after.Tasks.Length > dossier.Tasks.Length || (after.Tasks is [.., { Open: true } last] && last.At == Midnight(day))) given.Add(day);
            dossier = after.Tasks.Any(task => task.Open) ? Done(after, Midnight(day).AddHours(30)) : after;
        }

        return given;
    }

    [Fact]
    public void The_first_call_is_within_a_span_and_the_next_a_span_after_the_last()
    {
        var given = Given(Some.Ann, 200);

        Assert.InRange(given[0], 1, Every);
        Assert.All(given.Zip(given.Skip(1)), pair => Assert.Equal(Every + 1, pair.Second - pair.First)); // done the day after it was given
        Assert.True(given.Count >= 4);
    }

    [Fact]
    public void The_task_says_what_to_do_whose_it_is_and_the_team_is_told()
    {
        var (dossier, day) = (Some.Ann, 0);
        while (dossier.Tasks.IsEmpty) dossier = Day(dossier, ++day, day - 1);

        var task = Assert.Single(dossier.Tasks);
        Assert.Equal(("contact:call:ann:1", "Call Ann", "agent", TaskKind.Call, "call", null), (task.Id, task.Do, task.For, task.Kind, task.Plan, task.Journey));
        Assert.Equal(["happy", "unhappy"], task.Outcomes.AsEnumerable());
        var note = Assert.Single(dossier.Outbox);
        Assert.Equal((OutboxKind.Staff, "agent", task.Id, ""), (note.Kind, note.Subject, note.Key, note.Journey));
    }

    [Fact]
    public void Five_hundred_customers_are_not_called_on_the_same_day()
    {
        var days = Enumerable.Range(0, 500).Select(i => Given(Some.Ann with { Customer = $"c{i}" }, Every)[0]).GroupBy(day => day).ToDictionary(group => group.Key, group => group.Count());

        Assert.InRange(days.Count, Every - 1, Every);
        Assert.All(days.Values, count => Assert.InRange(count, 1, 30)); // 12 expected
    }

    [Fact]
    public void While_one_is_open_there_is_no_other_and_after_a_long_outage_there_is_one()
    {
        var dossier = Some.Ann;
        for (var day = 1; day <= 300; day++) dossier = Day(dossier, day, day - 1);
        Assert.Single(dossier.Tasks);

        var outage = Day(Some.Ann, 300, 0);
        Assert.Single(outage.Tasks);
    }

    [Fact]
    public void Any_call_counts_whoever_asked_for_it_and_another_kind_does_not()
    {
        var called = Some.Ann with { Contacts = [new(TaskKind.Call, Midnight(10))] };
        var visited = Some.Ann with { Contacts = [new(TaskKind.Visit, Midnight(10))] };

        Assert.Equal(10 + Every, Given(called, 100)[0]);
        Assert.True(Given(visited, 100)[0] <= Every);
    }

    [Fact]
    public void Who_was_called_long_before_the_plan_is_not_called_with_all_the_others()
    {
        var days = Enumerable.Range(0, 200).Select(i => Given(Some.Ann with { Customer = $"c{i}", Contacts = [new(TaskKind.Call, Midnight(-400))] }, Every)[0]);

        Assert.True(days.Distinct().Count() > Every * 3 / 4);
    }

    [Fact]
    public void A_call_that_is_cancelled_comes_again_only_a_span_later()
    {
        var (dossier, day) = (Some.Ann, 0);
        while (dossier.Tasks.IsEmpty) dossier = Day(dossier, ++day, day - 1);
        dossier = Kernel.Take(Playbook, dossier, new Signal.TaskWorked("w", Midnight(day), dossier.Tasks[0].Id, TaskWork.Cancel, "Kim", Note: "On holiday"), Midnight(day).AddHours(9)).Dossier;

        var cancelled = day;
        while (dossier.Tasks.Length == 1) dossier = Day(dossier, ++day, day - 1);

        Assert.Equal(Every, day - cancelled);
        Assert.Equal("contact:call:ann:2", dossier.Tasks[1].Id);
    }

    [Fact]
    public void Nobody_is_called_whom_the_plan_is_not_for()
    {
        var quiet = Some.Ann with { Profile = Some.Ann.Profile with { Tags = ["quiet"] } };

        Assert.Empty(Given(quiet, 100));
        Assert.Empty(Enumerable.Range(1, 100).Aggregate(Some.Ann, (known, day) => Day(known, day, day - 1, Some.Playbook())).Tasks);
    }

    [Fact]
    public void However_days_are_missed_and_calls_are_made_there_is_never_more_than_one_and_none_too_soon() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new System.Random(seed);
            var (dossier, seen) = (Some.Ann with { Customer = $"c{seed % 97}" }, 0);
            DateTimeOffset? last = null;
            var open = 0;

            while (seen < 400)
            {
                var day = seen + (random.Next(8) == 0 ? random.Next(1, 90) : 1);
                var before = dossier.Plans.Sum(plan => plan.Count);
                dossier = Day(dossier, day, seen);
                seen = day;

                Assert.InRange(dossier.Tasks.Count(task => task.Open), 0, 1);
                Assert.InRange(dossier.Plans.Sum(plan => plan.Count) - before, 0, 1);
                if (dossier.Plans.Sum(plan => plan.Count) > before && last is { } moment) Assert.True(Monday.AddDays(day) >= LocalTimes.Day("Europe/Berlin", moment).AddDays(Every));

                if (!dossier.Tasks.Any(task => task.Open) || random.Next(5) > 0) continue;
                last = Midnight(day).AddHours(random.Next(8, 20));
                dossier = random.Next(3) == 0
                    ? Kernel.Take(Playbook, dossier, new Signal.TaskWorked($"w{day}", last.Value, dossier.Tasks[^1].Id, TaskWork.Cancel, "Kim"), last.Value).Dossier
                    : Done(dossier, last.Value);
                open++;
            }

            Assert.True(open > 0);
        }).QuickCheckThrowOnFailure();
}
