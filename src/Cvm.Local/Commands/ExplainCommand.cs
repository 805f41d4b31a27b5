using System.CommandLine;
using System.Globalization;
using Cvm.Engine;

namespace Cvm.Local;

static class ExplainCommand
{
    const int MostStory = 40;

    public static Command Make()
    {
        var customer = new Argument<string>("CUSTOMER") { Description = "The customer's id." };
        var journey = new Argument<string?>("JOURNEY") { Description = "Journey to explain; all of them, in a sentence each, where none is named.", Arity = ArgumentArity.ZeroOrOne };
        var at = Options.Day("--at", "The end of a day in the past; now where none is named. Facts are put back to how they stood then, as far as the timeline tells.");
        var (data, playbook, json) = (Options.Data(), Options.Playbook(), Options.Json());
        var number = new Option<long?>("--line") { Description = "Explain one line of the timeline instead: what decided it, the facts it saw, the smallest change that would have turned it. The number is in the address of the line's explanation on the customer's page.", HelpName = "number" };
        var command = new Command("explain", "Explain why a customer is in a journey, was, or never came to it: the rule, the facts it saw, the smallest change that would have turned it, whether a message might go out, and what happened, with the rule of each. Nothing is changed: the data is only read, also while 'cvm serve' runs.") { customer, journey, at, number, data, playbook, json };

        command.SetAction(async (parsed, stop) =>
        {
            await using var reading = await ReadOnlyWorkplace.Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, TimeProvider.System);
            var (store, whole) = (reading.Store, reading.Playbook.Playbook);
            if (parsed.GetValue(number) is { } wanted)
            {
                await ExplainLine.Print(parsed.GetValue(customer)!, wanted, whole, store, parsed.GetValue(json), stop);
                return Cli.Done;
            }

            var explained = await Explain(parsed.GetValue(customer)!, Wanted(whole, parsed.GetValue(journey)), parsed.GetValue(at), whole, store, stop);

            if (parsed.GetValue(json)) Screen.PrintJson(explained.Select(Sheet));
            else if (parsed.GetValue(journey) is null) foreach (var one in explained) Screen.Print($"{one.Journey}: {one.State}");
            else Print(explained[0]);
            return Cli.Done;
        });
        return command;
    }

    static ImmutableArray<Journey> Wanted(Playbook playbook, string? name) => name is null ? playbook.Journeys
        : playbook.Find(name) is { } journey ? [journey]
        : throw new UserError($"There is no journey '{name}'. {Nearest.Hint(name, [.. playbook.Journeys.Select(known => known.Name)])}");

    static async Task<ImmutableArray<JourneyExplanation>> Explain(string customer, ImmutableArray<Journey> journeys, DateOnly? day, Playbook whole, SqliteStore store, CancellationToken stop)
    {
        var present = await Known(customer, store, stop);
        var now = TimeProvider.System.GetUtcNow();
        if (day is { } past && Explaining.EndOf(past, whole.ZoneOf(present)) > now) throw new UserError($"{past:yyyy-MM-dd} is not over yet. Name a day before that, or leave --at out.");
        return await Explaining.Journeys(store, whole, present, journeys, day, now, stop);
    }

    /// <summary>The customer of that id.</summary>
    /// <exception cref="UserError">There is none.</exception>
    internal static async Task<Dossier> Known(string customer, SqliteStore store, CancellationToken stop) => await store.Load(customer, "", stop) is { Revision: > 0 } stored ? stored.Dossier
        : throw new UserError($"No customer has the id '{customer}'. Ids are on the customers page, and in the files they came from.");

    static void Print(JourneyExplanation one)
    {
        Screen.Print($"{one.Journey}, version {one.Version}: {one.State}");
        Screen.Print("");
        Screen.Print("Whether the customer could enter now");
        foreach (var hurdle in one.Hurdles)
        {
            Screen.Print($"  {(hurdle.On is null ? "" : $"on {hurdle.On}: ")}{hurdle.Because}");
            foreach (var turn in hurdle.Turns) Screen.Print($"    would have to be: {turn}");
        }

        Screen.Print("");
        Screen.Print($"Whether a message of it might go out now: {string.Join("; ", one.Sending.Select(pair => $"{(pair.Channel == Channel.Email ? "e-mail" : "SMS")} {pair.Word}"))}.");
        Screen.Print("");
        Screen.Print(one.Story.IsEmpty ? "Nothing has happened in it." : "What happened in it, newest first");
        foreach (var line in one.Story.Take(MostStory)) Screen.Print(string.Create(CultureInfo.InvariantCulture, $"  {line.At:yyyy-MM-dd HH:mm}  {Sentences.Of(line)}"));
        if (one.Story.Length > MostStory) Screen.Print($"  ... and {Cli.Count(one.Story.Length - MostStory, "line")} before that; --json has all of them.");
    }

    static object Sheet(JourneyExplanation one) => new
    {
        journey = one.Journey,
        version = one.Version,
        state = one.State,
        hurdles = one.Hurdles.Select(hurdle => new { on = hurdle.On, because = hurdle.Because, turns = hurdle.Turns.Select(turn => new { needed = turn.Needed, @is = turn.Is }) }),
        sending = one.Sending.Select(pair => new { channel = pair.Channel, word = pair.Word }),
        story = one.Story.Select(line => new { at = line.At, sentence = Sentences.Of(line) }),
    };
}
