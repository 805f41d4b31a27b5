using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Cvm.Local.Tests;

/// <summary>What the program says to people and scripts: manual, wrong use, things that are not as they should be.</summary>
public sealed class CommandLineTests : IDisposable
{
    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Delete();

    [Theory]
    [InlineData(""), InlineData("demo"), InlineData("serve"), InlineData("import"), InlineData("forget"), InlineData("merge"), InlineData("tasks"), InlineData("pause"), InlineData("drain"), InlineData("stop"), InlineData("resume"), InlineData("publish"), InlineData("back"), InlineData("versions"), InlineData("check"), InlineData("rehearse"), InlineData("explain"), InlineData("run-example"), InlineData("send-test")]
    [InlineData("clv"), InlineData("clv fit"), InlineData("clv predict"), InlineData("clv check"), InlineData("rfm"), InlineData("score"), InlineData("explain-score"), InlineData("surveys"), InlineData("loyalty"), InlineData("pivot")]
    public async Task Help_reads_like_a_manual_page(string command)
    {
        var help = await CvmProcess.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.True(help is { Code: 0, Messages: "" }, help.ToString());
        Assert.All(help.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        AsKept($"help-{(command == "" ? "cvm" : command.Replace(' ', '-'))}.txt", help.Output);
    }

    [Theory]
    [InlineData("", "Required command was not provided.")]
    [InlineData("imprt --orders x.csv", "Did you mean 'import'?")]
    [InlineData("frobnicate", "Known: demo, serve, import, forget, ")]
    [InlineData("frobnicate", "Unrecognized command or argument 'frobnicate'.")]
    [InlineData("import", "Name a file with --orders, --customers, --answers or --reviews.")]
    [InlineData("import --orders", "Required argument missing for option: '--orders'.")]
    [InlineData("import --ordrs x.csv", "Did you mean '--orders'?")]
    [InlineData("import --orders x.csv --data=", "Required argument missing for option: '--data'.")]
    [InlineData("serve --data ''", "A path cannot be empty.")]
    [InlineData("demo --customers many", "--customers takes a whole number from 1 to 1,000,000, not 'many'.")]
    [InlineData("demo --customers 0", "--customers takes a whole number from 1 to 1,000,000, not '0'.")]
    [InlineData("demo --days 99999999999", "--days takes a whole number from 1 to 3,650, not '99999999999'.")]
    [InlineData("serve --url nonsense", "'nonsense' is no address. Write it like http://127.0.0.1:5080.")]
    [InlineData("serve --url http://127.0.0.1:99999", "'http://127.0.0.1:99999' is no address.")]
    [InlineData("serve --site shop.example", "'shop.example' is no address of a site.")]
    [InlineData("serve --site https://shop.example/a?b", "is no address of a site. Write it like https://shop.example/.")]
    [InlineData("forget", "Name either a customer to forget or, with --lift, an id or address to let in again.")]
    [InlineData("forget ann --lift ann", "Name either a customer to forget or")]
    [InlineData("pause", "Option '--by' is required.")]
    [InlineData("clv", "Required command was not provided.")]
    [InlineData("clv fti", "Did you mean 'fit'?")]
    [InlineData("clv fit", "Option '--orders' is required.")]
    [InlineData("clv fit --orders x.csv --unit year", "--unit takes day, week or month, not 'year'.")]
    [InlineData("clv fit --orders x.csv --model bgnbd", "Did you mean 'bg-nbd'?")]
    [InlineData("clv predict --orders x.csv --model gamma-gamma", "--model takes bg-nbd, mbg-nbd, pareto-nbd or auto, not 'gamma-gamma'.")]
    [InlineData("clv fit --orders x.csv --calibration-end 30.09.1997", "'30.09.1997' is no date. Write it like 1997-09-30.")]
    [InlineData("clv predict --orders x.csv --horizon -1", "--horizon takes a number from 0.01 to 36,500, not '-1'.")]
    [InlineData("clv predict --orders x.csv --margin 40%", "--margin takes a number from 0 to 1, not '40%'.")]
    [InlineData("serve now", "Unrecognized command or argument 'now'.")]
    public async Task Wrong_use_is_told_with_a_hint(string line, string hint)
    {
        var wrong = await CvmProcess.Run([.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('\''))]);

        Assert.True(wrong is { Code: 2, Output: "" }, wrong.ToString());
        Assert.Contains(hint, wrong.Messages, StringComparison.Ordinal);
        Assert.Matches(@"See 'cvm (\S+ ){0,2}--help'\.\n$", wrong.Messages);
        NoTrace(wrong);
    }

