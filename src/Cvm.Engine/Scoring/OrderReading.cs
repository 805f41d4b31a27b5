using System.Diagnostics;
using CsvHelper;
using Microsoft.Win32.SafeHandles;

namespace Cvm.Engine;

/// <summary>Reads a file of orders in as many parts at once as there are cores.</summary>
static class OrderReading
{
    const int MostParts = 8;
    const long LeastPart = 2 * 1024 * 1024;

    public static OrderHistory Read(OrderFile file, Action<double> progress, CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            return Whole(file, progress, stop) with { Took = Stopwatch.GetElapsedTime(begun) };
        }
        catch (CsvFormatException e)
        {
            return Failed(new(new(file.Path, (int)e.LineNumber), "A row begins here that does not end within 1 MB.", "A closing quote is missing."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed(new(new(file.Path), e.Message));
        }
    }

    static OrderHistory Failed(Problem problem) => new() { Problem = problem };

    static OrderHistory Whole(OrderFile file, Action<double> progress, CancellationToken stop)
    {
        if (file is { CalibrationEnd: { } calibration, HoldoutEnd: { } holdout } && holdout < calibration)
            return Failed(new(new(file.Path), $"The holdout would end on {holdout:yyyy-MM-dd}, before the calibration does.", $"Name a day after {calibration:yyyy-MM-dd}."));
        if (OrderHeader.Read(file, out var problem) is not { } layout) return Failed(problem!);

        using var handle = File.OpenHandle(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.None);
        var parts = (int)Math.Clamp((layout.Length - layout.Begin) / LeastPart, 1, Math.Min(Environment.ProcessorCount, MostParts));
        return Read(layout, handle, parts, progress, stop) ?? Read(layout, handle, 1, progress, stop)!;
    }

    // Null where a part begins within a quoted field: then the parts before and behind do not meet.
    static OrderHistory? Read(OrderLayout layout, SafeFileHandle handle, int parts, Action<double> progress, CancellationToken stop)
    {
        var (bins, first) = (new CustomerBins(layout.Window), Array.Empty<OrderRange>());
        var readings = (int)Math.Clamp(layout.Rows / layout.File.MostNotes + 1, 1, CustomerBins.Count);

        for (var reading = 0; reading < readings; reading++)
        {
            bins.Begin(reading, readings);
            var ranges = Read(layout, handle, parts, bins, share => progress((reading + share) / readings), stop);
            for (var part = 1; part < parts; part++) if (ranges[part - 1].End >= 0 && ranges[part - 1].End != ranges[part].Begin) return null;

            bins.Close();
            if (reading == 0) first = ranges;
        }

        return OrderSummary.Of(layout, bins, first);
    }

    static OrderRange[] Read(OrderLayout layout, SafeFileHandle handle, int parts, CustomerBins bins, Action<double> progress, CancellationToken stop)
    {
        var bytes = layout.Begin;
        long Cut(int part) => layout.Begin + (layout.Length - layout.Begin) * part / parts;
        OrderRange[] ranges = [.. Enumerable.Range(0, parts).Select(part => new OrderRange(layout, handle, Cut(part), Cut(part + 1), bins,
            count => progress((double)Interlocked.Add(ref bytes, count) / Math.Max(1, layout.Length)), stop))];

        Parallel.Invoke(new ParallelOptions { CancellationToken = stop }, [.. ranges.Select(range => (Action)range.Read)]);
        return ranges;
    }
}
