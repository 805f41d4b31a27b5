using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>Shops as no textbook has them: a clear answer each time, never NaN.</summary>
public sealed class HostileOrdersTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("cvm-orders-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Nobody_at_all_is_in_every_segment_with_nothing()
    {
        var scores = Read("");

        Assert.Empty(scores.Scores);
        Assert.All(scores.Segments(), one => Assert.Equal(new(0, 0, 0, 0, 0, 0), one.Group));
    }

    [Fact]
    public void One_customer_with_one_order_is_new() => Assert.Equal("511", Assert.Single(Read("a,2026-01-01,5\n").Scores).ToString());

    [Fact]
    public void Where_nobody_repeats_all_have_frequency_1_and_recency_spreads()
    {
        var scores = Read(string.Concat(Enumerable.Range(1, 25).Select(day => $"c{day},2026-01-{day:00},{day}\n")));

        Assert.All(scores.Scores, score => Assert.Equal(1, score.Frequency));
        Assert.Equal([5, 5, 5, 5, 5], Enumerable.Range(1, 5).Select(quintile => scores.Scores.Count(score => score.Recency == quintile)));
        Assert.Equal([5, 5, 5, 5, 5], Enumerable.Range(1, 5).Select(quintile => scores.Scores.Count(score => score.Monetary == quintile)));
    }

    [Fact]
    public void Ten_thousand_orders_of_one_are_counted_by_day()
    {
        var scores = Read(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"busy,{new DateOnly(2020, 1, 1).AddDays(i * 7919 % 2_000):yyyy-MM-dd},1.10\n")) + "other,2020-01-01,1\n");

        Assert.Equal((2_000, 10_000, 11_000.0), (scores.History.Days[0], scores.History.Orders[0], scores.History.Spent[0]));
        Assert.Equal("533", scores.Scores[0].ToString());
    }

    [Fact]
    public void More_sent_back_than_bought_is_the_least_money_and_no_share_is_NaN()
    {
        var scores = Read("a,2026-01-01,10\na,2026-01-02,-500\nb,2026-01-01,0\nc,2026-01-01,20\n");

        Assert.Equal([1, 2, 4], scores.Scores.Select(score => (int)score.Monetary));
        Assert.Equal(-470, scores.Segments().Sum(one => one.Group.Revenue), 6);
        Assert.All(scores.Segments(), one => Assert.Equal((0, true), (one.Group.RevenueShare, double.IsFinite(one.Group.Share + one.Group.SilenceDays + one.Group.OrderDays))));
    }

    [Fact]
    public void A_name_of_64_letters_in_any_script_is_a_name_and_a_longer_one_is_not()
    {
        var (whole, tooLong) = (new string('語', 64), new string('語', 65));

        var scores = Read($"{whole},2026-01-01,1\n{tooLong},2026-01-01,1\n");

        Assert.Equal([whole], scores.History.Customers);
        Assert.Contains("is longer than 64 characters", Assert.Single(scores.History.FirstBad).What, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_of_scores_can_be_read_again()
    {
        var path = Path.Combine(folder, "scores.csv");

        RfmSheet.Write(path, Read("\"says \"\"hi\"\", twice\",2026-01-01,1234.5\n"));

        Assert.Equal("customer,recency,frequency,monetary,segment,last-order,days-since,order-days,orders,spent,refunded\n\"says \"\"hi\"\", twice\",5,1,1,new,2026-01-01,0,1,1,1234.50,0.00\n", File.ReadAllText(path));
    }

    RfmScores Read(string rows)
    {
        var path = Path.Combine(folder, "orders.csv");
        File.WriteAllText(path, $"customer,at,amount\n{rows}");
        var history = OrderHistory.Read(new(path) { Today = new(2026, 6, 1) }, _ => { }, CancellationToken.None);
        Assert.Null(history.Problem);
        return RfmScores.Of(history, RfmMap.Usual);
    }
}