    [Theory]
    [InlineData("send-test we-miss-you", "Name who gets it with --to, or a customer with --customer.")]
    [InlineData("send-test we-mis-you --to a@b.example", "There is no message 'we-mis-you'. Did you mean 'we-miss-you'?")]
    [InlineData("send-test we-miss-you --to nobody", "The address is not an e-mail address: 'nobody'. Write it like ada@example.com.")]
    [InlineData("send-test we-miss-you --to 0123 --channel sms", "The number is not an international phone number: '0123'.")]
    [InlineData("send-test we-miss-you --customer nobody", "No customer has the id 'nobody'.")]
    [InlineData("send-test we-miss-you --to a@b.example --locale English", "'English' is not a language tag.")]
    public async Task A_test_that_cannot_be_sent_says_why(string line, string problem)
    {
        var wrong = await CvmProcess.Run([.. line.Split(' '), "--data", temporary.In("data")]);

        Assert.True(wrong is { Code: 1, Output: "" }, wrong.ToString());
        Assert.Contains(problem, wrong.Messages, StringComparison.Ordinal);
        NoTrace(wrong);
    }

    [Fact]
    public async Task A_test_is_sent_once_and_nobody_hears_of_it()
    {
        var data = temporary.In("data");
        File.WriteAllText(temporary.In("c.csv"), "id,name,email\nann,Ann,ann@example.com\n");
        await CvmProcess.Run("import", "--customers", temporary.In("c.csv"), "--data", data);

        var sent = await CvmProcess.Run("send-test", "we-miss-you", "--customer", "ann", "--to", "me@example.com", "--locale", "zh-CN", "--data", data);

        Assert.True(sent is { Code: 0, Output: "" }, sent.ToString());
        Assert.Contains("we-miss-you for Ann to me@example.com, in zh-CN: It was taken.", sent.Messages, StringComparison.Ordinal);
        await using var store = SqliteStore.Open(Path.Combine(data, "cvm.db"));
        var mail = Assert.Single(await store.Mails(null, long.MaxValue, 10, default));
        Assert.Equal(("[Test] Ann，好久不见", "me@example.com", ""), (mail.Message.Subject, mail.Message.To, mail.Customer));
        var ann = (await store.Load("ann", "", default)).Dossier;
        Assert.Empty(ann.RecentSends);
        Assert.Single(await store.Timeline("ann", long.MaxValue, 10, default));
    }

    [Theory]
    [InlineData("nothing.csv", null, "There is no file '{0}'.")]
    [InlineData(".", null, "'{0}' is a folder. Name a CSV file.")]
    [InlineData("empty.csv", "", "{0}: The file is empty. Its first line must name the columns.")]
    [InlineData("wrong.csv", "kunde,date,amount\nc1,2026-01-05,10\n", "There is no column for customer.")]
    [InlineData("binary.csv", "\0\u0001\u0002\0\0\"\u0003\n\0\0\n", "There is no column for customer, at, amount.")]
    public async Task An_order_file_that_cannot_be_read_is_named(string name, string? content, string problem)
    {
        var file = Path.GetFullPath(temporary.In(name)).TrimEnd(Path.DirectorySeparatorChar);
        if (content is not null) File.WriteAllText(file, content);

        var wrong = await CvmProcess.Run("import", "--orders", file, "--data", temporary.In("data"));

        Assert.True(wrong.Code == 1, wrong.ToString());
        Assert.Contains(problem.Replace("{0}", file, StringComparison.Ordinal), wrong.Messages, StringComparison.Ordinal);
        NoTrace(wrong);
    }

