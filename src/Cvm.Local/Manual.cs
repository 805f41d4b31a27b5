using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;

namespace Cvm.Local;

/// <summary>Help that reads like a manual page, made from the commands themselves.</summary>
sealed class Manual : SynchronousCommandLineAction
{
    const int Width = 78;

    static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        ["cvm"] = ["cvm demo", "cvm import --orders orders.csv", "cvm serve"],
        ["demo"] = ["cvm demo", "cvm demo --customers 5000 --seed 7", "cvm demo --no-serve --json"],
        ["serve"] = ["cvm serve", "cvm serve --data /var/lib/cvm --url http://127.0.0.1:8080 --site https://care.shop.example/", "cvm serve --senders my-senders.yaml"],
        ["import"] = ["cvm import --customers customers.csv", "cvm import --orders orders.csv --map customer=buyer,at=day,amount=total", "cvm import --reviews reviews.csv"],
        ["forget"] = ["cvm forget ann", "cvm forget --lift ann@example.com"],
        ["cases"] = ["cvm cases", "cvm cases --with maria --json"],
        ["merge"] = ["cvm merge c2 c1 --dry-run", "cvm merge c2 c1 --by Kim"],
        ["tasks"] = ["cvm tasks", "cvm tasks --for account-manager --json"],
        ["pause"] = ["cvm pause --by Kim", "cvm pause win-back --by Kim"],
        ["drain"] = ["cvm drain win-back --by Kim", "cvm drain win-back --by Kim --yes"],
        ["stop"] = ["cvm stop win-back --by Kim", "cvm stop win-back --by Kim --yes"],
        ["publish"] = ["cvm publish", "cvm publish win-back --plan", "cvm publish win-back --by Kim --move-all", "cvm publish win-back --by Kim --move wait-5d=wait-7d"],
        ["back"] = ["cvm back win-back --plan", "cvm back win-back --by Kim"],
        ["versions"] = ["cvm versions win-back", "cvm versions win-back --diff 2 3"],
        ["resume"] = ["cvm resume", "cvm resume win-back"],
        ["rfm"] = ["cvm rfm --orders orders.csv", "cvm rfm --orders orders.csv --map customer=buyer,at=day,amount=total --as-of 2026-06-30 --out rfm.csv"],
        ["check"] = ["cvm check", "cvm check --playbook my-playbook --json", "cvm check --at 2027-12-01"],
        ["rehearse"] = ["cvm rehearse win-back", "cvm rehearse --all --days 365 --json", "cvm rehearse win-back --from 2026-03-01 --days 90 --responses history"],
        ["explain"] = ["cvm explain ann", "cvm explain ann win-back", "cvm explain ann win-back --at 2026-03-01"],
        ["run-example"] = ["cvm run-example", "cvm run-example src/Playbook/journeys/win-back/examples/coupon-arm.yaml", "cvm run-example --update"],
        ["send-test"] = ["cvm send-test we-miss-you --to you@example.com", "cvm send-test we-miss-you --customer ann --to +4915112345678 --channel sms --locale zh-CN"],
        ["score"] = ["cvm score", "cvm score --as-of 2026-06-30 --json"],
        ["explain-score"] = ["cvm explain-score ann", "cvm explain-score ann --json"],
        ["loyalty"] = ["cvm loyalty", "cvm loyalty --json"],
        ["proof"] = ["cvm proof", "cvm proof win-back --json", "cvm proof win-back --effect 2pp"],
        ["pivot"] = ["cvm pivot", "cvm pivot --rows stage --columns tier --measure revenue", "cvm pivot --rows first-order-quarter --columns stage --where country=DE --where orders=2-3,4-6 --csv"],
        ["measures"] = ["cvm measures", "cvm measures --window months", "cvm measures --json"],
        ["surveys"] = ["cvm surveys", "cvm surveys --survey after-order --months 3", "cvm surveys --json"],
        ["clv"] = ["cvm clv fit --orders orders.csv", "cvm clv check --orders orders.csv --calibration-end 1997-09-30"],
        ["clv fit"] = ["cvm clv fit --orders orders.csv --calibration-end 1997-09-30 --model bg-nbd --json"],
        ["clv predict"] = ["cvm clv predict --orders orders.csv --horizon 39 --out predictions.csv", "cvm clv predict --orders orders.csv --unit day --horizon 90 --margin 0.4"],
        ["clv check"] = ["cvm clv check --orders orders.csv --calibration-end 1997-09-30 --plot check.svg"],
    };

    public static void Use(RootCommand root)
    {
        foreach (var option in root.Options) if (option is HelpOption help) help.Action = new Manual();
    }

    // Who asks for help has not finished the command.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Screen.Print(Page(parseResult.CommandResult.Command));
        return Cli.Done;
    }

    static string Page(Command command)
    {
        var root = command is RootCommand;
        var parent = command.Subcommands.Count > 0;
        var name = Name(command);
        var text = new StringBuilder();

        Section(text, "Name", [$"{name} - {FirstSentence(command.Description!)}"]);
        Section(text, "Synopsis", [parent ? $"{name} <command> [options]" : $"{name}{string.Concat(command.Arguments.Select(a => $" [{a.Name}]"))} [options]"]);
        if (command.Description!.Length > FirstSentence(command.Description).Length) Section(text, "Description", [command.Description]);
        if (parent) Section(text, "Commands", [.. command.Subcommands.Select(sub => Entry(sub.Name, FirstSentence(sub.Description!)))]);
        if (command.Arguments.Count > 0) Section(text, "Arguments", [.. command.Arguments.Select(argument => Entry(argument.Name, argument.Description!))]);
        if (!parent) Section(text, "Options", [.. command.Options.Where(option => !option.Hidden).Select(option => Entry(Written(option), About(option)))]);
        Section(text, "Examples", Examples[root ? name : name["cvm ".Length..]]);
        Section(text, "Exit status", ["0 done, 1 problems found, 2 wrong use. Results go to standard output, progress and messages to standard error."]);
        if (root) Section(text, "See also", ["cvm <command> --help; README.md; docs/journeys.md for the journey language; docs/api.md for the HTTP intake."]);
        return text.ToString().TrimEnd();
    }

    static string Written(Option option) => option.ValueType == typeof(bool) ? option.Name : $"{option.Name} <{option.HelpName ?? "value"}>";

    /// <summary>As it is typed: 'cvm', 'cvm import', 'cvm clv fit'.</summary>
    public static string Name(Command command) => command is RootCommand ? "cvm"
        : command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Name(parent)} {command.Name}" : $"cvm {command.Name}";

    // A path of this very machine is told in words, by the description.
    static string About(Option option) =>
        option.HasDefaultValue && option.ValueType != typeof(bool) && option.GetDefaultValue()?.ToString() is { Length: > 0 } value && !Path.IsPathRooted(value) ? $"{option.Description} Default: {value}." : option.Description!;

    static string Entry(string name, string about) => $"{name}\t{about}";

    static string FirstSentence(string text) => text.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? text[..(end + 1)] : text;

    static void Section(StringBuilder text, string title, string[] paragraphs)
    {
        text.AppendLine(title.ToUpperInvariant());
        foreach (var paragraph in paragraphs)
        {
            var (head, body) = paragraph.Split('\t') is [var term, var about] ? (term, about) : ("", paragraph);
            if (head != "") text.Append("    ").AppendLine(head);
            foreach (var line in Fold(body, Width - (head == "" ? 4 : 8))) text.Append(head == "" ? "    " : "        ").AppendLine(line);
        }

        text.AppendLine();
    }

    static IEnumerable<string> Fold(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }

        yield return line.ToString();
    }
}
