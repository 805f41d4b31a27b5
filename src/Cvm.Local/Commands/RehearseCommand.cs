using System.CommandLine;
using System.Diagnostics;
using Cvm.Engine;

namespace Cvm.Local;

static class RehearseCommand
{
    public static Command Make()
    {
        var journey = new Argument<string?>("JOURNEY") { Description = "Journey to report on; the others play along, because they share caps and holds.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "Report on every journey." };
        var days = Options.Whole("--days", "How many days to play.", 1, 3_660, 30);
        var from = Options.Day("--from", "The first day. Now where none is named; a day in the past puts everybody back to how they stood then.");
        var responses = new Option<string>("--responses") { Description = "What customers do meanwhile: 'none'; 'history' for what they really did (from a day in the past) or do again what they did before (from now); or a file with one JSON object a line, as the API takes them, each with a kind.", HelpName = "none|history|file", DefaultValueFactory = _ => "none" };
        var (data, playbook, json) = (Options.Data(), Options.Playbook(), Options.Json());
        var command = new Command("rehearse", "Play journeys over the whole real audience in virtual time, with consent, caps, quiet hours and holds as they will be. Nobody gets a message and nothing is changed: the data is only read, also while 'cvm serve' runs. Says who enters and who does not and why, messages by day, what was held up or not sent, what it costs, and the difference to what is published now.")
        {
            journey, all, days, from, responses, data, playbook, json,
        };

        command.SetAction(async (parsed, stop) =>
        {
            var name = parsed.GetValue(journey);
            if (name is null && !parsed.GetValue(all)) throw new UserError("Name a journey to rehearse, or all of them with --all.");

            var wish = new Wish(name, parsed.GetValue(days), parsed.GetValue(from), parsed.GetValue(responses)!, parsed.GetValue(data)!, parsed.GetValue(playbook)!);
            var sheet = await Run(wish, stop);
            if (parsed.GetValue(json)) Screen.PrintJson(RehearsalPrint.Sheet(sheet));
            else RehearsalPrint.Print(sheet);
            return Cli.Done;
        });
        return command;
    }

    sealed record Wish(string? Journey, int Days, DateOnly? From, string Responses, string Data, string Playbook);

    static async Task<RehearsalSheet> Run(Wish wish, CancellationToken stop)
    {
        var loaded = PlaybookLoader.Load(wish.Playbook);
        if (wish.Journey is { } name && loaded.Playbook.Find(name) is null) throw new UserError($"There is no journey '{name}'. {Nearest.Hint(name, [.. loaded.Playbook.Journeys.Select(known => known.Name)])}");

        await using var store = SqliteStore.OpenToRead(DataFolder.DatabaseIn(wish.Data));
        var now = TimeProvider.System.GetUtcNow();
        var published = await Publishing.Published(loaded, store);

        // Pauses are lifted some day; whoever rehearses a journey that is closed asks how it would run.
        var closed = (await new Pauses(store, TimeProvider.System).Standing(stop)).RemoveAll(pause => pause.Kind == PauseKind.Pause || pause.Journey == wish.Journey);
        var won = await new Winners(store, store, () => loaded, TimeProvider.System).Standing(stop);
        published = (published.Candidate with { Pauses = closed, Winners = won }, published.Now is { } known ? known with { Pauses = closed, Winners = won } : null);
        var plan = new RehearsalPlan(published.Candidate, Beginning(wish, loaded.Playbook, now), wish.Days, await Responses(wish, loaded.Playbook, store, now))
        {
            Renderer = loaded.Renderer,
            Model = await Sweep.Model(store, stop),
        };

        var begun = Stopwatch.GetTimestamp();
        var played = await Screen.Progress("Rehearsing", show => Rehearsal.Play(plan, store, count => show(0, $"{count:N0} customers"), stop));
        var before = published.Now is { } live && !Publishing.Same(live, published.Candidate) ? await Screen.Progress("Rehearsing what is published", show => Rehearsal.Play(plan with { Playbook = live with { Winners = won } }, store, count => show(0, $"{count:N0} customers"), stop)) : null;
        return new(plan, wish.Journey, wish.Responses, played, before, Stopwatch.GetElapsedTime(begun));
    }

    static DateTimeOffset Beginning(Wish wish, Playbook playbook, DateTimeOffset now) =>
        wish.From is { } day ? LocalTimes.At(playbook.Policies.Zone, day, TimeOnly.MinValue) : now;

    static async Task<IResponses> Responses(Wish wish, Playbook playbook, SqliteStore store, DateTimeOffset now)
    {
        if (wish.Responses == "history") return new HistoryResponses(store, now);
        if (wish.Responses == "none") return wish.From is { } day && LocalTimes.At(playbook.Policies.Zone, day, TimeOnly.MinValue) < now ? new StillResponses(new HistoryResponses(store, now)) : new NoResponses();
        if (!File.Exists(wish.Responses)) throw new UserError($"There is no file '{wish.Responses}'. Write --responses none, history, or the name of a file.");

        var lines = await File.ReadAllLinesAsync(wish.Responses);
        var (responses, problems) = FileResponses.Read(wish.Responses, lines, playbook, store, now.AddDays(wish.Days));
        return problems.Length > 0 ? throw new PlaybookProblems(problems) : responses;
    }

    // Everybody as they stood, and nobody does anything.
    sealed class StillResponses(HistoryResponses history) : IResponses
    {
        public ValueTask<Dossier> Before(Dossier present, DateTimeOffset from, Playbook playbook, CancellationToken stop) => history.Before(present, from, playbook, stop);

        public ValueTask<IReadOnlyList<(DateTimeOffset At, Signal Signal)>> Of(Dossier present, DateTimeOffset from, DateTimeOffset until, CancellationToken stop) => new([]);
    }
}
