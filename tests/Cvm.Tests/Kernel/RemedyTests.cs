using FsCheck;
using FsCheck.Fluent;

namespace Cvm.Tests;

public sealed class RemedyTests
{
    static readonly Dossier Ann = Some.Ann with { Purchases = Purchases.None with { Orders = 1, Days = 1, Spent = 40 } };

    static string Turns(string condition, bool wanted = true) => string.Join("; ", Remedies.Of(Some.When(condition), new View(Some.Playbook(), Ann, null, null, Some.Now), wanted));

    [Theory]
    [InlineData("orders >= 2", "orders >= 2 (orders is 1)")]
    [InlineData("orders >= 1", "")]
    [InlineData("orders >= 2 and spent > 100 and not open-case", "orders >= 2 (orders is 1); spent > 100 (spent is 40)")]
    [InlineData("orders >= 2 and spent > 100 or country == 'FR'", "country == 'FR' (country is 'DE')")]
    [InlineData("not has-email", "not has-email (has-email is yes)")]
    [InlineData("not (orders >= 1 or tagged('vip'))", "orders < 1 (orders is 1)")]
    [InlineData("country in ['FR', 'IT']", "country in ['FR', 'IT'] (country is 'DE')")]
    [InlineData("alive < 0.4", "alive < 0.4 (alive is unknown)")]
    public void The_smallest_change_is_told_with_what_is(string condition, string expected) => Assert.Equal(expected, Turns(condition));

    [Fact]
    public void What_holds_can_be_turned_too() => Assert.Equal("orders != 1 (orders is 1)", Turns("orders == 1 and has-email", wanted: false));

    [Fact]
    public void Were_every_part_that_is_named_otherwise_the_condition_would_turn()
    {
        Prop.ForAll(Condition("a", "b", "c", "d", "e").ToArbitrary(), Gen.SubListOf(["a", "b", "c", "d", "e"]).ToArbitrary(), (source, tags) =>
        {
            var when = Some.When(source);
            var turned = tags.ToHashSet();
            var remedies = Remedies.Of(when, ViewOf(tags));
            foreach (var remedy in remedies) Apply(remedy.Needed, turned);
            return when.Holds(ViewOf(turned)) && remedies.IsEmpty == when.Holds(ViewOf(tags));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithReplay(7, 9));
    }

    // Each name once, because nothing helps a contradiction.
    static Gen<string> Condition(params string[] names) => names is [var one]
        ? Gen.Elements($"tagged('{one}')", $"not tagged('{one}')")
        : from cut in Gen.Choose(1, names.Length - 1)
          from left in Condition(names[..cut])
          from right in Condition(names[cut..])
          from joined in Gen.Elements($"({left}) and ({right})", $"({left}) or ({right})", $"not (({left}) and ({right}))", $"not (({left}) or ({right}))")
          select joined;

    static View ViewOf(IEnumerable<string> tags) => new(Some.Playbook(), Some.Ann with { Profile = Some.Ann.Profile with { Tags = [.. tags] } }, null, null, Some.Now);

    static void Apply(string needed, HashSet<string> tags)
    {
        var name = needed[(needed.IndexOf('\'') + 1)..^2];
        if (needed.StartsWith("not ", StringComparison.Ordinal)) tags.Remove(name);
        else tags.Add(name);
    }
}
