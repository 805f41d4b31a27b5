namespace Cvm.Engine;

/// <summary>Turns the bins into flat arrays, in the order in which customers first appear in the file.</summary>
static class OrderSummary
{
    public static OrderHistory Of(OrderLayout layout, CustomerBins bins, OrderRange[] ranges)
    {
        if (Stopped(layout, ranges) is { } problem) return new() { Problem = problem };

        var places = Places(bins, layout.Length, out var count, out var left);
        var history = Empty(count) with
        {
            Rows = ranges.Sum(range => range.Rows),
            Bad = ranges.Sum(range => range.Bad),
            FirstBad = FirstBad(layout, ranges),
            Columns = layout.Columns.Pairs,
        };

        var last = new int[CustomerBins.Count];
        Parallel.For(0, CustomerBins.Count, bin => last[bin] = Fill(history, bins[bin], places[bin]));
        var calibrationEnd = layout.File.CalibrationEnd?.DayNumber ?? Math.Max(0, last.Max());
        return history with
        {
            CalibrationEnd = calibrationEnd,
            HoldoutEnd = Math.Max(calibrationEnd, layout.File.CalibrationEnd is null ? 0 : layout.File.HoldoutEnd?.DayNumber ?? last.Max()),
            Counts = new(
                history.Orders.Sum(orders => (long)orders),
                Total(bins, bin => bin.Refunds),
                Total(bins, bin => bin.Holdout),
                ranges.Sum(range => range.Later),
                left.Newcomers,
                left.OnlyRefunds),
        };
    }

    static OrderHistory Empty(int count) => new()
    {
        Customers = new string[count],
        FirstDay = new int[count],
        LastDay = new int[count],
        Days = new int[count],
        Orders = new int[count],
        Spent = new double[count],
        FirstSpent = new double[count],
        Refunded = new double[count],
        HoldoutDays = new int[count],
        HoldoutSpent = new double[count],
    };

    static long Total(CustomerBins bins, Func<CustomerBin, long> one) => Enumerable.Range(0, CustomerBins.Count).Sum(bin => one(bins[bin]));

    // Where each customer of each bin goes; -1 for those without an order that counts.
    static int[][] Places(CustomerBins bins, long length, out int count, out (int Newcomers, int OnlyRefunds) left)
    {
        var all = (int)Total(bins, bin => bin.Count);
        var seen = new FirstSeen(all);
        left = (0, 0);
        var places = new int[CustomerBins.Count][];

        for (var bin = 0; bin < CustomerBins.Count; bin++)
        {
            places[bin] = new int[bins[bin].Count];
            Array.Fill(places[bin], -1);
            for (var i = 0; i < bins[bin].Count; i++)
            {
                ref readonly var customer = ref bins[bin][i];
                if (customer.Ordered) seen.Add(customer.At, bin, i);
                else if (customer.LastNoted > 0) left.Newcomers++;
                else left.OnlyRefunds++;
            }
        }

        count = 0;
        foreach (var (bin, customer) in seen.InOrder(length)) places[bin][customer] = count++;
        return places;
    }

    // Gives the last day with an order, in the calibration or the holdout.
    static int Fill(OrderHistory history, CustomerBin bin, int[] places)
    {
        var last = 0;
        var days = bin.Days;
        for (var i = 0; i < places.Length; i++)
        {
            ref readonly var customer = ref bin[i];
            last = Math.Max(last, days.Last[i]);
            var place = places[i];
            if (place < 0) continue;

            history.Customers[place] = System.Text.Encoding.UTF8.GetString(bin.Name(i));
            history.FirstDay[place] = customer.FirstDay;
            history.LastDay[place] = customer.LastDay;
            history.Orders[place] = customer.Orders;
            history.Spent[place] = customer.Spent / 100.0;
            history.FirstSpent[place] = customer.FirstSpent / 100.0;
            history.Refunded[place] = bin.Refunded(i) / 100.0;
            history.HoldoutSpent[place] = bin.HeldOut(i) / 100.0;
            (history.Days[place], history.HoldoutDays[place]) = (days.Before[i], days.After[i]);
        }

        return last;
    }

    static Problem? Stopped(OrderLayout layout, OrderRange[] ranges)
    {
        var line = (long)layout.Line;
        foreach (var range in ranges)
        {
            if (range.Stopped is { } stopped) return new(new(layout.File.Path, (int)Math.Min(int.MaxValue, line + stopped.Line)), stopped.What, stopped.Fix);
            line += range.Lines;
        }

        return null;
    }

    static ImmutableArray<Problem> FirstBad(OrderLayout layout, OrderRange[] ranges)
    {
        var (line, bad) = ((long)layout.Line, ImmutableArray.CreateBuilder<Problem>());
        foreach (var range in ranges)
        {
            foreach (var (at, problem) in range.FirstBad.Take(OrderRange.MostNamed - bad.Count))
            {
                var column = problem.Field == "" ? "" : $"{layout.Columns.NameOf(problem.Field)} ";
                bad.Add(new(new(layout.File.Path, (int)Math.Min(int.MaxValue, line + at)), $"{(column == "" ? "The row " : column)}{problem.What}", problem.Fix));
            }

            line += range.Lines;
        }

        return bad.ToImmutable();
    }
}
