using System.Buffers;
using System.Globalization;

namespace Cvm.Engine;

/// <summary>The rules for what describes a person: addresses, birthday, place and language.</summary>
sealed class PersonCheck(Check check)
{
    const int MostEmail = 254, MostLocalPart = 64, MostZone = 60;

    const string Codes =
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ "
        + "DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP "
        + "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM "
        + "PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ "
        + "UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

    static readonly ImmutableHashSet<string> Countries = [.. Codes.Split(' ')];
    static readonly SearchValues<char> CodeLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    static readonly SearchValues<char> NotInEmail = SearchValues.Create(" \t()<>[]:;,\\\"");
    static readonly Lazy<ImmutableArray<string>> ZoneNames = new(() => [.. TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId).Select(zone => zone.Id)]);

    /// <summary>One @, a domain with a dot, nothing that could break out of a header.</summary>
    public string? Email(string field, string? text)
    {
        if (check.Line(field, text, MostEmail) is not { } address) return null;
        var at = address.IndexOf('@');
        var domain = address.AsSpan(at + 1);
        var right = at is > 0 and <= MostLocalPart
            && domain.IndexOf('@') < 0
            && domain.IndexOf('.') > 0
            && domain[^1] is not ('.' or '-')
            && !address.Contains("..", StringComparison.Ordinal)
            && !address.AsSpan().ContainsAny(NotInEmail);
        return right ? address : check.Refuse(field, $"is not an e-mail address: '{Check.Shown(address)}'.", "Write it like ada@example.com.");
    }

    /// <summary>E.164; spaces, hyphens, dots and brackets are taken out.</summary>
    public string? Phone(string field, string? text)
    {
        if (check.Line(field, text, 40) is not { } number) return null;
        var trunk = number.Contains("(0)", StringComparison.Ordinal);
        var bare = string.Concat(number.Where(letter => letter is not (' ' or '-' or '.' or '(' or ')' or '\u00A0')));
        var right = !trunk && bare is ['+', >= '1' and <= '9', _, ..] && bare.Length <= 16 && bare.Skip(1).All(char.IsAsciiDigit);
        return right ? bare : check.Refuse(field, $"is not an international phone number: '{number}'.",
            trunk ? "Leave the (0) out." : "Write + and the country code first, such as +442079460000.");
    }

    public Birthday? Birthday(string field, string? text)
    {
        if (check.Line(field, text, 40) is not { } day) return null;
        if (!Cvm.Birthday.TryParse(day, out var birthday)) check.Refuse(field, $"is not a birthday: '{day}'.", "Write 1992-02-29, --02-29 or lunar:1990-08-15.");
        else if (birthday.Year > check.Rules.Now.Year) check.Refuse(field, "lies in the future.", "Check the year, or write --02-29 without it.");
        else return birthday;
        return null;
    }

    public string? Zone(string field, string? text)
    {
        if (check.Line(field, text, MostZone) is not { } zone) return null;
        return LocalTimes.Knows(zone) ? zone
            : check.Refuse(field, $"is not an IANA time zone: '{zone}'.", Nearest.To(zone, ZoneNames.Value) is { } near ? $"Did you mean '{near}'?" : "Write it like Europe/Berlin.");
    }

    /// <summary>A language tag in its usual letter case: zh-Hant-TW.</summary>
    public string? Locale(string field, string? text)
    {
        if (check.Line(field, text, 35) is not { } tag) return null;
        var parts = tag.Split('-');
        var right = parts[0].Length is 2 or 3 && parts[0].All(char.IsAsciiLetter) && parts.All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
        if (right) return string.Join('-', parts.Select(UsualCase));
        return check.Refuse(field, $"is not a language tag: '{tag}'.", tag.Contains('_') ? $"Write {tag.Replace('_', '-')}." : "Write it like en or zh-CN.");
    }

    public string? Country(string field, string? text)
    {
        if (check.Line(field, text, MostZone) is not { } country) return null;
        var code = country.ToUpperInvariant();
        return Countries.Contains(code) ? code
            : check.Refuse(field, $"is not an ISO 3166-1 alpha-2 code: '{country}'.", code == "UK" ? "Write GB." : "Write two letters, such as DE.");
    }

    /// <summary>ISO 3166-2: the country's code, a hyphen, one to three letters or digits.</summary>
    public string? Region(string field, string? text)
    {
        if (check.Line(field, text, MostZone) is not { } written) return null;
        var region = written.ToUpperInvariant();
        return region.Length is >= 4 and <= 6 && region[2] == '-' && Countries.Contains(region[..2]) && region.AsSpan(3).IndexOfAnyExcept(CodeLetters) < 0 ? region
            : check.Refuse(field, $"is not an ISO 3166-2 code: '{written}'.", "Write the country, a hyphen and the region, such as US-FL.");
    }

    static string UsualCase(string part, int position) => (position, part.Length) switch
    {
        (0, _) => part.ToLowerInvariant(),
        (_, 2) => part.ToUpperInvariant(),
        (_, 4) when char.IsAsciiLetter(part[0]) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(part.ToLowerInvariant()),
        _ => part.ToLowerInvariant(),
    };
}
