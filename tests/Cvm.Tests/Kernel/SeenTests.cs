namespace Cvm.Tests;

/// <summary>What a condition saw is kept with what it decided, and says the same again.</summary>
public sealed class SeenTests
{
    static readonly Journey Back = Some.Journey("back", new("order", Some.When("spent >= 100 and not open-case")),
        new Step.Choose("which", Step.Done, [(Some.When("tier == 'gold'"), 2), (Some.When("orders >= 9 or tagged('vip')"), 1)], 1),
        new Step.If("rich", Step.Done, Some.When("spent >= 200 and orders >= 3 and tagged('vip')"), 2, 2),
        new Step.End("end", "over"));

    [Fact]
    public void Lines_keep_the_facts_as_they_were_before_anything_came_of_them()
    {
        var lines = Kernel.Take(Some.Playbook(Back), Some.Ann, Some.Order("o1", 120), Some.Now).Lines;

        Assert.Equal("spent 120; open-case no", lines.Single(line => line.What == Happening.Entered).Saw);
        Assert.Equal(["tier unknown; orders 1; tagged('vip') no", "spent 120; orders 1; tagged('vip') no"], lines.Where(line => line.What == Happening.Took).Select(line => line.Saw));
        Assert.All(lines.Where(line => line.What == Happening.Ordered), line => Assert.Null(line.Saw));
    }

    [Theory]
    [InlineData("alive 0.41; open-case no; tagged('a; b') yes; tier 'O''Neill; gold'; silence 41.5 days; age unknown", 6)]
    [InlineData("", 0)]
    [InlineData(null, 0)]
    [InlineData("rubbish; ;; x; 'half", 0)]
    public void What_was_kept_is_read_back_as_far_as_it_can_be(string? saw, int facts) => Assert.Equal(facts, Seen.Read(saw).Length);

    [Fact]
    public void Values_come_back_as_they_were()
    {
        var facts = Seen.Read("alive 0.41; open-case no; tagged('a; b') yes; tier 'O''Neill; gold'; silence 41.5 days; age unknown").ToDictionary(fact => fact.Name, fact => fact.Value);

        Assert.Equal((Value.Of(0.41), Value.Of(false), Value.Of(true)), (facts["alive"], facts["open-case"], facts["tagged('a; b')"]));
        Assert.Equal((Value.Of("O'Neill; gold"), Value.Days(41.5)), (facts["tier"], facts["silence"]));
        Assert.False(facts["age"].Known);
    }

    [Fact]
    public void A_condition_says_of_what_was_kept_what_it_said_then()
    {
        string[] conditions = ["spent >= 100.1 and not open-case", "orders > 2 or silence > 40d", "average-order * 3 >= 100 and tier in ['gold', 'silver']", "tagged('vip') or country != 'DE'", "rhythm <= silence", "known-for >= 1d and (age < 40 or has-phone)"];
        var random = new Random(7);

        for (var i = 0; i < 2_000; i++)
        {
            var dossier = Some.Ann with
            {
                Profile = Some.Ann.Profile with { Country = random.Next(3) switch { 0 => null, 1 => "DE", _ => "it's" }, Tags = random.Next(2) == 0 ? [] : ["vip"], Phone = random.Next(2) == 0 ? null : "+49151" },
                Purchases = Purchases.None with { Orders = random.Next(5), Days = 3, Spent = (decimal)Math.Round(random.NextDouble() * 300, random.Next(4)), Last = random.Next(3) == 0 ? null : Some.Now.AddHours(-random.Next(3_000)) },
                Ledger = Some.Ann.Ledger with { Tier = random.Next(3) switch { 0 => null, 1 => "gold", _ => "silver" } },
            };
            var condition = Some.When(conditions[i % conditions.Length]);
            var view = new View(Some.Playbook(Back), dossier, null, null, Some.Now);

            var again = Seen.Again(condition, Seen.Read(Seen.Of(view, condition)));

            Assert.Equal(condition.Holds(view), again!.Holds(default));
            Assert.Equal(Remedies.Of(condition, view).Select(turn => turn.Needed), Remedies.Of(again, default).Select(turn => turn.Needed));
        }
    }

    [Fact]
    public void A_condition_with_a_fact_that_was_not_kept_is_not_asked_again() => Assert.Null(Seen.Again(Some.When("spent > 1 and orders > 1"), Seen.Read("spent 5")));
}
