using System.Collections.Immutable;
using System.Text;
using Cvm.Engine;

namespace Cvm.Tests;

public sealed class CsvImportTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("cvm-import-").FullName;
    readonly Taker taker = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Orders_land_with_guessed_columns()
    {
        var result = await Orders("Order ID,Customer ID,Order Date,Total,Coupon Code\no1,c1,2026-03-01,12.50,BACK10\no2,c2,2026-03-01T10:00:00+01:00,\"1,234.56\",\n");

        Assert.Null(result.Problem);
        Assert.Equal((2, 2, 0, 0, 2), (result.Rows, result.Taken, result.TakenBefore, result.Quarantined, result.Customers));
        Assert.Equal([("id", "Order ID"), ("customer", "Customer ID"), ("at", "Order Date"), ("amount", "Total"), ("coupon", "Coupon Code")], result.Columns.ToArray());
        Assert.Equal(
        [
            ("c1", new Signal.Ordered("order:o1", new(2026, 3, 1, 11, 0, 0, TimeSpan.Zero), "o1", 12.50m, "BACK10")),
            ("c2", new Signal.Ordered("order:o2", new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero), "o2", 1234.56m)),
        ], taker.Signals);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_a_longer_one_adds_only_what_is_new()
    {
        const string rows = "customer_id,date,quantity,amount\n1,2026-01-01,1,5.00\n1,2026-01-01,1,5.00\n1,2026-01-01,2,5.00\n2,2026-01-02,1,7.00\n";

        var first = await Orders(rows);
        var again = await Orders(rows);
        var windows = await Orders("\uFEFF" + rows.Replace("\n", "\r\n"));
        var longer = await Orders(rows + "1,2026-01-01,1,5.00\n3,2026-01-03,1,1.00\n");
        var overlapping = await Orders("customer_id,date,quantity,amount\n2,2026-01-02,1,7.00\n3,2026-01-03,1,1.00\n4,2026-01-04,1,1.00\n");

        Assert.Equal((4, 0), (first.Taken, first.TakenBefore));
        Assert.Equal((0, 4), (again.Taken, again.TakenBefore));
        Assert.Equal((0, 4), (windows.Taken, windows.TakenBefore));
        Assert.Equal((2, 4), (longer.Taken, longer.TakenBefore));
        Assert.Equal((1, 2), (overlapping.Taken, overlapping.TakenBefore));
    }

    [LinuxFact]
    public async Task A_pipe_is_refused_in_words()
    {
        var path = Path.Combine(folder, "pipe");
        using (var made = System.Diagnostics.Process.Start("mkfifo", path)) await made.WaitForExitAsync();
        using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);

        var result = await CsvImport.Run(Job(ImportKind.Orders, "pipe", ""), taker.Take, _ => { }, CancellationToken.None);

        Assert.Contains("It is a pipe, and is to be read more than once. Write it to a file first.", result.Problem?.ToString(), StringComparison.Ordinal);
        Assert.Empty(taker.Signals);
    }

    [Fact]
    public async Task Names_made_from_rows_stay_the_same_for_good()
    {
        await Orders("customer,at,amount\nc1,2026-01-01,5.00\nc1,2026-01-01,5.00\n");

        Assert.Equal(["row-98173f1773d131cc15727029b1b01a2d", "row-98173f1773d131cc15727029b1b01a2d-1"], taker.Signals.Select(signal => ((Signal.Ordered)signal.Signal).Order));
    }

    [Fact]
    public async Task A_killed_import_goes_on_where_it_was()
    {
        var rows = "customer,at,amount\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"c{i % 7},2026-01-0{i % 9 + 1},{i % 3}.50\n"));
        taker.FailAfter = 3_000;

        await Assert.ThrowsAsync<TimeoutException>(() => Orders(rows));
        var landed = taker.Signals.Count;
        taker.FailAfter = int.MaxValue;
        var result = await Orders(rows);

        Assert.Equal(3_000, landed);
        Assert.Equal((5_000, 2_000, 3_000), (result.Rows, result.Taken, result.TakenBefore));
        Assert.Equal(5_000, taker.Signals.Select(signal => signal.Signal.Id).Distinct().Count());
    }

    [Fact]
    public async Task Bad_rows_go_to_quarantine_and_mended_ones_can_be_imported_from_there()
    {
        var result = await Orders("""
            customer,at,amount,note
            c1,2026-01-01,5.00,fine
            c2,03/04/2026,5.00,"two
            lines"
            ,2026-01-01,-1,"a ""quoted"" note"
            c3,2026-01-01,5.00
            c4,2026-01-01,"1,50",
            c5,2026-01-01,5.00,a,b
            c6,2026-01-01,5.00,fine too

            """);

        Assert.Equal((7, 2, 5), (result.Rows, result.Taken, result.Quarantined));
        Assert.Equal("""
            cvm-line,cvm-column,cvm-reason,customer,at,amount,note
            3,at,"at is not a moment: '03/04/2026'. Which part is the day and which the month differs by country: write the year first, such as 2026-03-01.",c2,03/04/2026,5.00,"two
            lines"
            5,customer,customer is empty. Every row needs it. amount is less than 0. Send money that went back as a refund.,,2026-01-01,-1,"a ""quoted"" note"
            6,,has 3 fields where the header has 4. Check for a missing delimiter or a cut line.,c3,2026-01-01,5.00,
            7,amount,"amount is not an amount: '1,50'. Write it like 12.50.",c4,2026-01-01,"1,50",
            8,,has 5 fields where the header has 4. Put fields that hold the delimiter in quotes.,c5,2026-01-01,5.00,a,b

            """, File.ReadAllText(result.Quarantine!).Replace("\r\n", "\n"));

        var mended = File.ReadAllText(result.Quarantine!).Replace("03/04/2026", "2026-03-04").Replace("\"1,50\"", "1.50").Replace(",a,b", ",a").Replace(",,2026-01-01,-1", ",c9,2026-01-01,1");
        Assert.Equal((5, 5, 0), await Counts(Orders(mended, "mended.csv")));
    }

    [Fact]
    public async Task A_field_with_a_quote_out_of_place_does_not_spoil_the_rest()
    {
        var result = await Orders("customer,at,amount,note\nc1,2026-01-01,1,\"un\"closed\nc2,2026-01-01,1,fi\"ne\nc3,2026-01-01,1,ok\n");

        Assert.Equal((3, 1, 2), (result.Rows, result.Taken, result.Quarantined));
    }

    [Fact]
    public async Task Semicolons_come_with_decimal_commas_and_ambiguous_amounts_are_refused()
    {
        var result = await Orders("customer;at;amount\nc1;2026-01-01;12,50\nc2;2026-01-01;1.234,56\nc3;2026-01-01;12.50\nc4;2026-01-01;1.234\nc5;2026-01-01;7\n");

        Assert.Equal([12.50m, 1234.56m, 12.50m, 7m], taker.Signals.Select(signal => ((Signal.Ordered)signal.Signal).Amount));
        Assert.Contains("It could be a decimal point or mark thousands", File.ReadAllText(result.Quarantine!));
    }

    [Fact]
    public async Task Tabs_and_local_times_are_read()
    {
        await Orders("customer\tat\tamount\nc1\t2026-01-01 10:30:00\t1.00\n");

        Assert.Equal(new DateTimeOffset(2026, 1, 1, 9, 30, 0, TimeSpan.Zero), Assert.Single(taker.Signals).Signal.At);
    }

    [Fact]
    public async Task An_order_in_several_rows_is_not_lost_silently()
    {
        var result = await Orders("order_id,customer,at,amount\no1,c1,2026-01-01,5\no1,c1,2026-01-01,5\no1,c1,2026-01-01,6\n");

        Assert.Equal((1, 1, 1), (result.Taken, result.TakenBefore, result.Quarantined));
        Assert.Contains("stands in line 2 already, with other content", File.ReadAllText(result.Quarantine!));
    }

    [Theory]
    [InlineData("", "", "The file is empty.")]
    [InlineData("a,b,c\n1,2,3\n", "", "There is no column for customer, at, amount.")]
    [InlineData("a,b,c\n1,2,3\n", "customer=a,at=b,amount=d", "--map names the column 'd', which the file has not.")]
    [InlineData("a,b,c\n1,2,3\n", "custmer=a", "--map names the field 'custmer', which there is not.")]
    [InlineData("a,b,c\n1,2,3\n", "customer", "--map says 'customer'.")]
    public async Task A_file_that_cannot_be_read_is_refused_as_a_whole(string text, string map, string expected)
    {
        var result = await Orders(text, map: map);

        Assert.StartsWith(expected, result.Problem!.What);
        Assert.False(string.IsNullOrEmpty(result.Problem.Fix));
        Assert.Empty(taker.Signals);
    }

    [Fact]
    public async Task A_map_overrules_the_guess()
    {
        await Orders("customer,at,amount,net\nc1,2026-01-01,5,4\n", map: "amount=net");

        Assert.Equal(4m, Assert.IsType<Signal.Ordered>(Assert.Single(taker.Signals).Signal).Amount);
    }

    [Fact]
    public async Task A_missing_file_is_a_problem_not_a_crash()
    {
        var result = await CsvImport.Run(Job(ImportKind.Orders, "nowhere.csv", ""), taker.Take, _ => { }, CancellationToken.None);

        Assert.Contains("nowhere.csv", result.Problem!.What);
    }

    [Fact]
    public async Task A_quote_that_never_closes_is_found_before_memory_is_full()
    {
        var result = await Orders("customer,at,amount\nc1,2026-01-01,1\nc2,2026-01-01,\"1\n" + new string('x', 5_000_000));

        Assert.Equal("A closing quote is missing.", result.Problem!.Fix);
        Assert.Equal(3, result.Problem.At.Line);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_go_to_quarantine()
    {
        File.WriteAllBytes(Path.Combine(folder, "latin.csv"), Encoding.Latin1.GetBytes("id,name\nc1,J\u00F6rg\nc2,Ada\n"));

        var result = await CsvImport.Run(Job(ImportKind.Customers, "latin.csv", ""), taker.Take, _ => { }, CancellationToken.None);

        Assert.Equal((1, 1), (result.Taken, result.Quarantined));
    }

    [Fact]
    public async Task Customers_land_with_consents_only_where_there_is_proof()
    {
        var text = """
            customer_id,first_name,last_name,email,tags,email_consent,consent_at,consent_source,Shoe
            c1,Ada,Lovelace,ada@example.com,"vip, b",yes,2026-01-01,checkout,38
            c2,Bob,,,,no,2026-01-01,call,
            c3,Eve,,eve@example.com,,yes,,,
            c4,,,not-an-address,,,,,
            """;

        var result = await Customers(text, "attribute.shoe=Shoe");
        var again = await Customers(text, "attribute.shoe=Shoe");

        Assert.Equal((2, 2), (result.Taken, result.Quarantined));
        Assert.Equal((0, 2), (again.Taken, again.TakenBefore));
        var ada = (Signal.Told)taker.Signals[0].Signal;
        Assert.Equal(("Ada Lovelace", "ada@example.com", "38"), (ada.Profile.Name, ada.Profile.Email, ada.Profile.Attributes["shoe"]));
        Assert.Equal(["b", "vip"], ada.Profile.Tags.ToArray());
        Assert.True(Assert.Single(ada.Consents).Given);
        Assert.False(Assert.Single(((Signal.Told)taker.Signals[1].Signal).Consents).Given);
        Assert.Contains("email_consent has no proof.", File.ReadAllText(result.Quarantine!));
    }

    [Fact]
    public async Task Progress_ends_at_the_whole_file()
    {
        var seen = new List<ImportProgress>();
        File.WriteAllText(Path.Combine(folder, "p.csv"), "customer,at,amount\n" + string.Concat(Enumerable.Range(0, 2_500).Select(i => $"c{i},2026-01-01,1\n")));

        await CsvImport.Run(Job(ImportKind.Orders, "p.csv", ""), taker.Take, seen.Add, CancellationToken.None);

        Assert.Equal((2_500, seen[^1].TotalBytes), (seen[^1].Rows, seen[^1].Bytes));
        Assert.True(seen.Zip(seen.Skip(1)).All(pair => pair.First.Bytes <= pair.Second.Bytes));
        Assert.Equal([1_000, 1_000, 500], taker.Chunks);
    }

    Task<ImportResult> Orders(string text, string file = "orders.csv", string map = "") => Import(ImportKind.Orders, text, file, map);

    Task<ImportResult> Customers(string text, string map) => Import(ImportKind.Customers, text, "customers.csv", map);

    Task<ImportResult> Import(ImportKind kind, string text, string file, string map)
    {
        File.WriteAllText(Path.Combine(folder, file), text);
        return CsvImport.Run(Job(kind, file, map), taker.Take, _ => { }, CancellationToken.None);
    }

    ImportJob Job(ImportKind kind, string file, string map) => new()
    {
        Kind = kind,
        Path = Path.Combine(folder, file),
        Map = map,
        Playbook = IntakeSamples.Playbook("Europe/Berlin"),
        Clock = new IntakeSamples.Clock(new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero)),
    };

    static async Task<(long Rows, long Taken, long Quarantined)> Counts(Task<ImportResult> import)
    {
        var result = await import;
        return (result.Rows, result.Taken, result.Quarantined);
    }
}

/// <summary>A test of something that only Linux has.</summary>
sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux()) Skip = "There are no named pipes of this kind here.";
    }
}
