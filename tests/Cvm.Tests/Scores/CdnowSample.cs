using System.Globalization;

namespace Cvm.Tests;

/// <summary>The 1/10 sample of CDNOW that the papers use: days merged, watched until 30 September 1997, held out until 30 June 1998.</summary>
sealed class CdnowSample
{
    static readonly DateOnly End = new(1997, 9, 30);
    static readonly Lazy<CdnowSample> Loaded = new(() => new(Path.Combine(Path.GetDirectoryName(CdnowFactAttribute.Path)!, "cdnow-sample-orders.csv")));

    CdnowSample(string file)
    {
        var customers = File.ReadLines(file).Skip(1).Select(line => line.Split(','))
            .Select(cells => (Customer: cells[0], Day: DateOnly.ParseExact(cells[1], "yyyy-MM-dd", CultureInfo.InvariantCulture), Amount: double.Parse(cells[3], CultureInfo.InvariantCulture)))
            .GroupBy(order => order.Customer)
            .Select(orders => orders.GroupBy(order => order.Day).OrderBy(day => day.Key).Select(day => (Day: day.Key, Amount: day.Sum(order => order.Amount))).ToArray())
            .Select(days => (First: days[0].Day, Watched: days.Where(day => day.Day <= End).ToArray(), Held: days.Count(day => day.Day > End))).ToArray();

        Repeats = [.. customers.Select(customer => customer.Watched.Length - 1)];
        Last = [.. customers.Select(customer => customer.Watched[^1].Day.DayNumber - customer.First.DayNumber)];
        Age = [.. customers.Select(customer => End.DayNumber - customer.First.DayNumber)];
        Spent = [.. customers.Select(customer => customer.Watched.Skip(1).Sum(day => day.Amount))];
        HeldOut = [.. customers.Select(customer => customer.Held)];
    }

    public static CdnowSample Read() => Loaded.Value;

    public int[] Repeats { get; }
    public int[] Last { get; }
    public int[] Age { get; }
    public double[] Spent { get; }
    public int[] HeldOut { get; }

    public Histories Histories(double daysPerUnit = 7) => Cvm.Histories.Of(Repeats, Last, Age, daysPerUnit);
}
