using System.Collections.Immutable;
using System.Text;
using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>Answers from paper, interviews and the sites of reviews.</summary>
public sealed class SurveyIntakeTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    static readonly ImmutableSortedDictionary<string, string> NoLabels = ImmutableSortedDictionary<string, string>.Empty;

    static readonly Playbook Playbook = IntakeSamples.Playbook("UTC") with
    {
        Surveys = ImmutableSortedDictionary<string, Survey>.Empty
            .Add("after-order", new("after-order", SurveyKind.Csat, "x", 2) { Reasons = [new("delivery", NoLabels), new("price", NoLabels)] })
            .Add("interview", new("interview", SurveyKind.Nps, null, 6))
            .Add("reviews", new("reviews", SurveyKind.Csat, null, 2)),
    };

    readonly string folder = Directory.CreateTempSubdirectory("cvm-surveys-").FullName;
    readonly Taker taker = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    async Task<(ImportResult Result, string Quarantine)> Import(ImportKind kind, string text, Playbook? playbook = null, string map = "")
    {
        var store = new MemoryStore();
        var engine = new CustomerEngine(store, () => new(playbook ?? Playbook, null!, []), new Dictionary<OutboxKind, ISender>(), new IntakeSamples.Clock(Now));
        foreach (var (id, email) in ((string, string)[])[("ann", "ann@example.com"), ("bob", "both@example.com"), ("bea", "Both@example.com")])
            await engine.Take(id, new Signal.Told($"told-{id}", Now, new() { Email = email }, []), default);

        var path = Path.Combine(folder, $"{Guid.NewGuid():N}.csv");
        await File.WriteAllTextAsync(path, text);
        var job = new ImportJob { Kind = kind, Path = path, Map = map, Playbook = playbook ?? Playbook, Clock = new IntakeSamples.Clock(Now), Store = store, People = store };
        var result = await CsvImport.Run(job, taker.Take, _ => { }, default);
        return (result, result.Quarantine is { } file ? await File.ReadAllTextAsync(file) : "");
    }

    Signal.Answered[] Answers => [.. taker.Signals.Select(signal => (Signal.Answered)signal.Signal)];

    [Fact]
    public async Task Answers_from_paper_land_with_all_that_stands_in_them()
    {
        var (result, _) = await Import(ImportKind.Answers, """
            Customer ID,Survey,Score,Date,Comment,Reasons,SKU,Agent,Interviewer
            ann,after-order,2,2026-03-01,"Came late, twice",delivery; price,earl-grey,peter,Maria
            new,interview,10,2026-03-02T09:30:00Z,,,,,

            """);

        Assert.Null(result.Problem);
        Assert.Equal((2, 2, 0), (result.Rows, result.Taken, result.Quarantined));
        Assert.Equal(["ann", "new"], taker.Signals.Select(signal => signal.Customer));
        var first = Answers[0];
        Assert.Equal(("after-order", 2, "Came late, twice", "earl-grey", "peter", "Maria", ""), (first.Survey, first.Score, first.Comment, first.Product, first.Agent, first.By, first.Ask));
        Assert.Equal(["delivery", "price"], first.Reasons.ToArray());
        Assert.Equal((10, new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero), null), (Answers[1].Score, Answers[1].At, Answers[1].Comment));
    }

    [Fact]
    public async Task What_does_not_fit_goes_to_quarantine_with_the_reason()
    {
        var (result, quarantine) = await Import(ImportKind.Answers, """
            customer,survey,score,at,reasons
            ann,after-order,6,2026-03-01,
            ann,after-ordr,4,2026-03-01,
            ann,after-order,4,2026-03-01,delivry
            ann,interview,4,2026-03-01,price
            ann,after-order,four,2026-03-01,
            ,after-order,4,2026-03-01,
            ann,after-order,4,2026-03-01,price

            """);

        Assert.Equal((7, 1, 6), (result.Rows, result.Taken, result.Quarantined));
        Assert.Contains("score is 6, off the scale of 'after-order'. It runs from 1 to 5.", quarantine);
        Assert.Contains("Did you mean 'after-order'?", quarantine);
        Assert.Contains("reasons names 'delivry', which 'after-order' has not. Did you mean 'delivery'?", quarantine);
        Assert.Contains("Add reasons to 'interview' in surveys.yaml, or leave them out.", quarantine);
        Assert.Contains("score is not a whole number: 'four'.", quarantine);
        Assert.Contains("customer is empty.", quarantine);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_an_answer_may_come_by_file_and_by_the_api()
    {
        const string rows = "customer,survey,score,at\nann,after-order,4,2026-03-01\nann,after-order,4,2026-03-01\n";
        await Import(ImportKind.Answers, rows);
        var (again, _) = await Import(ImportKind.Answers, rows);
        await Import(ImportKind.Answers, "id,customer,survey,score,at\ns7,ann,after-order,4,2026-03-01\n");

        Assert.Equal((0, 2), (again.Taken, again.TakenBefore));
        Assert.Equal("survey-reply:s7", Answers[2].Id);
    }

    [Fact]
    public async Task Reviews_find_their_customer_by_id_or_address()
    {
        var (result, quarantine) = await Import(ImportKind.Reviews, """
            id,customer,email,stars,date,review,site,sku
            1,ann,,5,2026-02-01,Lovely,Honest Reviews,oolong
            2,,ANN@example.com,4/5,2026-02-02,,Honest Reviews,
            3,,ann@example.com,★★☆☆☆,2026-02-03,Meh,Honest Reviews,
            3,,ann@example.com,1,2026-02-03,Meh,Other Reviews,
            5,zoe,,4,2026-02-03,,,
            6,,zoe@example.com,4,2026-02-03,,,
            7,,both@example.com,4,2026-02-03,,,
            8,,,4,2026-02-03,,,
            9,ann,,4.5,2026-02-03,,,
            10,ann,,0,2026-02-03,,,
            11,,not an address,5,2026-02-03,,,

            """);

        Assert.Equal([("ann", 5), ("ann", 4), ("ann", 2)], taker.Signals.Take(3).Select(signal => (signal.Customer, ((Signal.Answered)signal.Signal).Score)));
        Assert.Equal(("reviews", "Lovely", "oolong", "Honest Reviews", "review:Honest Reviews:1"), Answers[0] is var one ? (one.Survey, one.Comment, one.Product, one.By, one.Id) : default);
        Assert.Equal((11, 8), (result.Rows, result.Quarantined));
        Assert.Contains("customer is nobody we know: 'zoe'.", quarantine);
        Assert.Contains("email is the address of nobody we know.", quarantine);
        Assert.Contains("email is the address of several customers. Name the customer by id.", quarantine);
        Assert.Contains("customer is empty, and so is the e-mail address.", quarantine);
        Assert.Contains("stars is not a whole number of stars from 1 to 5: '4.5'.", quarantine);
        Assert.Contains("stands in line 4 already, with other content.", quarantine);
    }

    [Theory]
    [InlineData(null, "There is no survey 'reviews' that reviews could be kept as. Add reviews: { kind: csat }.")]
    [InlineData(SurveyKind.Nps, "The survey 'reviews' is not of one to five stars. Write reviews: { kind: csat }.")]
    public async Task Without_a_survey_for_them_reviews_are_told_where_to_go(SurveyKind? kind, string problem)
    {
        var surveys = Playbook.Surveys.Remove("reviews");
        if (kind is { } known) surveys = surveys.Add("reviews", new("reviews", known, null, 2));

        var (result, _) = await Import(ImportKind.Reviews, "customer,rating,date\nann,5,2026-02-01\n", Playbook with { Surveys = surveys });

        Assert.EndsWith(problem, result.Problem!.ToString(), StringComparison.Ordinal);
        Assert.Empty(taker.Signals);
    }

    [Fact]
    public async Task A_review_needs_a_column_that_says_whose_it_is()
    {
        var (result, _) = await Import(ImportKind.Reviews, "rating,date\n5,2026-02-01\n");
        var (mapped, _) = await Import(ImportKind.Reviews, "wer,rating,date\nann@example.com,5,2026-02-01\n", map: "email=wer");

        Assert.Contains("There is no column for customer or email.", result.Problem!.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, mapped.Taken);
    }

    [Fact]
    public void An_answer_over_http_brings_its_reasons_and_wrong_ones_are_told()
    {
        var intake = new JsonIntake(IntakeRules.Of(Playbook, Now));
        Arrival Read(string more) => intake.Read(IntakeKind.SurveyReply, Encoding.UTF8.GetBytes($$"""{"id":"s","customer":"c","survey":"after-order","score":1,"at":"2026-03-01",{{more}}}"""));

        var good = (Signal.Answered)Read("\"reasons\":[\"price\"],\"product\":\"oolong\",\"agent\":\"peter\",\"by\":\"Maria\"").Signal!;
        Assert.Equal(("price", "oolong", "peter", "Maria"), (good.Reasons.Single(), good.Product, good.Agent, good.By));
        Assert.Equal("reasons names 'rice', which 'after-order' has not. Did you mean 'price'?", Assert.Single(Read("\"reasons\":[\"rice\"]").Problems).ToString());
        Assert.Equal("reasons must be a list. Write it in square brackets.", Assert.Single(Read("\"reasons\":\"price\"").Problems).ToString());
        Assert.Contains("has more than 12 entries.", string.Join(' ', Read($"\"reasons\":[{string.Join(',', Enumerable.Repeat("\"price\"", 13))}]").Problems));
    }

    [Fact]
    public void An_order_is_for_its_dearest_position()
    {
        var intake = new JsonIntake(IntakeRules.Of(Playbook, Now));
        var order = (Signal.Ordered)intake.Read(IntakeKind.Order, """{"id":"o","customer":"c","at":"2026-03-01","amount":30,"items":[{"sku":"cup","quantity":1,"price":9},{"sku":"tea","quantity":3,"price":5},{"sku":"tin","quantity":1,"price":6}]}"""u8).Signal!;

        Assert.Equal("tea", order.Product);
    }
}
