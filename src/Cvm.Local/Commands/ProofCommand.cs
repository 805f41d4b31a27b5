using System.CommandLine;
using System.Globalization;
using Cvm.Engine;
using Cvm.Web;
using Spectre.Console;

namespace Cvm.Local;

static class ProofCommand
{
    public static Command Make()
    {
        var journey = new Argument<string?>("JOURNEY") { Description = "One journey in full; all of them in a table where none is named.", Arity = ArgumentArity.ZeroOrOne };
        var effect = Points("--effect", "How many people and weeks it takes to see a change of so many percentage points in who reaches the goal, such as 2pp.", 0.01, 100);
        var rate = Points("--rate", "With --effect: how many reach the goal without the journey, such as 10%. What has been measured where this is absent, else 10%.", 0, 100);
        var perWeek = Options.Number("--per-week", "With --effect: how many enter in a week. Those of the last four weeks where this is absent, else those of a rehearsal over what customers did before.", "people", 0.01, 1e9);
        var takeBack = new Option<string?>("--take-back") { Description = "Let the lot decide again at this split of the journey, where a rule has let everybody take what won.", HelpName = "step" };
        var by = new Option<string?>("--by") { Description = "With --take-back: who does it.", HelpName = "name" };
        var (data, playbook, json) = (Options.Data(), Options.Playbook(), Options.Json());
        var command = new Command("proof", "What journeys earned, against those held back: goal rate, revenue, margin, and profit net of discounts, points and messages, with an interval that stays right however often you look. With --effect: how many people and weeks it takes to see a change. The same numbers as on the page Proof. See docs/proof.md.")
        {
            journey, effect, rate, perWeek, takeBack, by, data, playbook, json,
        };

        command.SetAction(async (parsed, stop) =>
        {
            var name = parsed.GetValue(journey);
            if (parsed.GetValue(takeBack) is { } step)
            {
                await using var workplace = await Workplace.Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, TimeProvider.System, publish: false);
                await TakeBack(name, step, parsed.GetValue(by), workplace, stop);
                return Cli.Done;
            }

            await using var reading = await ReadOnlyWorkplace.Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, TimeProvider.System);
            var current = reading.Playbook.Playbook;
            var report = ProofReport.Of(await reading.Store.Tallies(ProofReport.Kinds.ToArray(), stop), current, DateOnly.FromDateTime(reading.Clock.GetUtcNow().UtcDateTime));
            var one = name is null ? null : report.Journeys.FirstOrDefault(known => known.Journey.Name == name) ?? throw Unknown(name, current);

            if (parsed.GetValue(effect) is { } wished)
            {
                if (one is null) throw new UserError("Name the journey that is to be tried.");
                var plan = await TestPlan.Of(one, wished / 100, parsed.GetValue(rate) / 100, parsed.GetValue(perWeek), reading, stop);
                if (parsed.GetValue(json)) Screen.PrintJson(plan.Sheet());
                else plan.Print();
                return Cli.Done;
            }

            if (parsed.GetValue(json)) Screen.PrintJson(one is null ? ProofSheets.Of(report, current.Policies.Currency) : ProofSheets.Of(one));
            else if (one is null) Print(report, current.Policies.Currency);
            else Print(one, current.Policies.Currency);
            return Cli.Done;
        });
        return command;
    }

    static async Task TakeBack(string? journey, string step, string? by, Workplace workplace, CancellationToken stop)
    {
        if (journey is null) throw new UserError("Name the journey whose split it is.");
        if (workplace.Playbook.Playbook.Find(journey) is null) throw Unknown(journey, workplace.Playbook.Playbook);
        var done = await workplace.Winners.TakeBack(journey, step, by ?? Environment.UserName, stop);
        Screen.Print(done ? $"At {step} of {journey} the lot decides again." : $"Nothing has been promoted at {step} of {journey}.");
    }

    static UserError Unknown(string journey, Playbook playbook) => new($"There is no journey '{journey}'. {Nearest.Hint(journey, [.. playbook.Journeys.Select(known => known.Name)])}".TrimEnd());

    // 2, 2%, 2pp: all the same number of percentage points.
    static Option<double?> Points(string name, string about, double least, double most)
    {
        var option = new Option<double?>(name) { Description = about, HelpName = "points", CustomParser = result => Read(result.Tokens[0].Value) };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(Read(token.Value) is { } points && Math.Abs(points) >= least && Math.Abs(points) <= most)) result.AddError($"{name} takes percentage points such as 2pp, not '{token.Value}'.");
        });
        return option;

        static double? Read(string text) =>
            double.TryParse(text.EndsWith("pp", StringComparison.Ordinal) ? text[..^2] : text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }

    static void Print(ProofReport report, string currency)
    {
        foreach (var quarter in report.Programme.Take(2)) Screen.Print($"The programme as a whole, {quarter.Name}: {ProofWords.Verdict(quarter.Whole)}");

        var table = Plain("Journey", "Entered", "Held back", "Goal", "Goal without", $"Revenue, {currency}", "Margin", "Costs", "Profit", "Profit per person, against those held back");
        foreach (var one in report.Journeys)
        {
            var (members, others) = (one.Shown.Whole.Group, one.Shown.Whole.Other);
            table.AddRow(
                one.Journey.Name, $"{members.Joined:N0}", $"{others.Joined:N0}", one.Shown.Whole.HasGoal ? Words.Share(members.Goals, members.Ended) : "–", one.Shown.Whole.HasGoal ? Words.Share(others.Goals, others.Ended) : "–",
                ProofWords.Each(members.Revenue.Sum), ProofWords.Each((double)members.Margin), ProofWords.Each((double)(members.Discounts + members.Points + members.Messages + members.Service)),
                ProofWords.Each(members.Profit.Sum), others.Joined == 0 ? "nobody held back" : ProofWords.Interval(one.Shown.Whole.Profit));
        }

        Screen.Results.Write(table);
        foreach (var one in report.Journeys.Where(one => one.Shown.Whole.Finding is not (Finding.Nobody or Finding.NothingToCompare))) Screen.Print($"{one.Journey.Name}: {ProofWords.Verdict(one.Shown.Whole)}");
        foreach (var (name, split) in report.Journeys.SelectMany(one => one.Shown.Splits.Select(split => (one.Journey.Name, split)))) PrintWinner(name, split);
    }

    static void Print(JourneyProof proof, string currency)
    {
        var whole = proof.Shown.Whole;
        Screen.Print($"{proof.Journey.Name}, version {proof.Shown.Version}: {ProofWords.Verdict(whole)}");
        if (whole.Finding == Finding.Nobody) return;

        Groups([("Members", whole.Group), .. whole.Other.Joined > 0 ? [("Held back", whole.Other)] : Array.Empty<(string, MeasuredGroup)>()], currency);
        if (whole.Other.Joined > 0)
            Screen.Print($"Difference: goal {(whole.HasGoal ? ProofWords.PointsInterval(whole.Goal) : "none")}; revenue per person {ProofWords.Interval(whole.Revenue)}; profit per person {ProofWords.Interval(whole.Profit)}.");

        foreach (var split in proof.Shown.Splits)
        {
            Screen.Print($"Ways at {split.Step}:");
            Groups([.. split.Arms.Select(arm => (arm.Name, arm.Group))], currency);
            PrintWinner(proof.Journey.Name, split);
        }
    }

    static void PrintWinner(string journey, SplitProof split)
    {
        if (split.Winner is { } winner) Screen.Print($"{journey}, {split.Step}: everybody new takes {winner.Arm} since {winner.At:yyyy-MM-dd}, because it won: {winner.Because}.");
        if (split.Mismatch) Screen.Print($"{journey}, {split.Step}: the ways do not match their shares. Something decides besides the lot, so do not trust the difference.");
        else if (split.Best is { } best)
            foreach (var other in split.Arms.Where(arm => arm != best)) Screen.Print($"{journey}, {split.Step}: {ProofWords.Beside(best.Name, other.Name, split.Between(best, other))}");
    }

    static void Groups(IReadOnlyList<(string Name, MeasuredGroup Group)> groups, string currency)
    {
        var table = Plain($"{currency} per person", "Joined", "Measured", "Goal", "Ordered", "Revenue", "Margin", "Discounts", "Points", "Service", "Messages", "Profit");
        foreach (var (name, group) in groups)
            table.AddRow(
                name, $"{group.Joined:N0}", $"{group.Ended:N0}", Words.Share(group.Goals, group.Ended), Words.Share(group.Buyers, group.Ended), ProofWords.Each(group.Revenue.Mean), ProofWords.Each(group.Margin, group.Ended),
                ProofWords.Each(group.Discounts, group.Ended), ProofWords.Each(group.Points, group.Ended), ProofWords.Each(group.Service, group.Ended), ProofWords.Each(group.Messages, group.Ended), ProofWords.Each(group.Profit.Mean));
        Screen.Results.Write(table);
    }

    static Table Plain(string first, params string[] others)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(first);
        foreach (var name in others) table.AddColumn(new TableColumn(name) { Alignment = Justify.Right });
        return table;
    }
}
