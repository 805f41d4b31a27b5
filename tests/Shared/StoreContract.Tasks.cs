using Cvm.Engine;
using Xunit;

namespace Cvm.Tests;

// The team's open tasks over all customers.
public abstract partial class StoreContract
{
    [Fact]
    public async Task Open_tasks_of_all_customers_show_the_one_due_first_at_the_head()
    {
        await Land("ann", "", Asking("a", Noon.AddHours(2)));
        await Land("bob", "", Asking("b", Noon.AddHours(1)));
        await Land("carl", "", Asking("c", null));
        await Land("dora", "", before => Asking("d2", Noon.AddHours(5))(Asking("d1", Noon.AddMinutes(30))(before)));

        var open = await Records.OpenTasks(10, Go);

        Assert.Equal([("dora", "d1"), ("bob", "b"), ("ann", "a"), ("dora", "d2"), ("carl", "c")], open.Select(row => (row.Customer, row.Task.Id)));
        Assert.Equal(["d1", "b"], (await Records.OpenTasks(2, Go)).Select(row => row.Task.Id));
    }

    [Fact]
    public async Task A_task_is_listed_as_it_is_now_and_until_it_is_done_or_cancelled()
    {
        await Land("ann", "", Asking("a", Noon.AddHours(1)));
        await Land("bob", "", Asking("b", Noon.AddHours(2)));
        await Land("carl", "", Asking("c", Noon.AddHours(3)));
        await Land("ann", "", Changing(task => task with { DueAt = Noon.AddDays(9), Assignee = "Kim" }));
        await Land("bob", "", Changing(task => task with { DoneAt = Noon, DoneBy = "Kim", Outcome = "reached" }));
        await Land("carl", "", Changing(task => task with { CancelledAt = Noon }));

        var task = Assert.Single(await Records.OpenTasks(10, Go));

        Assert.Equal(("ann", "Kim", Noon.AddDays(9)), (task.Customer, task.Task.Assignee, task.Task.DueAt));
    }

    [Fact]
    public async Task Whoever_is_forgotten_has_no_tasks()
    {
        await Land("ann", "", Asking("a", Noon));
        await Land("bob", "", Asking("b", Noon));

        await People.Forget("ann", ["m1"], Go);

        Assert.Equal(["bob"], (await Records.OpenTasks(10, Go)).Select(row => row.Customer));
    }

    [Fact]
    public async Task A_task_that_may_be_late_makes_its_customer_due_once()
    {
        await Land("ann", "", Asking("a", Noon));
        Assert.Equal(["ann"], await DueBy(Noon));

        await Land("ann", "", Changing(task => task with { OverdueTold = true }));

        Assert.Empty(await DueBy(Noon));
    }

    static Func<Dossier, Dossier> Asking(string id, DateTimeOffset? due) => before => before with
    {
        Tasks = before.Tasks.Add(new() { Id = id, For = "agent", Do = "Call", At = Noon, Kind = TaskKind.Call, DueAt = due }),
    };

    static Func<Dossier, Dossier> Changing(Func<StaffTask, StaffTask> change) => before => before with { Tasks = [change(before.Tasks[0])] };
}
