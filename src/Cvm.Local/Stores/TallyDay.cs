using System.Globalization;

namespace Cvm.Local;

/// <summary>A tally's day as the table has it: 2026-03-01, or empty for what stands.</summary>
static class TallyDay
{
    public static string Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    public static DateOnly? Of(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
