using System.CommandLine;
using Cvm.Engine;

namespace Cvm.Local;

static class RunExampleCommand
{
    public static Command Make()
    {
        var (playbook, json) = (Options.Playbook(), Options.Json());
        var files = new Argument<string[]>("example") { Description = "Example files; all of the playbook where none is named.", Arity = ArgumentArity.ZeroOrMore };
        var update = new Option<bool>("--update") { Description = "Write the transcript as the expected one. Read the difference before you keep it." };
        var command = new Command("run-example", "Play examples in virtual time and compare each with its expected transcript. One file named alone prints its transcript. An example lies in its journey's folder examples/, the expected transcript beside it as NAME.expected.txt.") { files, playbook, update, json };

        command.SetAction(async (parsed, stop) => await Run(parsed.GetValue(files)!, parsed.GetValue(playbook)!, parsed.GetValue(update), parsed.GetValue(json), stop));
        return command;
    }

    sealed record Played(string Example, bool Matches, string? Problem, string? Transcript);

    static async Task<int> Run(string[] files, string folder, bool update, bool json, CancellationToken stop)
    {
        var playbook = PlaybookLoader.Load(folder);
        var all = files.Length > 0 ? files : [.. Directory.EnumerateFiles(Path.Combine(folder, "journeys"), "*.yaml", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(Path.GetDirectoryName(path)) == "examples").Order(StringComparer.Ordinal)];

        var played = new List<Played>();
        foreach (var file in all) played.Add(await Play(file, playbook, update, stop));

        if (json) Screen.PrintJson(played.Select(one => one with { Transcript = files.Length > 0 ? one.Transcript : null }));
        else Print(played, showTranscript: files.Length == 1 && !update);

        return played.TrueForAll(one => one.Matches) ? Cli.Done : Cli.Problems;
    }

    static void Print(List<Played> played, bool showTranscript)
    {
        foreach (var one in played)
        {
            if (showTranscript && one.Transcript is not null) Screen.Print(one.Transcript);
            Screen.Print($"{(one.Matches ? "ok  " : "FAIL")}  {one.Example}{(one.Problem is null ? "" : $"\n{one.Problem}")}");
        }

        Screen.Say($"{played.Count(one => one.Matches)} of {Cli.Count(played.Count, "example")} as expected.");
    }

    static async Task<Played> Play(string file, LoadedPlaybook playbook, bool update, CancellationToken stop)
    {
        if (!File.Exists(file)) throw new UserError($"There is no file '{file}'.");

        var source = await File.ReadAllTextAsync(file, stop);
        var journey = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(file))));
        var (example, problems) = ExampleFile.Read(file, source, playbook.Playbook.Find(journey!) is null ? null : journey, playbook.Playbook);
        if (example is null) return new(file, false, string.Join('\n', problems), null);

        string transcript;
        try
        {
            transcript = await ExampleRun.Transcript(example, playbook, stop);
        }
        catch (ExampleProblem problem)
        {
            return new(file, false, problem.Message, null);
        }

        var expectedFile = Path.ChangeExtension(file, ".expected.txt");
        if (update) await File.WriteAllTextAsync(expectedFile, transcript, stop);
        if (!File.Exists(expectedFile)) return new(file, false, $"There is no {expectedFile} yet. Read the transcript, then keep it with --update.", transcript);

        var expected = (await File.ReadAllTextAsync(expectedFile, stop)).ReplaceLineEndings("\n");
        return new(file, expected == transcript, expected == transcript ? null : Difference(expected, transcript), transcript);
    }

    // The first line that differs, with what stands around it.
    static string Difference(string expected, string actual)
    {
        var (a, b) = (expected.Split('\n'), actual.Split('\n'));
        var at = 0;
        while (at < a.Length && at < b.Length && a[at] == b[at]) at++;

        return $"      line {at + 1}\n      expected: {(at < a.Length ? a[at] : "(end)")}\n      actual:   {(at < b.Length ? b[at] : "(end)")}";
    }
}
