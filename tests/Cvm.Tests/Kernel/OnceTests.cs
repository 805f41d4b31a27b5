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
}
