using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cvm;

/// <summary>What to do with 29 February in a common year. Law differs: 1 March in England and Hong Kong, 28 February in
/// Taiwan and New Zealand.</summary>
public enum LeapDay { February28, March1 }

/// <summary>A day in every year, by the Gregorian or the Chinese lunisolar calendar; the year of birth is optional.
/// Written 1992-02-29, --02-29, lunar:1990-08-15, lunar:1990-04L-15 (born in the leap month after the fourth).</summary>
[JsonConverter(typeof(BirthdayJson))]
public readonly record struct Birthday(int? Year, int Month, int Day, bool Lunar = false, bool LeapMonth = false)
{
    static readonly ChineseLunisolarCalendar Chinese = new();

    /// <summary>1900-01-01, 1970-01-01 and all before 1900 are what forms, tables and databases write for "unknown"; nobody is congratulated
    /// on them. 2000-01-01 is the birthday of many.</summary>
    public bool IsPlaceholder => Year < 1900 || (!Lunar && Month == 1 && Day == 1 && Year is 1900 or 1970);

    /// <summary>The year this birthday is kept for on the given day, in its own calendar, or null where it is not that day:
    /// a birthday late in the lunar year may be kept in January and in December of one Gregorian year, and not in the next. A leap month follows its plain month: those born in it keep the plain month in years without it. Day 30 of a short
    /// month is kept on its 29th.</summary>
    public int? KeptOn(DateOnly date, LeapDay policy) => Lunar ? LunarYear(date) : SolarDay(date.Year, policy) == date ? date.Year : null;

    /// <summary>Whole years lived on that day, where the year of birth is known.</summary>
    public int? AgeOn(DateOnly date)
    {
        if (Year is not { } born || Lunar || IsPlaceholder) return null;
        var age = date.Year - born;
        return date < SolarDay(date.Year, LeapDay.February28) ? age - 1 : age;
    }

    DateOnly SolarDay(int year, LeapDay policy) =>
        Month != 2 || Day != 29 || DateTime.IsLeapYear(year) ? new(year, Month, Day)
        : policy == LeapDay.March1 ? new(year, 3, 1)
        : new(year, 2, 28);

    int? LunarYear(DateOnly date)
    {
        var moment = date.ToDateTime(default);
        if (moment < Chinese.MinSupportedDateTime || moment > Chinese.MaxSupportedDateTime) return null;

        var year = Chinese.GetYear(moment);
        var slot = Slot(year);
        return slot <= Chinese.GetMonthsInYear(year)
            && Chinese.GetMonth(moment) == slot
            && Chinese.GetDayOfMonth(moment) == Math.Min(Day, Chinese.GetDaysInMonth(year, slot)) ? year : null;
    }

    // .NET numbers the months of a lunar year through, so that a leap month pushes later ones up by one.
    int Slot(int year)
    {
        var leap = Chinese.GetLeapMonth(year);
        if (leap == 0 || Month < leap - 1) return Month;
        if (Month == leap - 1) return LeapMonth ? leap : Month;
        return Month + 1;
    }

    /// <summary>Reads the written forms above; refuses days that no year has.</summary>
    public static bool TryParse(string text, out Birthday birthday)
    {
        birthday = default;
        var lunar = text.StartsWith("lunar:", StringComparison.OrdinalIgnoreCase);
        var parts = (lunar ? text[6..] : text).Trim() switch
        {
            ['-', '-', .. var rest] => ["", .. rest.Split('-')],
            var whole => whole.Split('-'),
        };
        if (parts.Length != 3) return false;

        int? year = null;
        if (parts[0] != "")
        {
            if (!Number(parts[0], out var y) || y is < 1 or > 9999) return false;
            year = y;
        }

        var leap = lunar && parts[1].EndsWith('L');
        if (!Number(leap ? parts[1][..^1] : parts[1], out var month) || month is < 1 or > 12) return false;
        if (!Number(parts[2].Split('T')[0], out var day) || day < 1) return false;
        if (day > (lunar ? 30 : DateTime.DaysInMonth(year ?? 2000, month))) return false;

        birthday = new(year, month, day, lunar, leap);
        return true;

        static bool Number(string digits, out int number) =>
            int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    public override string ToString() =>
        $"{(Lunar ? "lunar:" : "")}{(Year is { } year ? year.ToString("D4", CultureInfo.InvariantCulture) : "-")}-{Month:D2}{(LeapMonth ? "L" : "")}-{Day:D2}";
}

sealed class BirthdayJson : JsonConverter<Birthday>
{
    public override Birthday Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Birthday.TryParse(reader.GetString() ?? "", out var birthday) ? birthday
        : throw new JsonException("A birthday is written 1992-02-29, --02-29, lunar:1990-08-15 or lunar:1990-04L-15.");

    public override void Write(Utf8JsonWriter writer, Birthday value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
