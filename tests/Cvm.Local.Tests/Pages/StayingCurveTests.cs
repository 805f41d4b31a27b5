using Cvm.Web;

namespace Cvm.Local.Tests.Pages;

public sealed class StayingCurveTests
{
    static readonly DateOnly Today = new(2027, 3, 14);

    static readonly ScoreModel Model = new(
        Today, Today, new(new BgNbd(0.243, 4.414, 0.793, 2.426), [], 0, true, 0, null), new(new GammaGamma(6.25, 3.74, 15), [], 0, true, 0, null),
        new(new(0, 0, 0, 0, Ties.Best), new(0, 0, 0, 0, Ties.Lowest), new(0, 0, 0, 0, Ties.Lowest)), 100);

    [Fact]
    public void It_falls_with_silence_and_jumps_with_each_order()
    {
        var curve = StayingCurve.Of(Buying(200, 150, 100, 20), Model, Today)!;

        Assert.Equal((Today.AddDays(-200), Today), (curve.From, curve.Until));
        Assert.Equal([200, 150, 100, 20], curve.Orders.Select(order => Today.DayNumber - order.Day.DayNumber));
        Assert.Null(curve.Orders[0].Before);
        Assert.Equal(1, curve.Orders[1].Before); // nobody leaves before the second order, by BG/NBD
        Assert.All(curve.Orders.Skip(2), order => Assert.True(order.After > order.Before));
        Assert.True(curve.Chances[60] > curve.Chances[99]);
        Assert.Equal(curve.Orders[^1].After, curve.Chances[180]);
        Assert.Equal(Model.Buying.Model.Alive(3, 180 / 7.0, 200 / 7.0), curve.Chances[^1], 12);
    }

    [Fact]
    public void It_shows_a_year_at_most()
    {
        var curve = StayingCurve.Of(Buying(900, 700, 500, 30), Model, Today)!;

        Assert.Equal(366, curve.Chances.Length);
        Assert.Single(curve.Orders);
        Assert.Equal(Model.Buying.Model.Alive(2, 400 / 7.0, 535 / 7.0), curve.Chances[0], 12);
    }

    [Fact]
    public void It_begins_where_the_dossier_still_knows_the_days()
    {
        var curve = StayingCurve.Of(Buying([.. Enumerable.Range(0, 30).Select(i => 300 - i * 10)]), Model, Today)!;

        Assert.Equal(Purchases.MaxRecent, curve.Orders.Length);
        Assert.Equal(Today.AddDays(-120), curve.From);
        Assert.Equal(Model.Buying.Model.Alive(29, 290 / 7.0, 300 / 7.0), curve.Chances[^1], 12);
    }

    [Theory]
    [InlineData]
    [InlineData(300)]
    [InlineData(3, 1)]
    public void Where_there_is_nothing_to_see_there_is_none(params int[] daysAgo) => Assert.Null(StayingCurve.Of(Buying(daysAgo), Model, Today));

    [Fact]
    public void By_a_model_that_lets_buyers_of_one_time_leave_it_shows_them_too()
    {
        var curve = StayingCurve.Of(Buying(300), Model with { Buying = Model.Buying with { Model = new MbgNbd(0.525, 6.183, 0.891, 1.614) } }, Today)!;

        Assert.Equal(301, curve.Chances.Length);
        Assert.True(curve.Chances[^1] < curve.Chances[0]);
    }

    [Fact]
    public void Orders_yet_to_come_do_no_harm()
    {
        var curve = StayingCurve.Of(Buying(30, 10, -5), Model, Today)!;

        Assert.Equal(Today.AddDays(5), curve.Until);
        Assert.All(curve.Chances, chance => Assert.InRange(chance, 0, 1));
    }

    static Dossier Buying(params int[] daysAgo)
    {
        var bought = Purchases.None;
        var noon = new DateTimeOffset(Today, new(12, 0), TimeSpan.Zero);
        foreach (var days in daysAgo) bought = bought.With(new($"o{days}", noon.AddDays(-days), 20), "UTC");
        return Dossier.For("ann") with { Purchases = bought };
    }
}
