using Cvm.Engine;

namespace Cvm.Tests;

public sealed class CdnowHistoryTests
{
    [CdnowFact]
    public void The_sample_of_the_papers_has_its_published_counts()
    {
        var sample = Path.Combine(Path.GetDirectoryName(CdnowFactAttribute.Path!)!, "cdnow-sample-orders.csv");

        var history = OrderHistory.Read(new(sample) { CalibrationEnd = new(1997, 9, 30), Today = new(2026, 1, 1) }, _ => { }, CancellationToken.None);

        // Fader, Hardie and Lee 2005: 2,357 customers; Fader and Hardie 2013: 946 of them bought again within the 39 weeks.
        Assert.Equal((2_357, 946), (history.Customers.Length, history.Days.Count(days => days > 1)));
        Assert.Equal((6_919, 0), (history.Rows, history.Bad));
        Assert.Equal(0, history.Counts.Newcomers);
    }

    [CdnowFact]
    public void The_whole_file_adds_up()
    {
        var history = OrderHistory.Read(new(CdnowFactAttribute.Path!) { Today = new(2026, 1, 1) }, _ => { }, CancellationToken.None);

        Assert.Equal((69_659, 23_570, 69_659), (history.Rows, history.Customers.Length, history.Counts.Orders));
        Assert.Equal(2_500_315.63, history.Spent.Sum(), 6);
        Assert.Equal(new DateOnly(1998, 6, 30).DayNumber, history.CalibrationEnd);
    }
}
