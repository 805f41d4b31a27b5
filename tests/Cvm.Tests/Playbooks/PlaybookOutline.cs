using System.Collections;
using System.Text;

namespace Cvm.Tests.Playbooks;

/// <summary>A compiled playbook as text: everything in it, one line a thing.</summary>
static class PlaybookOutline
{
    public static string Of(Playbook playbook)
    {
        var text = new StringBuilder();
        foreach (var journey in playbook.Journeys) Add(text, journey);
        foreach (var segment in playbook.Segments.Values) text.Append($"segment {Show(segment)}\n");
        foreach (var survey in playbook.Surveys.Values) text.Append($"survey {Show(survey)}\n");
        foreach (var template in playbook.Templates.Values) text.Append($"template {Show(template)}\n");
        foreach (var rule in playbook.Holidays.Rules) text.Append($"holiday {Show(rule)}\n");
        text.Append($"loyalty {Show(playbook.Loyalty)}\n");
        foreach (var property in typeof(ScoreRules).GetProperties().Where(property => property.Name != nameof(ScoreRules.Usual))) text.Append($"scores {property.Name}: {Show(property.GetValue(playbook.Scores))}\n");
        foreach (var property in typeof(Policies).GetProperties()) text.Append($"{property.Name}: {Show(property.GetValue(playbook.Policies))}\n");

        return text.ToString();
    }

    static void Add(StringBuilder text, Journey journey)
    {
        foreach (var property in typeof(Journey).GetProperties().Where(property => property.Name != nameof(Journey.Steps)))
            text.Append($"{property.Name}: {Show(property.GetValue(journey))}\n");
        for (var i = 0; i < journey.Steps.Length; i++) text.Append($"  {i} {Show(journey.Steps[i])}\n");
        text.Append('\n');
    }

    static string Show(object? value) => value switch
    {
        null => "-",
        string text => text,
        double number => Math.Round(number, 6).ToString(),
        DateOnly date => date.ToString("yyyy-MM-dd"),
        TimeOnly time => time.ToString("HH:mm"),
        RfmMap map => Show(map.Segments),
        Lapse or Expression or Birthday => value.ToString()!,
        Enum or IFormattable or bool => value.ToString()!,
        System.Runtime.CompilerServices.ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Show(tuple[i])))})",
        IDictionary pairs => $"{{{string.Join(", ", pairs.Keys.Cast<object>().Select(key => $"{Show(key)}: {Show(pairs[key])}"))}}}",
        IEnumerable<DateOnly> dates => $"[{string.Join(", ", dates.Order().Select(date => Show(date)))}]",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Show))}]",
        _ => $"{value.GetType().Name}({string.Join(", ", value.GetType().GetProperties().Where(p => p.GetMethod is { IsStatic: false }).Select(p => $"{p.Name}={Show(p.GetValue(value))}"))})",
    };
}
