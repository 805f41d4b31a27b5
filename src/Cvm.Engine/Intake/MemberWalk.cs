using System.Text.Json;

namespace Cvm.Engine;

/// <summary>Walks the members of one JSON object: refuses unknown ones with the nearest right name and doubled ones, passes over null.</summary>
ref struct MemberWalk(Contract contract, Check check)
{
    uint seen;
    uint given;

    /// <summary>Steps onto the value of the next member and gives its name; null at the end of the object.</summary>
    public string? Next(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var at = contract.Find(ref json);
            if (at < 0)
            {
                Unknown(JsonText.Of(ref json) ?? "");
                json.Skip();
                continue;
            }

            var name = contract.Members[at].Name;
            var bit = 1u << at;
            if ((seen & bit) != 0)
            {
                check.Refuse(name, "stands here twice.", "Keep one.");
                json.Skip();
                continue;
            }

            seen |= bit;
            json.Read();
            if (json.TokenType == JsonTokenType.Null) continue;

            given |= bit;
            return name;
        }

        return null;
    }

    /// <summary>Notes every required member that was not given.</summary>
    public readonly void Require()
    {
        for (var i = 0; i < contract.Members.Length; i++)
        {
            if (contract.Members[i].Required && (given & (1u << i)) == 0) check.Refuse(contract.Members[i].Name, "is missing.", $"Every {contract.Noun} needs it.");
        }
    }

    public readonly string? Text(ref Utf8JsonReader json, string name)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            return JsonText.Of(ref json) ?? check.Refuse(name, "holds half a character.", "Write characters beyond U+FFFF as a pair of escapes, or in UTF-8.");
        }

        Mistyped(ref json, name, "must be a text.", "Write it in quotes.");
        return null;
    }

    public readonly decimal? Number(ref Utf8JsonReader json, string name)
    {
        if (json.TokenType == JsonTokenType.Number && json.TryGetDecimal(out var number)) return number;
        Mistyped(ref json, name, "must be a number.", "Write it without quotes and with a decimal point, such as 12.50.");
        return null;
    }

    public readonly int? Whole(ref Utf8JsonReader json, string name)
    {
        if (json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var number)) return number;
        Mistyped(ref json, name, "must be a whole number.", "Write it without quotes, such as 4.");
        return null;
    }

    public readonly bool? Truth(ref Utf8JsonReader json, string name)
    {
        if (json.TokenType is JsonTokenType.True or JsonTokenType.False) return json.GetBoolean();
        Mistyped(ref json, name, "must be true or false.", "Write it without quotes.");
        return null;
    }

    /// <summary>Whether the value opens as it must; what does not is noted and passed over.</summary>
    public readonly bool Opens(ref Utf8JsonReader json, string name, JsonTokenType bracket)
    {
        if (json.TokenType == bracket) return true;
        if (bracket == JsonTokenType.StartArray) Mistyped(ref json, name, "must be a list.", "Write it in square brackets.");
        else Mistyped(ref json, name, "must be an object.", "Write it in curly brackets.");
        return false;
    }

    readonly void Mistyped(ref Utf8JsonReader json, string name, string what, string fix)
    {
        check.Refuse(name, what, fix);
        json.Skip();
    }

    readonly void Unknown(string name)
    {
        var shown = Check.Shown(name);
        check.Refuse(shown, $"is no member of a {contract.Noun}.", Nearest.Hint(shown, contract.Names) ?? "Leave it out.");
    }
}

static class JsonText
{
    /// <summary>The text the reader stands on, or null where it escapes only half of a surrogate pair.</summary>
    public static string? Of(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
