using System.Collections.Immutable;
using System.Text;
using Cvm.Engine;

namespace Cvm.Tests;

public sealed class JsonIntakeTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    static readonly ImmutableSortedDictionary<string, Survey> Surveys = ImmutableSortedDictionary<string, Survey>.Empty
        .Add("after-purchase", new("after-purchase", SurveyKind.Csat, "how-was-it", 2) { Reasons = [new("delivery", ImmutableSortedDictionary<string, string>.Empty), new("price", ImmutableSortedDictionary<string, string>.Empty)] });

    [Fact]
    public void An_order_becomes_a_signal_named_after_its_id()
    {
        var arrival = Read(IntakeKind.Order, """{"id":"o1","customer":"c1","at":"2026-03-01T10:00:00+02:00","amount":49.90,"coupon":"BACK10","currency":"eur","items":[{"sku":"a","quantity":1,"price":49.9}]}""");

        Assert.Empty(arrival.Problems);
        Assert.Equal("c1", arrival.Customer);
        var order = Assert.IsType<Signal.Ordered>(arrival.Signal);
        Assert.Equal([new OrderItem("a", 1, 49.9m)], order.Items.ToArray());
        Assert.Equal(new Signal.Ordered("order:o1", new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero), "o1", 49.90m, "BACK10") { Items = order.Items, Product = "a" }, order);
    }

    [Fact]
    public void A_refund_a_reply_and_a_complaint_become_signals()
    {
        Assert.Equal(
            new Signal.Refunded("refund:r1", new(2026, 3, 5, 9, 30, 0, TimeSpan.Zero), "o1", 10m),
            Read(IntakeKind.Refund, Contracts.Refund.Example).Signal);
        Assert.Equal(
            new Signal.Answered("survey-reply:s1", new(2026, 3, 4, 18, 0, 0, TimeSpan.Zero), "after-purchase", 4, "Quick and friendly.") { Product = "earl-grey", By = "Maria, at the till" },
            Read(IntakeKind.SurveyReply, Contracts.SurveyReply.Example).Signal);
        Assert.Equal(
            new Signal.Complained("complaint:k1", new(2026, 3, 4, 18, 0, 0, TimeSpan.Zero), "The parcel came open.", "high"),
            Read(IntakeKind.Complaint, Contracts.Complaint.Example).Signal);
        Assert.Equal("normal", ((Signal.Complained)Read(IntakeKind.Complaint, """{"id":"k","customer":"c","text":"x","at":"2026-03-01"}""").Signal!).Severity);
    }

    [Fact]
    public void A_customer_is_told_trimmed_and_in_one_spelling()
    {
        var arrival = Read(IntakeKind.Customer, """
            {"id":" c1 ","name":"  Zoe\u0308 ","email":"zoe@example.com","phone":"+44 20 7946-0000","birthday":"--02-29","zone":"Europe/London",
             "locale":"ZH-hant-tw","country":"gb","joined":"2026-01-05","tags":["vip","b","vip"],"attributes":{"shoe":"38"},
             "consents":[{"channel":"sms","purpose":"service","given":false,"at":"2026-03-01T10:00:00Z","source":"call"}],"signal":"n7","at":"2026-03-02T00:00:00Z"}
            """);

        var told = Assert.IsType<Signal.Told>(arrival.Signal);
        Assert.Equal(("c1", "customer:n7", new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero)), (arrival.Customer, told.Id, told.At));
        Assert.Equal(("Zo\u00EB", "+442079460000", "zh-Hant-TW", "GB"), (told.Profile.Name, told.Profile.Phone, told.Profile.Locale, told.Profile.Country));
        Assert.Equal(new Birthday(null, 2, 29), told.Profile.Birthday);
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero), told.Profile.Joined);
        Assert.Equal(["b", "vip"], told.Profile.Tags.ToArray());
        Assert.Equal("38", told.Profile.Attributes["shoe"]);
        Assert.Equal([new Consent(Channel.Sms, Purpose.Service, false, new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero), "call")], told.Consents.ToArray());
    }

    [Fact]
    public void A_customer_without_a_signal_is_named_after_the_content_whatever_its_order_and_spacing()
    {
        var one = Read(IntakeKind.Customer, """{"id":"c1","name":"Ada","tags":["a","b"]}""").Signal!.Id;
        var again = Read(IntakeKind.Customer, """{ "tags":["b","a"], "name":" Ada ", "id":"c1", "email":null }""").Signal!.Id;
        var other = Read(IntakeKind.Customer, """{"id":"c1","name":"Bea","tags":["a","b"]}""").Signal!.Id;
        var somebody = Read(IntakeKind.Customer, """{"id":"c2","name":"Ada","tags":["a","b"]}""").Signal!.Id;

        Assert.Equal(one, again);
        Assert.Equal(3, new HashSet<string> { one, other, somebody }.Count);
        Assert.Equal("customer:", one[..9]);
    }

    [Theory]
    [InlineData(IntakeKind.Customer), InlineData(IntakeKind.Order), InlineData(IntakeKind.Refund), InlineData(IntakeKind.SurveyReply), InlineData(IntakeKind.Complaint)]
    public void The_example_of_every_contract_is_accepted(IntakeKind kind) => Assert.Empty(Read(kind, Contracts.Of(kind).Example).Problems);

    [Theory]
    [InlineData(IntakeKind.Customer), InlineData(IntakeKind.Order), InlineData(IntakeKind.Refund), InlineData(IntakeKind.SurveyReply), InlineData(IntakeKind.Complaint)]
    public void Every_member_of_a_contract_is_read_and_every_required_one_is_missed(IntakeKind kind)
    {
        var contract = Contracts.Of(kind);

        var wrong = Read(kind, $"{{{string.Join(",", contract.Members.Select(member => $"\"{member.Name}\":{(member.Type == MemberType.Truth ? "1" : "true")}"))}}}");
        var empty = Read(kind, "{}");

        Assert.Equal(contract.Members.Select(member => member.Name), wrong.Problems.Select(problem => problem.Field));
        Assert.Equal(contract.Members.Where(member => member.Required).Select(member => member.Name), empty.Problems.Select(problem => problem.Field));
    }

    [Fact]
    public void All_problems_are_told_at_once_with_their_paths()
    {
        var arrival = Read(IntakeKind.Customer, """
            {"nmae":"x","email":"a@b","phone":"020","birthday":"1992-02-30","zone":"Europe/Berln","locale":"zh_CN","country":"UK",
             "consents":[{"channel":"email","purpose":"promo","at":"2026-03-01T10:00","sorce":"x"}],"attributes":{"size":5},"tags":["ok",7]}
            """);

        Assert.Null(arrival.Signal);
        Assert.Equal(
        [
            "nmae is no member of a customer. Did you mean 'name'?",
            "email is not an e-mail address: 'a@b'. Write it like ada@example.com.",
            "phone is not an international phone number: '020'. Write + and the country code first, such as +442079460000.",
            "birthday is not a birthday: '1992-02-30'. Write 1992-02-29, --02-29 or lunar:1990-08-15.",
            "zone is not an IANA time zone: 'Europe/Berln'. Did you mean 'Europe/Berlin'?",
            "locale is not a language tag: 'zh_CN'. Write zh-CN.",
            "country is not an ISO 3166-1 alpha-2 code: 'UK'. Write GB.",
            "consents[0].purpose is 'promo'. Known: promotional, service, transactional.",
            "consents[0].at has no offset, so nobody knows which hour it was. Add an offset such as Z or +02:00.",
            "consents[0].sorce is no member of a consent. Did you mean 'source'?",
            "consents[0].source is missing. Every consent needs it.",
            "attributes.size must be a text. Write it in quotes.",
            "tags[1] must be a text. Write it in quotes.",
            "id is missing. Every customer needs it.",
        ], arrival.Problems.Select(problem => problem.ToString()));
    }

    [Theory]
    [InlineData("\"amount\":-1", "amount is less than 0.")]
    [InlineData("\"amount\":1000000000", "amount is a billion or more.")]
    [InlineData("\"amount\":1e400", "amount must be a number.")]
    [InlineData("\"amount\":\"12.50\"", "amount must be a number.")]
    [InlineData("\"amount\":1,\"amount\":2", "amount stands here twice.")]
    [InlineData("\"amount\":1,\"currency\":\"USD\"", "currency is 'USD', the shop's is EUR.")]
    [InlineData("\"amount\":1,\"coupon\":\"a\\u0000b\"", "coupon holds a control character.")]
    [InlineData("\"amount\":1,\"coupon\":\"\\ud800\"", "coupon holds half a character.")]
    [InlineData("\"amount\":1,\"coupon\":\" \"", "coupon is empty.")]
    [InlineData("\"amount\":1,\"items\":[{\"sku\":\"a\",\"quantity\":0,\"price\":1}]", "items[0].quantity is not more than 0.")]
    [InlineData("\"amount\":1,\"items\":[3]", "items[0] must be an object.")]
    public void Wrong_values_are_refused(string members, string expected)
    {
        var arrival = Read(IntakeKind.Order, $$"""{"id":"o1","customer":"c1","at":"2026-03-01",{{members}}}""");

        var problem = Assert.Single(arrival.Problems);
        Assert.Equal(expected, $"{problem.Field} {problem.What}");
        Assert.NotEqual("", problem.Fix);
    }

    [Theory]
    [InlineData("2026-03-01", "2026-03-01T12:00:00Z")]
    [InlineData("2026-03-01T10:00Z", "2026-03-01T10:00:00Z")]
    [InlineData("2026-03-01 10:00:00.1234567+0530", "2026-03-01T04:30:00.1234567Z")]
    [InlineData("20260301T10:00:00-08", "2026-03-01T18:00:00Z")]
    [InlineData("2026-03-11T11:59:00Z", "2026-03-11T11:59:00Z")]
    public void Moments_are_read(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected), OrderAt(text).Signal!.At);

    [Theory]
    [InlineData("2026-02-29T10:00:00Z"), InlineData("2026-03-01T24:00:00Z"), InlineData("2026-03-01T10:00:00"), InlineData("2026-03-01T10:00:00+25:00")]
    [InlineData("2026-03-11T12:01:00Z"), InlineData("1899-12-31T00:00:00Z"), InlineData("03/04/2026"), InlineData("0001-01-01T00:00:00+14:00"), InlineData("9999-12-31")]
    [InlineData("now"), InlineData(""), InlineData("2026-03-01T10:00:00Zx"), InlineData("2026-13-01"), InlineData("2026-3-1"), InlineData("2026-03-01T10"), InlineData("1767225600")]
    public void Other_moments_are_refused_with_a_way_to_mend_them(string text)
    {
        var problem = Assert.Single(OrderAt(text).Problems);

        Assert.Equal("at", problem.Field);
        Assert.NotEqual("", problem.Fix);
    }

    [Fact]
    public void A_score_off_the_scale_and_an_unknown_survey_are_refused()
    {
        var off = Read(IntakeKind.SurveyReply, """{"id":"s","customer":"c","survey":"after-purchase","score":6,"at":"2026-03-01"}""");
        var unknown = Read(IntakeKind.SurveyReply, """{"id":"s","customer":"c","survey":"after-purchas","score":6,"at":"2026-03-01"}""");

        Assert.Equal("score is 6, off the scale of 'after-purchase'. It runs from 1 to 5.", Assert.Single(off.Problems).ToString());
        Assert.Equal("survey is not in the playbook: 'after-purchas'. Did you mean 'after-purchase'?", Assert.Single(unknown.Problems).ToString());
    }

    [Theory]
    [InlineData("", "line 1, byte 1"), InlineData("{\"id\":", "line 1, byte 7"), InlineData("{\n \"id\" 3}", "line 2, byte 7"), InlineData("{} {}", "line 1, byte 4"), InlineData("[]", "not an object"), InlineData("{\"id\":tru}", "line 1, byte")]
    public void What_is_not_json_is_refused_with_its_place(string json, string place)
    {
        var problem = Assert.Single(Read(IntakeKind.Order, json).Problems);

        Assert.Equal("", problem.Field);
        Assert.Contains(place, problem.What);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        byte[] json = [.. "{\"id\":\""u8, 0xE4, .. "\"}"u8];

        Assert.Equal("is not UTF-8.", Assert.Single(Intake().Read(IntakeKind.Order, json).Problems).What);
    }

    [Fact]
    public void Problems_are_limited_in_number()
    {
        var many = string.Join(",", Enumerable.Range(0, 1_000).Select(i => $"\"x{i}\":1"));

        Assert.Equal(20, Read(IntakeKind.Order, $"{{{many}}}").Problems.Count);
    }

    [Fact]
    public void Money_is_kept_to_the_cent()
    {
        Assert.Equal(0.13m, ((Signal.Ordered)Read(IntakeKind.Order, """{"id":"o","customer":"c","at":"2026-03-01","amount":0.125}""").Signal!).Amount);
        Assert.Equal("amount is not more than 0.", string.Join(' ', Read(IntakeKind.Refund, """{"id":"r","order":"o","customer":"c","at":"2026-03-01","amount":0.004}""").Problems.Select(p => $"{p.Field} {p.What}")));
    }

    [Fact]
    public void No_text_whatever_makes_the_reader_throw()
    {
        var random = new Random(7);
        var intake = Intake();
        var seeds = Enum.GetValues<IntakeKind>().Select(kind => (Kind: kind, Text: Encoding.UTF8.GetBytes(Contracts.Of(kind).Example))).ToArray();

        for (var i = 0; i < 20_000; i++)
        {
            var (kind, text) = seeds[random.Next(seeds.Length)];
            var damaged = text.ToArray();
            for (var hits = random.Next(1, 4); hits > 0; hits--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);

            var arrival = intake.Read(kind, damaged.AsSpan(0, random.Next(damaged.Length + 1)));

            Assert.True(arrival.Signal is null == arrival.Problems.Count > 0, $"{i}: neither signal nor problem");
        }
    }

    static JsonIntake Intake() => new(new("UTC", "EUR", Surveys, Now));

    static Arrival Read(IntakeKind kind, string json) => Intake().Read(kind, Encoding.UTF8.GetBytes(json));

    static Arrival OrderAt(string at) => Read(IntakeKind.Order, $$"""{"id":"o1","customer":"c1","at":"{{at}}","amount":1}""");
}
