using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cvm;

/// <summary>P(alive) and expected orders of many customers at once, in the order in which they were given.</summary>
/// <remarks>What is expected of a customer who is still there depends on repeats and age only, and smoothly on age: where many share their
/// repeats it is worked out at a few ages and interpolated (to 10 digits and more), instead of once per customer.</remarks>
public sealed class Forecast
{
    // Fewer customers than this with the same repeats are worked out one by one.
    const int Many = 64;

    readonly RepeatModel model;
    readonly double daysPerUnit, rate;
    readonly int[] horizons;
    OutlookRows? rows;

    Forecast(RepeatModel model, double daysPerUnit, double yearlyDiscount, int[] horizons, int customers)
    {
        (this.model, this.daysPerUnit, this.horizons) = (model, daysPerUnit, horizons);
        rate = RatePerDay(yearlyDiscount) * daysPerUnit;
        Alive = GC.AllocateUninitializedArray<double>(customers);
        Orders = [.. horizons.Select(_ => GC.AllocateUninitializedArray<double>(customers))];
        Discounted = rate == 0 ? Orders : [.. horizons.Select(_ => GC.AllocateUninitializedArray<double>(customers))];
    }

    /// <summary>Probability that the customer has not left.</summary>
    public double[] Alive { get; }

    /// <summary>Expected orders, per horizon and customer.</summary>
    public double[][] Orders { get; }

    /// <summary>The same, each order discounted by the time until it comes; the very same where nothing is discounted.</summary>
    public double[][] Discounted { get; }

    /// <summary>A yearly discount, such as 0.15, as a continuous rate per day.</summary>
    public static double RatePerDay(double yearlyDiscount) => Gammas.LogOnePlus(yearlyDiscount) / 365;

    /// <summary>Forecasts; the arguments are those of <see cref="Histories.Of"/>, horizons are in days.</summary>
    public static Forecast Of(RepeatModel model, ReadOnlySpan<int> repeats, ReadOnlySpan<int> lastDays, ReadOnlySpan<int> ageDays, double daysPerUnit, double yearlyDiscount, params ReadOnlySpan<int> horizons)
    {
        var forecast = new Forecast(model, daysPerUnit, yearlyDiscount, [.. horizons], repeats.Length);
        forecast.FillAlive(repeats, lastDays, ageDays);
        forecast.FillOrders(repeats, ageDays);
        return forecast;
    }

    /// <summary>The same, for many days in a row: what depends on repeats and age only is worked out once for all of them.</summary>
    /// <param name="rows">Made with the same model, and used for nothing else.</param>
    public static Forecast Of(RepeatModel model, ReadOnlySpan<int> repeats, ReadOnlySpan<int> lastDays, ReadOnlySpan<int> ageDays, double daysPerUnit, double yearlyDiscount, OutlookRows rows, params ReadOnlySpan<int> horizons)
    {
        var forecast = new Forecast(model, daysPerUnit, yearlyDiscount, [.. horizons], repeats.Length) { rows = rows };
        forecast.FillAlive(repeats, lastDays, ageDays);
        for (var h = 0; h < horizons.Length; h++) forecast.Fill(h, repeats, ageDays, null, null);
        return forecast;
    }

