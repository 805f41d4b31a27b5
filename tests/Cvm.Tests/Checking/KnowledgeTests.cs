namespace Cvm.Tests.Checking;

/// <summary>What is called impossible never happens; what people get wrong most is found.</summary>
public sealed class KnowledgeTests
{
    static readonly Playbook Playbook = Some.Playbook() with
    {
        Segments = ImmutableSortedDictionary<string, Segment>.Empty
            .Add("big", new("big", "Big spenders", Some.When("spent >= 100")))
            .Add("lapsing", new("lapsing", "Slipping away", Some.When("orders >= 2 and silence > 2 * rhythm"))),
    };

    static Cases Assuming(string condition, bool holds = true) => Cases.Of(Knowledge.None(Playbook)).Assume(Some.When(condition).Root, holds);

    [Theory]
    [InlineData("alive > 1")]
    [InlineData("alive < 0")]
    [InlineData("alive > 0.6 and alive < 0.4")]
    [InlineData("orders < 0")]
    [InlineData("orders == 2.5")]
    [InlineData("orders > 2 and orders < 3")]
    [InlineData("orders in [-1, 0.5]")]
    [InlineData("orders > 3 and (orders == 1 or orders == 2)")]
    [InlineData("value == 'hgh'")]
    [InlineData("value == 'high' and value == 'low'")]
    [InlineData("value != 'high' and value != 'middle' and value != 'low'")]
    [InlineData("stage in ['at risk', 'gone']")]
    [InlineData("tier == 'platinum'")]
    [InlineData("tier-at-least('gold') and tier == 'silver'")]
    [InlineData("tier-at-least('gold') and not tier-at-least('silver')")]
    [InlineData("country == 'FR' and country in ['DE', 'ES']")]
    [InlineData("open-case and not open-case")]
    [InlineData("open-case == no and open-case")]
    [InlineData("silence > 6 * rhythm and silence < 2 * rhythm")]
    [InlineData("silence > 2 * rhythm and silence < rhythm")]
    [InlineData("silence < 10d and silence > 3w")]
    [InlineData("in-segment('big') and spent < 50")]
    [InlineData("in-segment('lapsing') and orders == 1")]
    [InlineData("not in-segment('big') and spent > 100")]
    [InlineData("spent > average-order and spent < average-order")]
    [InlineData("orders > orders")]
    [InlineData("orders * 2 < 0")]
    [InlineData("recency-score == 6")]
    [InlineData("tagged('vip') and not tagged('vip')")]
    [InlineData("answer > 10")]
    public void It_never_holds(string condition) => Assert.True(Assuming(condition).Impossible);

    [Theory]
    [InlineData("orders >= 0")]
    [InlineData("open-case or not open-case")]
    [InlineData("value in ['high', 'middle', 'low']")]
    [InlineData("not (alive > 1)")]
    [InlineData("spent >= 10 or not in-segment('big')")]
    [InlineData("true")]
    public void It_always_holds(string condition) => Assert.True(Assuming(condition, holds: false).Impossible);

    [Theory]
    [InlineData("alive < 0.6 and orders >= 2 and silence > 2 * rhythm and silence < 6 * rhythm and not open-case")]
    [InlineData("alive >= 0 and alive <= 1")]
    [InlineData("silence >= 6 * rhythm and silence <= 2 * rhythm")] // where both are nothing
    [InlineData("not (alive < 0.5) and not (alive >= 0.5)")] // where nobody knows
    [InlineData("stage != 'new' and stage != 'repeat'")]
    [InlineData("spent < 0")] // more went back than came
    [InlineData("silence / rhythm > 2 and silence / rhythm < 3")]
    [InlineData("tier-at-least('silver') and not tier-at-least('gold')")]
    [InlineData("points / orders > 10")]
    public void It_may_hold_or_not(string condition)
    {
        Assert.False(Assuming(condition).Impossible);
        Assert.False(Assuming(condition, holds: false).Impossible);
    }

    [Fact]
    public void Every_fact_lies_within_its_range()
    {
        var ranges = new FactRanges(Some.Playbook());

        foreach (var dossier in RandomDossiers())
        {
            var view = new View(Some.Playbook(), dossier, Some.Order("o1", 20), null, Some.Now);
            foreach (var fact in Facts.All.Values) Assert.True(ranges.Of(fact).Holds(fact.Read(view)), $"{fact.Name} is {fact.Read(view)}");
        }
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory, MemberData(nameof(Seeds))]
    public void What_is_true_of_random_facts_is_never_called_impossible(int seed)
    {
        for (var round = 0; round < 100; round++)
        {
            var world = new RandomFacts(seed * 1000 + round);
            var cases = Cases.Of(Knowledge.None(world.Playbook));

            for (var conditions = 0; conditions < 3; conditions++)
            {
                var term = world.Truth(4);
                cases = cases.Assume(term, world.Holds(term));

                Assert.True(cases.All.Any(one => world.Leaves.All(leaf => one.Of(leaf).Holds(world.Read(leaf)))), $"seed {seed}, round {round}: {term} is {world.Holds(term)} where {world}");
            }
        }
    }

    static IEnumerable<Dossier> RandomDossiers()
    {
        var random = new Random(5);
        for (var i = 0; i < 200; i++)
        {
            var dossier = Some.Ann;
            for (var order = random.Next(6); order > 0; order--)
                dossier = Kernel.Take(Some.Playbook(), dossier, Some.Order($"o{order}", random.Next(1, 900), Some.Now.AddDays(-random.Next(400))), Some.Now).Dossier;
            if (random.Next(2) == 0) dossier = Kernel.Take(Some.Playbook(), dossier, Some.Complaint(), Some.Now).Dossier;
            if (random.Next(2) == 0) dossier = Kernel.Take(Some.Playbook(), dossier, new Signal.Answered("a", Some.Now, "csat", random.Next(1, 6)), Some.Now).Dossier;
            if (random.Next(2) == 0) dossier = dossier with { Scores = dossier.Scores with { AsOf = new(2027, 1, 1), Alive = random.NextDouble(), Rfm = $"{random.Next(1, 6)}{random.Next(1, 6)}{random.Next(1, 6)}", Stage = (Stage)random.Next(7) } };
            yield return dossier;
        }
    }
}
