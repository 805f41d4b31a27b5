namespace Cvm.Tests.Playbooks;

public class ConditionTests
{
    static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly Playbook Playbook = SmallPlaybook.Read(
        ("segments.yaml", "big: { about: Big., when: spent > 100 }"),
        ("loyalty.yaml", "tiers: { silver: 500, gold: 1500 }")).Playbook!;

    // Silent for 30 days, 4 orders of 60 in all, silver, tagged vip, from France.
    static readonly Dossier Customer = Dossier.For("c1") with
    {
        Profile = new() { Country = "FR", Tags = ["vip"] },
        Purchases = Purchases.None with { Orders = 4, Spent = 240, First = Now.AddDays(-120), Last = Now.AddDays(-30) },
        Ledger = Ledger.Empty with { Tier = "silver" },
    };

    [Theory]
    [InlineData("orders == 4", true)]
    [InlineData("orders != 4", false)]
    [InlineData("orders >= 4 and orders <= 4 and not orders > 4 and not orders < 4", true)]
    [InlineData("silence > 29d and silence < 5w", true)]
    [InlineData("silence > 2 * rhythm", false)]
    [InlineData("silence / rhythm < 100%", true)]
    [InlineData("25% == 0.25", true)]
    [InlineData("24h == 1d and 60m == 1h and 2w == 14d", true)]
    [InlineData("average-order == 60", true)]
    [InlineData("orders - 1 == 3", true)]
    [InlineData("orders -1 == 3", true)]
    [InlineData("-1 < orders", true)]
    [InlineData("orders * 2 + 1 == 9 and 1 + orders * 2 == 9 and (1 + orders) * 2 == 10", true)]
    [InlineData("8 / 2 / 2 == 2 and 8 - 2 - 2 == 4", true)]
    [InlineData("country == 'FR'", true)]
    [InlineData("country in ['DE', \"FR\"]", true)]
    [InlineData("orders in [1, 2, 3]", false)]
    [InlineData("tagged('vip') and not tagged('old')", true)]
    [InlineData("in-segment('big') and tier-at-least('silver') and not tier-at-least('gold')", true)]
    [InlineData("true", true)]
    [InlineData("open-case == no", true)]
    public void A_condition_reads_what_it_says(string text, bool expected)
    {
        var condition = Parse(text).Expression!;

        Assert.Equal(expected, Holds(condition));
    }

    [Theory]
    [InlineData("true or true and false", true)]
    [InlineData("(true or true) and false", false)]
    [InlineData("false and true or true", true)]
    [InlineData("not false and false", false)]
    [InlineData("not (false and false)", true)]
    [InlineData("not false or true", true)]
    [InlineData("not not true", true)]
    [InlineData("not orders == 3", true)]
    public void Not_binds_tighter_than_and_and_and_tighter_than_or(string text, bool expected) =>
        Assert.Equal(expected, Holds(Parse(text).Expression!));

    [Theory]
    [InlineData("age > 0", false)]
    [InlineData("age < 0", false)]
    [InlineData("age == 0", false)]
    [InlineData("age != 0", true)]
    [InlineData("age == age", false)]
    [InlineData("age + 1 > 0", false)]
    [InlineData("age in [1, 2]", false)]
    [InlineData("not age > 18", true)]
    [InlineData("locale == 'en'", true)]
    [InlineData("survey == 'x'", false)]
    [InlineData("survey != 'x'", true)]
    [InlineData("attribute('size') in ['L']", false)]
    [InlineData("orders / 0 > 1", false)]
    public void What_is_not_known_compares_false_but_is_different(string text, bool expected) =>
        Assert.Equal(expected, Holds(Parse(text).Expression!));

