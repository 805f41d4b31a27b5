namespace Cvm.Tests;

public sealed class TierProgressTests
{
    static readonly LoyaltyRules ByPoints = new() { Tiers = [new("silver", 500), new("gold", 1500)] };

    [Fact]
    public void On_the_way_up_the_next_one_and_what_is_missing_are_known()
    {
        var progress = TierProgress.Of(ByPoints, Ledger.Empty.Count(Some.Now, 1200, 90) with { Tier = "silver" }, Some.Now);

        Assert.Equal(("silver", "gold", 300m, 0.8), (progress.Present!.Name, progress.Next!.Name, progress.Missing, progress.Share));
    }

    [Fact]
    public void By_spend_money_counts()
    {
        var progress = TierProgress.Of(ByPoints with { TierBy = TierBasis.Spend }, Ledger.Empty.Count(Some.Now, 1200, 90.5m), Some.Now);

        Assert.Equal((null, "silver", 409.5m), (progress.Present, progress.Next!.Name, progress.Missing));
    }

    [Fact]
    public void At_the_top_nothing_is_missing()
    {
        var progress = TierProgress.Of(ByPoints, Ledger.Empty with { Tier = "gold" }, Some.Now);

        Assert.Equal((null, 0m, 1.0), (progress.Next, progress.Missing, progress.Share));
    }

    [Fact]
    public void While_a_tier_falls_what_would_keep_it_is_known()
    {
        var progress = TierProgress.Of(ByPoints, Ledger.Empty.Count(Some.Now, 380, 0) with { Tier = "silver", TierFallsOn = new(2027, 4, 1) }, Some.Now);

        Assert.Equal((new DateOnly(2027, 4, 1), 120m), (progress.FallsOn, progress.MissingToKeep));
    }

    [Fact]
    public void A_tier_that_the_playbook_does_not_know_any_more_is_none()
    {
        var progress = TierProgress.Of(ByPoints, Ledger.Empty with { Tier = "platinum" }, Some.Now);

        Assert.Equal((null, "silver"), (progress.Present, progress.Next!.Name));
    }

    [Fact]
    public void What_lies_before_the_window_does_not_count()
    {
        var progress = TierProgress.Of(ByPoints, Ledger.Empty.Count(Some.Now.AddMonths(-13), 1200, 0).Count(Some.Now, 7, 0), Some.Now);

        Assert.Equal(7, progress.Brought);
    }
}