    void FillAlive(ReadOnlySpan<int> repeats, ReadOnlySpan<int> last, ReadOnlySpan<int> age)
    {
        if (model is BgNbd bg) FillAlive(bg.R, bg.Alpha, bg.A, bg.B, 0, repeats, last, age);
        else if (model is MbgNbd mbg) FillAlive(mbg.R, mbg.Alpha, mbg.A, mbg.B, 1, repeats, last, age);
        else for (var i = 0; i < repeats.Length; i++) Alive[i] = model.Alive(repeats[i], last[i] / daysPerUnit, age[i] / daysPerUnit);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void FillAlive(double r, double alpha, double a, double b, int turnsAtFirst, ReadOnlySpan<int> repeats, ReadOnlySpan<int> last, ReadOnlySpan<int> age)
    {
        var (longest, most) = (0, 0);
        foreach (var days in age) longest = Math.Max(longest, days);
        foreach (var x in repeats) most = Math.Max(most, x);

        var (logs, first) = (new double[longest + 1], new double[most + 1]);
        for (var day = 0; day <= longest; day++) logs[day] = Math.Log(alpha + day / daysPerUnit);
        for (var x = 0; x <= most; x++) first[x] = x + turnsAtFirst == 0 ? double.NegativeInfinity : Math.Log(a / (b + x + turnsAtFirst - 1));
        // Four at a time and without a branch: half of the customers never came back, and no processor guesses which.
        var i = 0;
        for (; i <= repeats.Length - 4; i += 4)
        {
            var (x0, x1, x2, x3) = (repeats[i], repeats[i + 1], repeats[i + 2], repeats[i + 3]);
            var silence = Vector256.Create(logs[age[i]], logs[age[i + 1]], logs[age[i + 2]], logs[age[i + 3]])
                - Vector256.Create(logs[last[i]], logs[last[i + 1]], logs[last[i + 2]], logs[last[i + 3]]);
            var odds = Vector256.Create(first[x0], first[x1], first[x2], first[x3]) + (Vector256.Create(r) + Vector256.Create((double)x0, x1, x2, x3)) * silence;
            (Vector256<double>.One / (Vector256<double>.One + Lanes.Exp(odds))).CopyTo(Alive, i);
        }

        for (; i < repeats.Length; i++) Alive[i] = 1 / (1 + Math.Exp(first[repeats[i]] + (r + repeats[i]) * (logs[age[i]] - logs[last[i]])));
    }

    void FillOrders(ReadOnlySpan<int> repeats, ReadOnlySpan<int> ages)
    {
        var most = 0;
        foreach (var x in repeats) most = Math.Max(most, x);
        var (customers, youngest, oldest) = (new int[most + 1], new int[most + 1], new int[most + 1]);
        Array.Fill(youngest, int.MaxValue);
        for (var i = 0; i < repeats.Length; i++)
        {
            var x = repeats[i];
            customers[x]++;
            youngest[x] = Math.Min(youngest[x], ages[i]);
            oldest[x] = Math.Max(oldest[x], ages[i]);
        }

        var tables = new double[]?[most + 1];
        for (var x = 0; x <= most; x++) if (customers[x] >= Many) tables[x] = Table(x, youngest[x], oldest[x]);
        for (var h = 0; h < horizons.Length; h++) Fill(h, repeats, ages, tables, youngest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Fill(int horizon, ReadOnlySpan<int> repeats, ReadOnlySpan<int> ages, double[]?[]? tables, int[]? youngest)
    {
        var (alive, orders, discounted) = (Alive, Orders[horizon], Discounted[horizon]);
        var width = 2 * horizons.Length;

        for (var i = 0; i < repeats.Length; i++)
        {
            var x = repeats[i];
            var table = tables?[x];
            var at = 2 * horizon;
            if (table is null) table = rows is null ? Row(x, ages[i] / daysPerUnit) : rows.Find(x, ages[i]) ?? rows.Keep(x, ages[i], Row(x, ages[i] / daysPerUnit));
            else at += (ages[i] - youngest![x]) * width;
            orders[i] = alive[i] * table[at];
            discounted[i] = alive[i] * table[at + 1];
        }
    }

    double[] Table(int repeats, int youngest, int oldest)
    {
        var (width, span) = (2 * horizons.Length, oldest - youngest + 1);
        var table = new double[span * width];
        if (span <= Chebyshev.Points)
        {
            for (var day = 0; day < span; day++) Row(repeats, (youngest + day) / daysPerUnit).CopyTo(table, day * width);
            return table;
        }

        var (from, to) = (Math.Log(model.Nearest + youngest / daysPerUnit), Math.Log(model.Nearest + oldest / daysPerUnit));
        var known = new Chebyshev(from, to, at => Row(repeats, Math.Exp(at) - model.Nearest), width);
        for (var day = 0; day < span; day++) known.At(Math.Log(model.Nearest + (youngest + day) / daysPerUnit), table.AsSpan(day * width, width));
        return table;
    }

    double[] Row(int repeats, double age)
    {
        var (after, row) = (model.After(repeats, Math.Max(0, age)), new double[2 * horizons.Length]);
        for (var h = 0; h < horizons.Length; h++) (row[2 * h], row[2 * h + 1]) = after.Outlook(horizons[h] / daysPerUnit, rate);
        return row;
    }
}
