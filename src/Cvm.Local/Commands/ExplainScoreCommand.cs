using System.CommandLine;
using System.Globalization;
using Cvm.Engine;

namespace Cvm.Local;

static class ExplainScoreCommand
{
    const int MostLines = 10_000;

    public static Command Make()
    {
        var customer = new Argument<string>("customer") { Description = "The customer's id." };
        var (data, playbook, json) = (Options.Data(), Options.Playbook(), Options.Json());
        var command = new Command("explain-score", "Explain a customer's scores: what goes in, the formula with the customer's own numbers, the rule and its version, and how the scores moved.") { customer, data, playbook, json };

        command.SetAction(async (parsed, stop) =>
        {
            await using var workplace = await Workplace.Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, TimeProvider.System);
            var id = parsed.GetValue(customer)!;
            var stored = await workplace.Store.Load(id, "", stop);
            if (stored.Revision == 0) throw new UserError($"No customer has the id '{id}'. Ids are on the customers page, and in the files they came from.");

            var model = await workplace.Sweep.Model(stop);
            var explained = ScoreExplanation.Of(stored.Dossier, model, workplace.Playbook.Playbook, workplace.Sweep.Today(workplace.Clock.GetUtcNow()));
            var history = (await workplace.Store.Timeline(id, long.MaxValue, MostLines, stop)).Where(pair => pair.Line.What == Happening.Scored).Select(pair => pair.Line).ToList();

            if (parsed.GetValue(json)) Screen.PrintJson(Sheet(explained, history));
            else Print(explained, history);
            return Cli.Done;
        });
        return command;
    }

    static void Print(ScoreExplanation explained, List<Line> history)
    {
        Screen.Print($"{explained.Customer}, as of {Day(explained.AsOf)}{(explained.Model is { } model ? $", by {model}" : "")}");
        if (explained.Note is { } note) Screen.Print(note);

        foreach (var section in explained.Sections)
        {
            Screen.Print("");
            Screen.Print($"{section.Name}{(section.Term == "" ? "" : $" ({section.Term})")}: {section.Value}");
            var width = section.Inputs.Length == 0 ? 0 : section.Inputs.Max(input => input.Name.Length);
            foreach (var (name, value) in section.Inputs) Screen.Print($"    {name.PadRight(width)}  {value}");
            foreach (var line in section.Formula) Screen.Print($"  {line}");
            Screen.Print($"  {section.Rule}");
            foreach (var turn in section.Turns) Screen.Print($"  It would be {turn}.");
        }

        if (history.Count == 0) return;
        Screen.Print("");
        Screen.Print("How they moved");
        foreach (var line in history) Screen.Print($"  {Day(DateOnly.FromDateTime(line.At.UtcDateTime))}  {line.Because}");
    }

    static object Sheet(ScoreExplanation explained, List<Line> history) => new
    {
        customer = explained.Customer,
        asOf = Day(explained.AsOf),
        model = explained.Model,
        note = explained.Note,
        scores = explained.Sections.Select(section => new
        {
            key = section.Key,
            name = section.Name,
            term = section.Term == "" ? null : section.Term,
            value = section.Value,
            inputs = section.Inputs.Select(input => new { name = input.Name, value = input.Value }),
            formula = section.Formula,
            rule = section.Rule,
            turns = section.Turns,
        }),
        history = history.Select(line => new { at = line.At, moved = line.Because }),
    };

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
