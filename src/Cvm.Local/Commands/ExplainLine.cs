using System.Globalization;
using Cvm.Engine;

namespace Cvm.Local;

/// <summary>One line of a timeline explained, on the screen.</summary>
static class ExplainLine
{
    const int MostHinted = 10;

    public static async Task Print(string customer, long number, Playbook whole, SqliteStore store, bool json, CancellationToken stop)
    {
        var dossier = await ExplainCommand.Known(customer, store, stop);
        var zone = whole.ZoneOf(dossier);
        var explained = await Explaining.Line(store, whole, dossier, number, stop) ?? throw await Unknown(customer, number, zone, store, stop);

        string Said(FormattableString text) => LineExplanation.Said(text, zone);
        if (json) Screen.PrintJson(Sheet(explained, zone, Said));
        else Print(explained, zone, Said);
    }

    static async Task<UserError> Unknown(string customer, long number, string zone, SqliteStore store, CancellationToken stop)
    {
        var newest = await store.Timeline(customer, long.MaxValue, MostHinted, stop);
        return new($"{customer} has no line {number.ToString(CultureInfo.InvariantCulture)}. The newest are:{string.Concat(newest.Select(one => string.Create(CultureInfo.InvariantCulture, $"\n  {one.Number}  {Sentence(one.Line, zone)}")))}");
    }

    static string Sentence(Line line, string zone)
    {
        var local = line with { At = LocalTimes.In(zone, line.At), Until = line.Until is { } until ? LocalTimes.In(zone, until) : null };
        return string.Create(CultureInfo.InvariantCulture, $"{local.At:yyyy-MM-dd HH:mm}  {Sentences.Of(local)}");
    }

    static void Print(LineExplanation one, string zone, Func<FormattableString, string> said)
    {
        Screen.Print(Sentence(one.Line, zone));
        Screen.Print("");
        Screen.Print($"The rule: {said(one.Rule)}.");
        foreach (var fact in one.Facts) Screen.Print($"  {said(fact.Name)}: {said(fact.Value)}");
        if (!one.Turns.IsEmpty) Screen.Print(one.Together && one.Turns.Length > 1 ? "It would have been otherwise if all of this had been so" : "It would have been otherwise if");
        foreach (var turn in one.Turns) Screen.Print($"  {said(turn)}");
        if (one.Note is { } note) Screen.Print($"{said(note)}.");
    }

    static object Sheet(LineExplanation one, string zone, Func<FormattableString, string> said) => new
    {
        at = one.Line.At,
        sentence = Sentence(one.Line, zone),
        rule = said(one.Rule),
        facts = one.Facts.Select(fact => new { name = said(fact.Name), value = said(fact.Value), line = fact.Line }),
        turns = one.Turns.Select(said),
        together = one.Together,
        note = one.Note is { } note ? said(note) : null,
    };
}
