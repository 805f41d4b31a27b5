using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Cvm.Engine;

namespace Cvm.Local;

static class CasesCommand
{
    const int MostSubject = 44;

    public static Command Make()
    {
        var with = new Option<string?>("--with") { Description = "Only the cases of this person of the team.", HelpName = "name" };
        var (data, playbook, json) = (Options.Data(), Options.Playbook(), Options.Json());
        var command = new Command("cases", "List the open cases by whom they lie with, the one with the least time left first. Times are working time of the team. The same as the page /cases.") { with, data, playbook, json };

        command.SetAction(async (parsed, stop) =>
        {
            await using var reading = await ReadOnlyWorkplace.Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, TimeProvider.System);
            var now = reading.Clock.GetUtcNow();
            var board = await CaseBoard.Of(reading.Store, reading.Playbook.Playbook, parsed.GetValue(with), now, stop);
            if (parsed.GetValue(json)) PrintJson(board);
            else Print(board);
            return Cli.Done;
        });
        return command;
    }

    static void Print(CaseBoard board)
    {
        if (board.Levels.IsEmpty)
        {
            Screen.Print(board.All == 0 ? "No case is open." : "None of theirs is open.");
            return;
        }

        foreach (var (level, cases) in board.Levels)
        {
            Screen.Print($"{level}, {Cli.Count(cases.Length, "case")}");
            foreach (var one in cases)
                Screen.Print($"  {one.Case.Id,-16} {Mark(one.Standing),-10} {Left(one.Left),14}  {one.Case.Severity,-6}  {one.Case.Assignee ?? "-",-12}  {Short(one.Case.Subject)}");
        }
    }

    static void PrintJson(CaseBoard board) => Screen.Print(JsonSerializer.Serialize(
        board.Levels.SelectMany(level => level.Cases).Select(one => new
        {
            id = one.Case.Id,
            customer = one.Customer,
            subject = one.Case.Subject,
            severity = one.Case.Severity,
            level = one.Case.Level,
            assignee = one.Case.Assignee,
            standing = Mark(one.Standing),
            due = one.Due,
            minutesLeft = Math.Floor(one.Left.TotalMinutes),
            openedAt = one.Case.OpenedAt,
            issue = one.Case.Issue,
        }),
        Pretty));

    static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static string Mark(CaseStanding standing) => standing switch
    {
        CaseStanding.Overdue => "overdue",
        CaseStanding.DueToday => "due-today",
        CaseStanding.Waiting => "waiting",
        _ => "on-time",
    };

    static string Left(TimeSpan left) => string.Create(CultureInfo.InvariantCulture, $"{(left < TimeSpan.Zero ? "-" : "")}{(long)left.Duration().TotalHours}:{left.Duration().Minutes:00} h");

    static string Short(string subject)
    {
        var line = subject.ReplaceLineEndings(" ");
        return line.Length <= MostSubject ? line : line[..(char.IsHighSurrogate(line[MostSubject - 4]) ? MostSubject - 4 : MostSubject - 3)] + "...";
    }
}
