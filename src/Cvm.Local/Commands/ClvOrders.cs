using Cvm.Engine;

namespace Cvm.Local;

/// <summary>The orders of a file as the models of lifetime value read them.</summary>
sealed class ClvOrders
{
    const int MostShown = 5;

    ClvOrders(OrderHistory history, double daysPerUnit)
    {
        (History, DaysPerUnit) = (history, daysPerUnit);
        var n = history.Customers.Length;
        (Repeats, Last, Age, Spent) = (new int[n], new int[n], new int[n], new double[n]);

        var (money, orders) = (0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            Repeats[i] = history.Days[i] - 1;
            Last[i] = history.LastDay[i] - history.FirstDay[i];
            Age[i] = history.CalibrationEnd - history.FirstDay[i];
            Spent[i] = Math.Max(0, history.Spent[i] - history.FirstSpent[i]);
            money += history.Spent[i];
            orders += history.Days[i];
        }

        Typical = orders > 0 ? money / orders : 0;
        Histories = Cvm.Histories.Of(Repeats, Last, Age, daysPerUnit);
        Spendings = new(Repeats, Spent);
    }

    public OrderHistory History { get; }
    public double DaysPerUnit { get; }
    public int Count => Repeats.Length;

    public int[] Repeats { get; }

    /// <summary>Days from the first to the last order.</summary>
    public int[] Last { get; }

    /// <summary>Days from the first order to the end of the calibration.</summary>
    public int[] Age { get; }

    /// <summary>Money of the repeat orders.</summary>
    public double[] Spent { get; }

    /// <summary>Money of a day with orders, on average.</summary>
    public double Typical { get; }

    public Histories Histories { get; }
    public Spendings Spendings { get; }

    public int HoldoutDays => History.HoldoutEnd - History.CalibrationEnd;

    public Past this[int customer] => new(Repeats[customer], Last[customer], Age[customer], Spent[customer]);

    /// <summary>How the command ends: rows that were left out are a problem, however good the figures.</summary>
    public int Code(bool converged) => converged && History.Bad == 0 ? Cli.Done : Cli.Problems;

    public static async Task<ClvOrders> Read(ClvRequest request, CancellationToken stop)
    {
        if (Directory.Exists(request.File.Path)) throw new UserError($"'{request.File.Path}' is a folder. Name a CSV file.");
        if (!File.Exists(request.File.Path)) throw new UserError($"There is no file '{request.File.Path}'.");

        var history = await Screen.Progress($"Reading {Path.GetFileName(request.File.Path)}", show =>
            Task.Run(() => OrderHistory.Read(request.File, share => show(share, ""), stop), stop));
        if (history.Problem is { } problem) throw new UserError(problem.ToString());

        foreach (var bad in history.FirstBad.Take(MostShown)) Screen.Say(bad.ToString());
        if (history.Bad > 0) Screen.Say($"{Cli.Count(history.Bad, "row")} of {history.Rows:N0} left out.");
        if (history.Customers.Length == 0) throw new UserError($"{request.File.Path}: Nobody ordered anything up to {DateOnly.FromDayNumber(history.CalibrationEnd):yyyy-MM-dd}. Name a later --calibration-end, or look at --map.");
        return new(history, request.DaysPerUnit);
    }
}
