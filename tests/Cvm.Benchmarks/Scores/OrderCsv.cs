using System.Buffers.Text;

namespace Cvm.Benchmarks.Scores;

/// <summary>A CSV of orders as a shop exports them: in order of time, customers all over. Seeded: the same for everybody.</summary>
static class OrderCsv
{
    static readonly DateOnly Start = new(2023, 1, 1);
    const int Days = 3 * 365;

    public static void Write(string path, int orders, int customers)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
        file.Write("order_id,customer_id,date,amount\n"u8);
        var random = new Random(1);
        Span<byte> line = stackalloc byte[80];

        for (var i = 0; i < orders; i++)
        {
            // Some buy often, most seldom.
            var customer = (int)(customers * Math.Pow(random.NextDouble(), 1.5));
            var (day, cents) = (Start.AddDays((int)((long)i * Days / orders)), random.Next(100, 30_000));
            var at = 0;
            Number(i + 1, "D9", line, ref at, ',');
            "C"u8.CopyTo(line[at++..]);
            Number(customer, "D7", line, ref at, ',');
            Number(day.Year, "D4", line, ref at, '-');
            Number(day.Month, "D2", line, ref at, '-');
            Number(day.Day, "D2", line, ref at, ',');
            Number(cents / 100, "D1", line, ref at, '.');
            Number(cents % 100, "D2", line, ref at, '\n');
            file.Write(line[..at]);
        }
    }

    static void Number(int number, string format, Span<byte> line, ref int at, char mark)
    {
        Utf8Formatter.TryFormat(number, line[at..], out var written, new(format[0], byte.Parse(format.AsSpan(1))));
        line[at += written] = (byte)mark;
        at++;
    }
}
