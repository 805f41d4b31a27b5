using Cvm.Engine;

namespace Cvm.Tests;

public sealed class JourneyDifferenceTests
{
    static readonly Expression High = Some.When("orders > 5");

    static Journey Care(string rest, int then = 1) => Some.Journey("care", new("order"), new Step.If("if", 1, High, then, 2), new Step.Wait($"wait-{rest}", 2, new(Some.Lapse(rest)), null), new Step.End("end", "done"));

    static IEnumerable<StepChange> Changes(Journey old, Journey next) => JourneyDifference.Of(old, next).Steps.Select(pair => pair.Change);

    [Fact]
    public void A_branch_is_the_same_where_only_the_name_of_what_it_leads_to_has_changed() =>
        Assert.Equal([StepChange.Same, StepChange.Changed, StepChange.Same], Changes(Care("7d"), Care("9d")));

    [Fact]
    public void A_branch_that_leads_elsewhere_has_changed() =>
        Assert.Equal([StepChange.Changed, StepChange.Same, StepChange.Same], Changes(Care("7d"), Care("7d", then: 2)));

    [Fact]
    public void Nothing_differs_from_itself() => Assert.False(JourneyDifference.Of(Care("7d"), Care("7d")).Any);
}