    [Fact]
    public async Task Bad_rows_go_to_quarantine_and_good_ones_land()
    {
        Trial.Write(temporary.Path, "orders.csv", "order,customer,date,amount\no1,c1,2026-01-05,10\no2,c2,05/01/2026,10\no3,,2026-01-05,10\no4,c1,2026-01-06,20\n");

        var partly = await CvmProcess.Run("import", "--orders", temporary.In("orders.csv"), "--data", temporary.In("data"), "--json");

        Assert.True(partly.Code == 1, partly.ToString());
        var sheet = JsonNode.Parse(partly.Output)![0]!;
        Assert.Equal((4, 2, 2), ((int)sheet["rows"]!, (int)sheet["taken"]!, (int)sheet["quarantined"]!));
        var rows = await File.ReadAllLinesAsync((string)sheet["quarantine"]!);
        Assert.Equal(["3", "4"], rows.Skip(1).Select(row => row.Split(',')[0]));
    }

    [Fact]
    public async Task A_broken_playbook_is_told_in_full_and_nothing_starts()
    {
        var playbook = Trial.Playbook(temporary);
        Trial.Write(playbook, "journeys/thanks/journey.yaml", Trial.Journey("thanks", 1, "- sent: thank-you\n  - send: thank-yuo\n  - if: ordres > 2\n    then: []"));

        var check = await CvmProcess.Run("check", "--playbook", playbook);
        var json = await CvmProcess.Run("check", "--playbook", playbook, "--json");
        var serve = await CvmProcess.Run("serve", "--playbook", playbook, "--data", temporary.In("data"));

        Assert.All([check, json, serve], ended =>
        {
            Assert.True(ended.Code == 1, ended.ToString());
            NoTrace(ended);
        });
        foreach (var near in (string[])["'send'", "'thank-you'", "'orders'"])
        {
            Assert.Contains(near, check.Output, StringComparison.Ordinal);
            Assert.Contains(near, serve.Messages, StringComparison.Ordinal);
        }

        Assert.Equal(check.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, JsonNode.Parse(json.Output)!["problems"]!.AsArray().Count);
        Assert.False(Directory.Exists(temporary.In("data")));
    }

    [Fact]
    public async Task A_sound_playbook_checks_out_in_json()
    {
        var check = await CvmProcess.Run("check", "--playbook", Trial.Playbook(temporary), "--json");

        Assert.True(check is { Code: 0, Messages: "" }, check.ToString());
        var json = JsonNode.Parse(check.Output)!;
        Assert.Empty(json["problems"]!.AsArray());
        var all = json["pressure"]!["figures"]!.AsArray().Single(figure => figure!["channel"] is null && figure["purpose"] is null)!;
        Assert.Equal((0, "thanks", 2), ((int)all["most"]!, (string)all["each"]![0]!["journey"]!, (int)all["each"]![0]!["most"]!)); // two for each order
    }

