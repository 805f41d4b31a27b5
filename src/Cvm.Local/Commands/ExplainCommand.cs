using System.CommandLine;
using System.Globalization;
using Cvm.Engine;

namespace Cvm.Local;

static class ExplainCommand
{
    const int PageSize = 500, MostStory = 40;

    public static Command Make()
    {
        var customer = new Argument<string>("CUSTOMER") { Description = "The customer's id." };
        var journey = new Argument<string?>("JOURNEY") { Description = "Journey to explain; all of them, in a sentence each, where none is named.", Arity = ArgumentArity.ZeroOrOne };
        var at = Options.Day("--at", "The end of a day in the past; now where none is named. Facts are put back to how they stood then, as far as the timeline tells.");
        var (data, playbook, json) = (Options.Data(), Options.Playbook(), Options.Json());
        var command = new Command("explain", "Explain why a customer is in a journey, was, or never came to it: the rule, the facts it saw, the smallest change that would have turned it, whether a message might go out, and what happened, with the rule of each. Nothing is changed: the data is only read, also while 'cvm serve' runs.") { customer, journey, at, data, playbook, json };

        command.SetAction(async (parsed, stop) =>
        {
            var loaded = PlaybookLoader.Load(parsed.GetValue(playbook)!);
            Wanted(loaded.Playbook, parsed.GetValue(journey));
            await using var store = SqliteStore.OpenToRead(DataFolder.DatabaseIn(parsed.GetValue(data)!));
            var whole = await Whole(loaded, store, stop);
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

    // What is published, and of journeys that never were what the folder has.
    static async Task<Playbook> Whole(LoadedPlaybook loaded, SqliteStore store, CancellationToken stop)
    {
        var (candidate, now) = await Publishing.Published(loaded, store);
        if (now is null) return candidate;
        return now with
        {
            Journeys = [.. now.Journeys.Concat(candidate.Journeys.Where(journey => now.Find(journey.Name) is null)).OrderBy(journey => journey.Name, StringComparer.Ordinal)],
            Pauses = await new Pauses(store, TimeProvider.System).Standing(stop),
        };
    }

    static async Task<List<JourneyExplanation>> Explain(string customer, ImmutableArray<Journey> journeys, DateOnly? day, Playbook whole, SqliteStore store, CancellationToken stop)
    {
        var stored = await store.Load(customer, "", stop);
        if (stored.Revision == 0) throw new UserError($"No customer has the id '{customer}'. Ids are on the customers page, and in the files they came from.");

        var (present, now) = (stored.Dossier, TimeProvider.System.GetUtcNow());
        var lines = await Lines(customer, store, stop);
        if (day is { } past)
        {
            var then = LocalTimes.At(whole.ZoneOf(present), past.AddDays(1), TimeOnly.MinValue).AddSeconds(-1);
            if (then > now) throw new UserError($"{past:yyyy-MM-dd} is not over yet. Name a day before that, or leave --at out.");
            present = Inside(await new HistoryResponses(store, now).Before(present, then, whole, stop), lines, whole, then);
            (now, lines) = (then, [.. lines.Where(line => line.At <= then)]);
        }

        return [.. journeys.Select(journey => JourneyExplanation.Of(whole, present, journey, lines, now))];
    }

    // Which journeys the customer had been in by then, as the timeline tells.
    static Dossier Inside(Dossier dossier, List<Line> lines, Playbook playbook, DateTimeOffset then)
    {
        foreach (var entered in lines.Where(line => line.At <= then && line is { What: Happening.Entered or Happening.HeldOut, Journey: not null }).GroupBy(line => line.Journey!))
        {
            var (first, ended) = (entered.First(), lines.FirstOrDefault(line => line.At <= then && line.What == Happening.Ended && line.Journey == entered.Key));
            dossier = dossier with { Visits = dossier.Visits.Add(new(entered.Key, entered.Count(), first.At, [first.Subject ?? ""], ended?.At, ended?.Subject)) };
            if (ended?.At >= first.At || playbook.Find(entered.Key) is not { } journey) continue;

            var step = lines.FirstOrDefault(line => line.At <= then && line.Journey == entered.Key && line.Step is not null)?.Step ?? journey.Steps[0].Id;
            dossier = dossier with
            {
                Enrollments = dossier.Enrollments.Add(new()
                {
                    Id = Enrollment.IdOf(entered.Key, dossier.Customer, first.Subject ?? ""),
                    Journey = entered.Key,
                    Version = journey.Version,
                    Occurrence = first.Subject ?? "",
                    EnteredAt = first.At,
                    EnteredOn = first.Because?.Split(' ')[0] ?? "",
                    Step = first.What == Happening.HeldOut ? Enrollment.Holdout : step,
                    ArrivedAt = first.At,
                }),
            };
        }

        return dossier;
    }

    static async Task<List<Line>> Lines(string customer, SqliteStore store, CancellationToken stop)
    {
        var lines = new List<Line>();
        var before = long.MaxValue;
        while (await store.Timeline(customer, before, PageSize, stop) is [.., var last] page)
        {
            lines.AddRange(page.Select(pair => pair.Line));
            before = last.Number;
        }

        return lines;
    }

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