    [Theory]
    [InlineData("ordres > 2", "f(1,1): There is no fact 'ordres'. Did you mean 'orders'?")]
    [InlineData("orders > 2 and opencase", "f(1,16): There is no fact 'opencase'. Did you mean 'open-case'?")]
    [InlineData("orders-1 > 2", "f(1,1): There is no fact 'orders-1'. Did you mean 'orders'?")]
    [InlineData("silence > 30", "f(1,9): a span of time cannot be compared with a number. Give the number a unit, such as 30d.")]
    [InlineData("silence + 1 > 3d", "f(1,9): '+' cannot join a span of time and a number. Add number to number, or span to span such as 7d.")]
    [InlineData("tier * 2 > 3", "f(1,6): '*' cannot join a text and a number.")]
    [InlineData("tier == 3", "f(1,6): a text cannot be compared with a number. Put texts in quotes, such as 'gold'.")]
    [InlineData("open-case < true", "f(1,11): '<' compares numbers, spans and texts, not yes and no.")]
    [InlineData("orders", "f(1,1): This is a number, where a yes or no is needed. Compare it with something, such as orders >= 2.")]
    [InlineData("orders > 2 and 3", "f(1,16): This is a number, where a yes or no is needed. Compare it with something, such as orders >= 2.")]
    [InlineData("not tier", "f(1,5): This is a text, where a yes or no is needed. Compare it with something, such as orders >= 2.")]
    [InlineData("orders = 2", "f(1,8): '=' does not belong here. Write == to compare.")]
    [InlineData("orders > 2 && unhappy", "f(1,12): '&' does not belong here. Write 'and'.")]
    [InlineData("orders > 2 || unhappy", "f(1,12): '|' does not belong here. Write 'or'.")]
    [InlineData("!unhappy", "f(1,1): '!' does not belong here. Write 'not'.")]
    [InlineData("orders > 2 unhappy", "f(1,12): 'unhappy' does not belong here. Join conditions with 'and' or 'or'.")]
    [InlineData("1 < orders < 3", "f(1,12): '<' does not belong here. Join conditions with 'and' or 'or'.")]
    [InlineData("orders >", "f(1,9): The condition ends too early. Expected a fact, a number, a span such as 7d, or 'text'.")]
    [InlineData("(orders > 2", "f(1,12): The bracket is not closed. Add ')'.")]
    [InlineData("tier == 'gold", "f(1,9): The text is not closed. Add a quote.")]
    [InlineData("tier in 'gold'", "f(1,9): 'in' needs a list. Write: country in ['FR', 'DE'].")]
    [InlineData("tier in ['gold'", "f(1,16): The list is not closed. Add ']'.")]
    [InlineData("tier in [3]", "f(1,10): a text cannot be compared with a number. Put texts in quotes, such as 'gold'.")]
    [InlineData("silence > 3x", "f(1,11): '3x' is neither a number nor a span. Spans are written 30m, 4h, 7d or 2w.")]
    [InlineData("taged('vip')", "f(1,1): There is no question 'taged'. Did you mean 'tagged'?")]
    [InlineData("tagged(vip)", "f(1,8): 'tagged' asks about a tag in quotes. Write: tagged('name').")]
    [InlineData("tagged == 'vip'", "f(1,1): 'tagged' needs a name. Write: tagged('tag').")]
    [InlineData("in-segment('bigg')", "f(1,12): There is no segment 'bigg'. Did you mean 'big'?")]
    [InlineData("orders > 2 and “x”", "f(1,16): '“' does not belong here.")]
    public void A_mistake_names_its_place_and_the_nearest_right_name(string text, string expected)
    {
        var (expression, problems) = Parse(text);

        Assert.Null(expression);
        Assert.Equal(expected, Assert.Single(problems).ToString());
    }

    [Fact]
    public void A_reckoning_must_be_a_number()
    {
        var (expression, problems) = Parse("silence * 2", FactType.Number);

        Assert.Null(expression);
        Assert.Equal("f(1,1): This is a span of time, where a number is needed.", Assert.Single(problems).ToString());
    }

    [Fact]
    public void Two_mistakes_are_told_at_once()
    {
        var (_, problems) = Parse("silence > 3 and tier > 4");

        Assert.Equal([9, 22], problems.Select(problem => problem.At.Column));
    }

    [Theory]
    [InlineData("when: tire == 'x'", 1, 31)]
    [InlineData("when: 'tire == ''x'''", 1, 32)]
    [InlineData("when: \"tire == 'x'\"", 1, 32)]
    [InlineData("when: orders > 1 and\n    tire == 'x'", 2, 5)]
    [InlineData("when: 'tagged(''v'') and tire == ''x'''", 1, 50)]
    [InlineData("when: \"\\\"a\\\" == tire\"", 1, 41)]
    public void A_place_is_found_through_quotes_and_folds(string when, int line, int column)
    {
        var sources = SmallPlaybook.Read(("segments.yaml", $"trial: {{ about: Trial., {when} }}"));

        var problem = Assert.Single(sources.Problems);

        Assert.Equal(("There is no fact 'tire'.", new Where("segments.yaml", line, column)), (problem.What, problem.At));
    }

    [Theory]
    [InlineData("|")]
    [InlineData(">")]
    [InlineData(">-")]
    public void A_place_is_found_in_blocks(string style)
    {
        var sources = SmallPlaybook.Read(("segments.yaml", $"trial:\n  about: Trial.\n  when: {style}\n    orders > 1\n      and tire == 'x'\n"));

        Assert.Equal(new Where("segments.yaml", 5, 11), Assert.Single(sources.Problems).At);
    }

    static (Expression? Expression, List<Problem> Problems) Parse(string text, FactType wanted = FactType.Truth)
    {
        var problems = new List<Problem>();
        var names = new Dictionary<string, string[]> { ["segment"] = ["big"], ["tier"] = ["silver", "gold"] };
        var expression = ExpressionParser.Parse(text, offset => new("f", 1, offset + 1), kind => names.GetValueOrDefault(kind), problems, wanted);
        return (expression, problems);
    }

    static bool Holds(Expression condition) => condition.Holds(new View(Playbook, Customer, null, null, Now));
}