    [Fact]
    public async Task What_can_never_happen_fails_the_check()
    {
        var playbook = Trial.Playbook(temporary);
        Trial.Write(playbook, "journeys/thanks/journey.yaml", Trial.Journey("thanks", 1, "- wait: 2027-12-24\n  - send: thank-you\n    via: email\n  - send: on-its-way\n    via: sms"));

        var before = await CvmProcess.Run("check", "--playbook", playbook, "--at", "2027-12-01");
        var after = await CvmProcess.Run("check", "--playbook", playbook, "--at", "2028-01-01");

        Assert.True(before.Code == 0, before.ToString());
        Assert.True(after.Code == 1, after.ToString());
        Assert.Contains("journey.yaml(7,11): 2027-12-24 is over, so nobody waits here.", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_damaged_or_too_new_or_somebody_elses_is_left_alone()
    {
        var (garbage, newer, strange) = (temporary.In("garbage"), temporary.In("newer"), temporary.In("strange"));
        Trial.Write(garbage, "cvm.db", string.Concat(Enumerable.Repeat("This is no database. ", 1_000)));
        Directory.CreateDirectory(newer);
        Directory.CreateDirectory(strange);
        await using (SqliteStore.Open(Path.Combine(newer, "cvm.db")))
        {
        }

        Execute(newer, "pragma user_version = 99");
        Execute(strange, "create table recipes (name text)");

        foreach (var (data, problem) in new[] { (garbage, "is damaged"), (newer, "was written by a newer cvm (its version is 99"), (strange, "is not one of cvm's") })
        {
            var before = await File.ReadAllBytesAsync(Path.Combine(data, "cvm.db"));
            var ended = await CvmProcess.Run("serve", "--data", data, "--url", "http://127.0.0.1:0");

            Assert.True(ended.Code == 1, ended.ToString());
            Assert.Contains(problem, ended.Messages, StringComparison.Ordinal);
            Assert.Contains("--data", ended.Messages, StringComparison.Ordinal);
            NoTrace(ended);
            Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(data, "cvm.db")));
        }
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_is_named()
    {
        Trial.Write(temporary.Path, "file", "");

        var ended = await CvmProcess.Run("serve", "--data", temporary.In("file"), "--url", "http://127.0.0.1:0");

        Assert.True(ended.Code == 1, ended.ToString());
        Assert.StartsWith($"The data folder {temporary.In("file")} cannot be used:", ended.Messages, StringComparison.Ordinal);
        NoTrace(ended);
    }

    [MountFact]
    public async Task A_data_folder_that_cannot_be_written_is_named()
    {
        using var disk = new SmallDisk(temporary.In("disk"), "1m,ro");

        var ended = await CvmProcess.Run("serve", "--data", disk.Path, "--url", "http://127.0.0.1:0");

        Assert.True(ended.Code == 1, ended.ToString());
        Assert.StartsWith($"The data folder {disk.Path} cannot be used:", ended.Messages, StringComparison.Ordinal);
        NoTrace(ended);
    }

    [Fact]
    public async Task The_demo_is_the_same_for_the_same_seed_and_another_for_another()
    {
        var runs = await Task.WhenAll(((string[])["7", "7", "8"]).Select(seed => CvmProcess.Run("demo", "--no-serve", "--json", "--customers", "60", "--days", "40", "--seed", seed)));

        Assert.All(runs, run => Assert.True(run.Code == 0, run.ToString()));
        var reports = runs.Select(run => Report(run.Output)).ToList();
        Assert.Equal(reports[0], reports[1]);
        Assert.NotEqual(reports[0], reports[2]);
    }

    static string Report(string output)
    {
        var report = JsonNode.Parse(output)!.AsObject();
        Assert.Equal(60, (int)report["customers"]!);
        Assert.True((int)report["orders"]! > 60);
        Assert.True(report.Remove("seconds") && report.Remove("seed"));
        return report.ToJsonString();
    }

    static void Execute(string data, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "cvm.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    static void NoTrace(Ended ended)
    {
        foreach (var sign in (string[])["Unhandled exception", "   at ", "Exception:", "Something went wrong that should not"]) Assert.DoesNotContain(sign, ended.Messages, StringComparison.Ordinal);
    }

    // UPDATE_GOLDEN=1 keeps what the program says now; the difference is reviewed like code.
    static void AsKept(string name, string actual, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "Manual", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") Trial.Write(Path.GetDirectoryName(path)!, name, actual);
        Assert.True(File.Exists(path), $"{path} is missing. Run the tests with UPDATE_GOLDEN=1 and review the new file.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }
}
