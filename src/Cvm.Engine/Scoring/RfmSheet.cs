using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Cvm.Engine;

/// <summary>The file of scores: a line for each customer, UTF-8, with commas.</summary>
public static class RfmSheet
{
    const int Block = 64 * 1024;

    /// <summary>Writes the file, or replaces it whole.</summary>
    /// <exception cref="IOException">Or <see cref="UnauthorizedAccessException"/>: it cannot be written; then there is no half of it.</exception>
    public static void Write(string path, RfmScores scores)
    {
        var half = $"{path}.part";
        try
        {
            using (var file = new FileStream(half, FileMode.Create, FileAccess.Write, FileShare.None, 1)) Write(file, scores);
            File.Move(half, path, overwrite: true);
        }
        finally
        {
            File.Delete(half);
        }
    }

    static void Write(Stream file, RfmScores scores)
    {
        var (history, text) = (scores.History, new ArrayBufferWriter<byte>(Block + 1024));
        byte[][] labels = [.. scores.Map.Segments.Select(segment => Encoding.UTF8.GetBytes(Quoted(segment.Label)))];
        text.Write("customer,recency,frequency,monetary,segment,last-order,days-since,order-days,orders,spent,refunded\n"u8);

        for (var i = 0; i < scores.Scores.Length; i++)
        {
            var rfm = scores.Scores[i];
            Add(text, Quoted(history.Customers[i]));
            foreach (var score in (ReadOnlySpan<int>)[rfm.Recency, rfm.Frequency, rfm.Monetary]) Add(text, score);
            Comma(text);
            text.Write(labels[scores.Map.IndexOf(rfm.Recency, rfm.Frequency)]);
            Comma(text);
            Add(text, DateOnly.FromDayNumber(history.LastDay[i]).ToString("yyyy-MM-dd"));
            foreach (var number in (ReadOnlySpan<int>)[history.CalibrationEnd - history.LastDay[i], history.Days[i], history.Orders[i]]) Add(text, number);
            AddMoney(text, history.Spent[i]);
            AddMoney(text, history.Refunded[i]);
            text.Write("\n"u8);

            if (text.WrittenCount < Block) continue;
            file.Write(text.WrittenSpan);
            text.ResetWrittenCount();
        }

        file.Write(text.WrittenSpan);
    }

    static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";

    static void Comma(ArrayBufferWriter<byte> text) => text.Write(","u8);

    static void Add(ArrayBufferWriter<byte> text, string value) => Encoding.UTF8.GetBytes(value, text);

    static void Add(ArrayBufferWriter<byte> text, int number)
    {
        Comma(text);
        Utf8Formatter.TryFormat(number, text.GetSpan(16), out var written);
        text.Advance(written);
    }

    static void AddMoney(ArrayBufferWriter<byte> text, double money)
    {
        Comma(text);
        Utf8Formatter.TryFormat(money, text.GetSpan(64), out var written, new('F', 2));
        text.Advance(written);
    }
}
