namespace Cvm.Engine;

/// <summary>How much of a moment a text gives.</summary>
enum MomentForm { Wrong, Day, Local, Exact }

/// <summary>Reads ISO 8601 moments, year first: a day, a day with a time, a day with a time and an offset.</summary>
static class MomentText
{
    /// <summary>The form that was found; <paramref name="wall"/> is the day or time as written, <paramref name="offset"/> its offset.</summary>
    public static MomentForm Read(ReadOnlySpan<char> text, out DateTime wall, out TimeSpan offset)
    {
        (wall, offset) = (default, default);
        if (!Day(ref text, out var year, out var month, out var day)) return MomentForm.Wrong;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return MomentForm.Wrong;

        wall = new(year, month, day);
        if (text.IsEmpty) return MomentForm.Day;
        if (text[0] is not ('T' or 't' or ' ')) return MomentForm.Wrong;

        text = text[1..];
        if (!Time(ref text, out var time)) return MomentForm.Wrong;

        wall += time;
        if (text.IsEmpty) return MomentForm.Local;
        return Offset(text, out offset) && InRange(wall, offset) ? MomentForm.Exact : MomentForm.Wrong;
    }

    static bool Day(ref ReadOnlySpan<char> text, out int year, out int month, out int day)
    {
        (month, day) = (0, 0);
        if (!Digits(ref text, 4, out year)) return false;
        if (text is not [var mark and ('-' or '/'), ..]) return Digits(ref text, 2, out month) && Digits(ref text, 2, out day);

        text = text[1..];
        if (!Digits(ref text, 2, out month) || text.IsEmpty || text[0] != mark) return false;
        text = text[1..];
        return Digits(ref text, 2, out day);
    }

    static bool Time(ref ReadOnlySpan<char> text, out TimeSpan time)
    {
        time = default;
        if (!Digits(ref text, 2, out var hour) || hour > 23 || !After(ref text, ':') || !Digits(ref text, 2, out var minute) || minute > 59) return false;

        time = new(hour, minute, 0);
        if (!After(ref text, ':')) return true;
        if (!Digits(ref text, 2, out var second) || second > 60) return false;

        // A leap second counts as the last one before it.
        time += TimeSpan.FromSeconds(Math.Min(second, 59));
        if (!After(ref text, '.') && !After(ref text, ',')) return true;

        var (ticks, unit, places) = (0L, TimeSpan.TicksPerSecond / 10, 0);
        for (; places < text.Length && char.IsAsciiDigit(text[places]); places++, unit /= 10) ticks += (text[places] - '0') * unit;
        text = text[places..];
        time += TimeSpan.FromTicks(ticks);
        return places is > 0 and <= 12;
    }

    static bool Offset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        text = text.TrimStart(' ');
        if (text is "Z" or "z" or "UTC" or "GMT") return true;
        if (text is not [var sign and ('+' or '-'), ..]) return false;

        text = text[1..];
        if (!Digits(ref text, 2, out var hours) || hours > 14) return false;
        var minutes = 0;
        if (!text.IsEmpty)
        {
            After(ref text, ':');
            if (!Digits(ref text, 2, out minutes) || minutes > 59 || !text.IsEmpty) return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (sign == '-' ? -1 : 1);
        return offset.Duration() <= TimeSpan.FromHours(14);
    }

    static bool InRange(DateTime wall, TimeSpan offset) =>
        wall.Ticks - offset.Ticks >= DateTime.MinValue.Ticks && wall.Ticks - offset.Ticks <= DateTime.MaxValue.Ticks;

    static bool After(ref ReadOnlySpan<char> text, char mark)
    {
        if (text.IsEmpty || text[0] != mark) return false;
        text = text[1..];
        return true;
    }

    static bool Digits(ref ReadOnlySpan<char> text, int count, out int number)
    {
        number = 0;
        if (text.Length < count) return false;
        for (var i = 0; i < count; i++)
        {
            if (!char.IsAsciiDigit(text[i])) return false;
            number = number * 10 + text[i] - '0';
        }

        text = text[count..];
        return true;
    }
}
