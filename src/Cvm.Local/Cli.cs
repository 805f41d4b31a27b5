using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Cvm.Local;

/// <summary>The command line. Exit codes: 0 done, 1 problems found, 2 wrong use.</summary>
static class Cli
{
    public const int Done = 0, Problems = 1, WrongUse = 2;

    public static async Task<int> Run(string[] args)
    {
        var root = Root();
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0) return SayWrong(parsed);

        try
        {
            return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(40) });
        }
        catch (UserError wrong)
        {
            Screen.Say(wrong.Message);
            return Problems;
        }
        catch (PlaybookProblems wrong)
        {
            foreach (var problem in wrong.Problems) Screen.Say(problem.ToString());
            Screen.Say($"{Count(wrong.Problems.Count, "problem")} in the playbook.");
            return Problems;
        }
        catch (SenderProblems wrong)
        {
            foreach (var problem in wrong.Problems) Screen.Say(problem.ToString());
            Screen.Say($"{Count(wrong.Problems.Count, "problem")} in what says how messages go out.");
            return Problems;
        }
        catch (OperationCanceledException)
        {
            Screen.Say("Stopped. What was taken is on disk.");
            return Problems;
        }
        catch (Exception bug) when (Environment.GetEnvironmentVariable("CVM_TRACE") is null)
        {
            Screen.Say($"Something went wrong that should not: {bug.Message} Run again with CVM_TRACE=1 to see where, and tell us.");
            return Problems;
        }
    }

    public static RootCommand Root()
    {
        var root = new RootCommand("Customer value management that runs itself.") { DemoCommand.Make(), ServeCommand.Make(), ImportCommand.Make(), ForgetCommand.Make(), MergeCommand.Make(), TasksCommand.Make(), CasesCommand.Make(), PauseCommand.Make(), HaltCommands.Drain(), HaltCommands.Stop(), ResumeCommand.Make(), PublishCommand.Make(), PublishCommand.MakeBack(), VersionsCommand.Make(), CheckCommand.Make(), RehearseCommand.Make(), ExplainCommand.Make(), RunExampleCommand.Make(), SendTestCommand.Make(), ScoreCommand.Make(), ExplainScoreCommand.Make(), SurveysCommand.Make(), ClvCommand.Make(), RfmCommand.Make(), LoyaltyCommand.Make(), PivotCommand.Make(), ProofCommand.Make(), MeasuresCommand.Make() };
        Manual.Use(root);
        return root;
    }

    public static string Count(long number, string noun) => number == 1 ? $"1 {noun}" : $"{number:N0} {noun}s";

    static int SayWrong(ParseResult parsed)
    {
        foreach (var problem in parsed.Errors.Select(error => error.Message).Distinct()) Screen.Say(problem);
        if (Meant(parsed) is { } hint) Screen.Say(hint);
        Screen.Say($"See '{Manual.Name(parsed.CommandResult.Command)} --help'.");
        return WrongUse;
    }

    // For the first word that is neither a command nor an option here.
    static string? Meant(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is not [var word, ..]) return null;

        var here = parsed.CommandResult.Command;
        return Nearest.Hint(word, [.. word.StartsWith('-') ? here.Options.Where(option => !option.Hidden).Select(option => option.Name) : here.Subcommands.Select(command => command.Name)]);
    }
}

/// <summary>Options that several commands share.</summary>
static class Options
{
    public static Option<string> Data() => Checked(new Option<string>("--data")
    {
        Description = "Folder that holds the database.",
        HelpName = "folder",
        DefaultValueFactory = _ => "data",
    }, Named);

    public static Option<string> Playbook() => Checked(new Option<string>("--playbook")
    {
        Description = "Folder with the journeys and what belongs to them; src/Playbook where it is there, else the one that came with the program.",
        HelpName = "folder",
        DefaultValueFactory = _ => PlaybookLoader.DefaultFolder(),
    }, Named);

    public static Option<string> Url() => Checked(new Option<string>("--url")
    {
        Description = "Address to serve the pages and the intake on. Others than this machine can reach it only if you name a public one.",
        HelpName = "url",
        DefaultValueFactory = _ => "http://127.0.0.1:5080",
    }, text => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? null : $"'{text}' is no address. Write it like http://127.0.0.1:5080.");

    /// <summary>An address with nothing behind its path, if it is given at all.</summary>
    public static Option<string?> Site() => Checked(new Option<string?>("--site")
    {
        Description = "Where customers reach this server from outside, such as https://shop.example/. Links in messages begin with it; without it they lead to the address that is served. One-click unsubscribing needs https.",
        HelpName = "url",
    }, text => Uri.TryCreate(text, UriKind.Absolute, out var site) && site is { Scheme: "http" or "https", PathAndQuery: "/", Fragment: "", UserInfo: "" } ? null : $"'{text}' is no address of a site. Write it like https://shop.example/.");

    public static Option<bool> Json() => new("--json") { Description = "Print results as JSON." };

    public static Option<int> Whole(string name, string about, int least, int most, int value) => Checked(new Option<int>(name)
    {
        Description = about,
        HelpName = "number",
        DefaultValueFactory = _ => value,
    }, text => int.TryParse(text, out var number) && number >= least && number <= most ? null : $"{name} takes a whole number from {least:N0} to {most:N0}, not '{text}'.");

    /// <summary>A day such as 1997-09-30, if it is given at all.</summary>
    public static Option<DateOnly?> Day(string name, string about)
    {
        var option = new Option<DateOnly?>(name) { Description = about, HelpName = "date", CustomParser = result => Iso(result.Tokens[0].Value) };
        return Checked(option, text => Iso(text) is null ? $"'{text}' is no date. Write it like 1997-09-30." : null);

        static DateOnly? Iso(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    /// <summary>A number between two others, both included.</summary>
    public static Option<double?> Number(string name, string about, string what, double least, double most) => Checked(new Option<double?>(name)
    {
        Description = about,
        HelpName = what,
        CustomParser = result => double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
    }, text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? null : $"{name} takes a number from {least} to {most:N0}, not '{text}'.");

    /// <summary>One of a few words.</summary>
    public static Option<string> OneOf(string name, string about, string value, params string[] words) => Checked(new Option<string>(name)
    {
        Description = about,
        HelpName = string.Join('|', words),
        DefaultValueFactory = _ => value,
    }, text => words.Contains(text) ? null : $"{name} takes {string.Join(", ", words[..^1])} or {words[^1]}, not '{text}'. {Nearest.To(text, words) switch { { } near => $"Did you mean '{near}'?", _ => "" }}".TrimEnd());

    /// <summary>An option that is a path, if it is given at all.</summary>
    public static Option<string?> Path(string name, string about, string what) => Checked(new Option<string?>(name) { Description = about, HelpName = what }, Named);

    static string? Named(string path) => path.Trim() == "" ? "A path cannot be empty." : null;

    // On the text as it was typed: whether it can be read as a T is told only after this.
    static Option<T> Checked<T>(Option<T> option, Func<string, string?> check)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && check(token.Value) is { } problem) result.AddError(problem);
        });
        return option;
    }
}
