using FsCheck;
using FsCheck.Fluent;

namespace Cvm.Tests;

public sealed class BandTests
{
    static readonly (decimal Middle, decimal High) From = (100, 500);

    [Theory]
    [InlineData(99.99, null, Band.Low), InlineData(100, null, Band.Middle), InlineData(500, null, Band.High), InlineData(-40, null, Band.Low)]
    [InlineData(480, Band.Middle, Band.Middle), InlineData(480, Band.High, Band.High), InlineData(449.99, Band.High, Band.Middle)]
    [InlineData(95, Band.Low, Band.Low), InlineData(95, Band.Middle, Band.Middle), InlineData(95, Band.High, Band.Middle), InlineData(89.99, Band.High, Band.Low)]
    public void A_band_is_kept_a_little_below_its_bound(double worth, Band? before, Band band) =>
        Assert.Equal(band, ValueBands.Of((decimal)worth, before, From, 0.1));

    [Fact]
    public void More_is_never_a_lower_band_and_the_same_again_changes_nothing() =>
        Prop.ForAll(Gen.Choose(-200, 900).ToArbitrary(), Gen.Choose(0, 300).ToArbitrary(), Gen.Elements<Band?>(null, Band.Low, Band.Middle, Band.High).ToArbitrary(), (worth, more, before) =>
        {
            var band = ValueBands.Of(worth, before, From, 0.1);
            return ValueBands.Of(worth + more, before, From, 0.1) >= band && ValueBands.Of(worth, band, From, 0.1) == band;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(1, 3));

    [Theory]
    [InlineData(0.9, 100, Band.High), InlineData(0.9, 99, Band.Middle), InlineData(0.9, 24, Band.Low), InlineData(0.1, 1e6, Band.Low)]
    [InlineData(double.NaN, 1e6, Band.Low), InlineData(0.9, double.NaN, Band.Low)]
    public void Potential_is_what_could_still_come(double alive, double expected, Band potential) =>
        Assert.Equal(potential, Potentials.Of(alive, expected, new()));

    [Theory]
    [InlineData(Band.High, Band.High, Relationship.Strategic), InlineData(Band.High, Band.Middle, Relationship.Core), InlineData(Band.Middle, Band.High, Relationship.Core)]
    [InlineData(Band.High, Band.Low, Relationship.Core), InlineData(Band.Middle, Band.Middle, Relationship.Core), InlineData(Band.Low, Band.High, Relationship.Core)]
    [InlineData(Band.Middle, Band.Low, Relationship.General), InlineData(Band.Low, Band.Middle, Relationship.General), InlineData(Band.Low, Band.Low, Relationship.General)]
    public void Value_and_potential_make_the_relationship(Band value, Band potential, Relationship tier) =>
        Assert.Equal(tier, Relationships.Of(value, potential, new()));

    [Theory]
    [InlineData(0, 0, 0, Need.Product), InlineData(1, 1, 0, Need.Product), InlineData(4, 2, 0, Need.Price), InlineData(5, 2, 0, Need.Product)]
    [InlineData(8, 0, 2, Need.Service), InlineData(9, 0, 2, Need.Product), InlineData(4, 4, 2, Need.Service), InlineData(10, 10, 4, Need.Price), InlineData(0, 0, 3, Need.Service)]
    public void Coupons_and_troubles_make_the_need(int orders, int withCoupon, int troubles, Need need) =>
        Assert.Equal(need, Needs.Of(orders, withCoupon, troubles, new()));

    [Fact]
    public void A_contribution_adds_up()
    {
        var contribution = Contribution.Of(new() { Spent = 180, Refunded = 50, Discounts = 20, Points = 300, Cases = 1, Tasks = 2, Emails = 10, SmsSegments = 3 }, new());

        Assert.Equal("60.00 margin - 20.00 discounts - 3.00 points - 16.00 service - 0.22 messages = 20.78", contribution.ToString());
        Assert.Equal(20.78m, contribution.Total);
    }

    [Fact]
    public void Refunds_beyond_the_orders_cost_money() =>
        Assert.Equal(-4m, Contribution.Of(new() { Spent = 10, Refunded = 20 }, new()).Total);
}
