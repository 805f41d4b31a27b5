namespace Cvm.Tests;

/// <summary>Two records of one person become one: what is kept, what wins, and what is said of it.</summary>
public sealed class MergeTests
{
    static readonly Playbook Playbook = Some.Playbook(Some.Journey("walk", new("order"), new Step.Wait("rest", Step.Done, new(Some.Lapse("30d")), null)));

    static readonly Dossier Bob = Dossier.For("bob") with { Profile = new() { Name = "Bob", Email = "bob@example.com", Zone = "Europe/Berlin" } };

    static Turn Merge(Dossier into, Dossier from, Playbook? playbook = null) =>
        Kernel.Take(playbook ?? Playbook, into, new Signal.Merged($"merge:{from.Customer}", Some.Now, from, "Kim"), Some.Now);

    static Consent Word(bool given, int day, bool pending = false, DateTimeOffset? confirmed = null) =>
        new(Channel.Email, Purpose.Promotional, given, Some.Now.AddDays(-100 + day), given ? "form" : "link", ConfirmedAt: confirmed, Pending: pending);

    static Dossier With(Dossier dossier, string? email, params Consent[] consents) => dossier with { Profile = dossier.Profile with { Email = email }, Consents = [.. consents] };

    static Consent? After(Dossier into, Dossier from, Playbook? playbook = null) => Merge(into, from, playbook).Dossier.Consents.FirstOrDefault(word => word.Channel == Channel.Email && word.Purpose == Purpose.Promotional);

    [Theory]
    [InlineData("a@x.example", true, 1, "a@x.example", false, 2, false)] // a later no
    [InlineData("a@x.example", true, 2, "a@x.example", false, 1, true)] // a later yes, same address
    [InlineData("a@x.example", true, 2, "A@X.example", false, 1, true)] // the same in any case
    [InlineData("a@x.example", true, 2, "b@x.example", false, 1, false)] // a later yes, another address
    [InlineData("a@x.example", false, 1, "b@x.example", true, 2, false)]
    [InlineData("a@x.example", false, 1, "a@x.example", true, 2, true)]
    [InlineData("a@x.example", true, 1, "a@x.example", false, 1, false)] // of the same moment, no
    [InlineData(null, false, 1, "b@x.example", true, 2, true)] // the gap is filled with the address it was said of
    [InlineData("a@x.example", true, 1, null, false, 2, false)]
    [InlineData("a@x.example", true, 2, null, false, 1, false)]
    public void A_no_outweighs_a_yes_unless_that_is_later_and_of_the_same_address(string? mine, bool iSaid, int myDay, string? theirs, bool theySaid, int theirDay, bool given) =>
        Assert.Equal(given, After(With(Some.Ann, mine, Word(iSaid, myDay)), With(Bob, theirs, Word(theySaid, theirDay)))!.Given);

    [Fact]
    public void A_word_that_only_one_record_has_is_kept()
    {
        Assert.Equal(Word(false, 5), After(With(Some.Ann, "a@x.example"), With(Bob, "b@x.example", Word(false, 5))));
        Assert.Equal(Word(true, 5), After(With(Some.Ann, "a@x.example"), With(Bob, "b@x.example", Word(true, 5))));
        Assert.Equal(Word(true, 5), After(With(Some.Ann, "a@x.example", Word(true, 5)), With(Bob, "b@x.example")));
    }

    [Fact]
    public void What_was_confirmed_of_another_address_is_to_be_confirmed_again_where_the_shop_wants_that()
    {
        var doubly = Playbook with { Policies = Playbook.Policies with { DoubleOptIn = [(Channel.Email, Purpose.Promotional)] } };
        var confirmed = Word(true, 5, confirmed: Some.Now.AddDays(-1));

        Assert.True(After(With(Some.Ann, "a@x.example"), With(Bob, "b@x.example", confirmed), doubly)!.Pending);
        Assert.Equal(confirmed, After(With(Some.Ann, "a@x.example"), With(Bob, "a@x.example", confirmed), doubly));
        Assert.Equal(confirmed, After(With(Some.Ann, "a@x.example", Word(true, 9, pending: true)), With(Bob, "a@x.example", confirmed), doubly));
    }

    [Fact]
    public void Of_two_agreements_the_one_of_the_address_that_is_kept_counts()
    {
        Assert.Equal(Word(true, 1), After(With(Some.Ann, "a@x.example", Word(true, 1)), With(Bob, "b@x.example", Word(true, 9))));
        Assert.Equal(Word(true, 9), After(With(Some.Ann, "a@x.example", Word(true, 1)), With(Bob, "a@x.example", Word(true, 9))));
    }

    [Fact]
    public void Gaps_are_filled_and_what_differs_is_told()
    {
        var into = Dossier.For("ann") with { Profile = new() { Name = "Ann", Email = "ann@example.com", Birthday = new(1970, 1, 1), Tags = ["b"], Attributes = ImmutableSortedDictionary<string, string>.Empty.Add("shoe", "38"), Joined = Some.Now.AddDays(-9) } };
        var from = Bob with { Profile = Bob.Profile with { Phone = "+4915112345678", Birthday = new(1990, 5, 4), Tags = ["a", "b"], Attributes = ImmutableSortedDictionary<string, string>.Empty.Add("shoe", "39").Add("hat", "M"), Joined = Some.Now.AddDays(-99) } };

        var turn = Merge(into, from);

        var profile = turn.Dossier.Profile;
        Assert.Equal(("Ann", "ann@example.com", "+4915112345678", "Europe/Berlin", new Birthday(1990, 5, 4), Some.Now.AddDays(-99)), (profile.Name, profile.Email, profile.Phone, profile.Zone, profile.Birthday!.Value, profile.Joined!.Value));
        Assert.Equal(["a", "b"], profile.Tags.AsEnumerable());
        Assert.Equal(("38", "M"), (profile.Attributes["shoe"], profile.Attributes["hat"]));
        var said = turn.Lines.Select(Sentences.Of).ToList();
        Assert.Equal("Merged with the record bob by Kim", said[0]);
        Assert.Contains("Kept name Ann, not Bob", said);
        Assert.Contains("Kept e-mail address ann@example.com, not bob@example.com", said);
        Assert.Contains("Kept shoe 38, not 39", said);
        Assert.Equal(("bob", "Bob", "bob@example.com"), turn.Dossier.Merged.Select(record => (record.Customer, record.Name, record.Email)).Single());
    }

    [Fact]
    public void Blocks_pauses_and_topics_of_both_stand()
    {
        var into = Some.Ann with { Suppressions = [new(Channel.Email, "ANN@example.com", "bounced", Some.Now)], TopicsOff = ["news"], Holds = [new("customer", Some.Now, Some.Now.AddDays(9), "asked")] };
        var from = Bob with
        {
            Suppressions = [new(Channel.Email, "ann@example.com", "spam", Some.Now), new(Channel.Email, "bob@example.com", "bounced", Some.Now)],
            TopicsOff = ["offers"],
            Holds = [new("customer", Some.Now, null, "asked"), new("walk:bob:1", Some.Now, Some.Now.AddDays(2), "walk")],
        };

        var after = Merge(into, from).Dossier;

        Assert.Equal(["ANN@example.com", "bob@example.com"], after.Suppressions.Select(block => block.Address));
        Assert.Equal(["news", "offers"], after.TopicsOff.AsEnumerable());
        Assert.Equal([("customer", null), ("walk:bob:1", Some.Now.AddDays(2))], after.Holds.Select(hold => (hold.By, hold.Until)));
    }

    [Fact]
    public void A_journey_of_the_other_goes_on_under_its_id_unless_this_one_is_in_it()
    {
        static Enrollment In(string journey, string customer) => new() { Id = $"{journey}:{customer}:1", Journey = journey, Version = 1, Occurrence = "1", EnteredAt = Some.Now.AddDays(-1), EnteredOn = "order", Step = "rest", WakeAt = Some.Now.AddDays(9) };
        static Visits To(string journey, int count) => new(journey, count, Some.Now.AddDays(-1), ["1"]);
        var into = Some.Ann with { Enrollments = [In("walk", "ann")], Visits = [To("walk", 2)] };
        var from = Bob with { Enrollments = [In("walk", "bob"), In("other", "bob")], Visits = [To("walk", 3), To("other", 1)], Holds = [new("walk:bob:1", Some.Now, null, "walk")] };

        var turn = Merge(into, from);

        Assert.Equal(["walk:ann:1", "other:bob:1"], turn.Dossier.Enrollments.Select(e => e.Id));
        Assert.Equal([("walk", 5, "merged"), ("other", 1, null)], turn.Dossier.Visits.Select(v => (v.Journey, v.Count, v.LastOutcome)));
        Assert.Empty(turn.Dossier.Holds);
        Assert.Contains(turn.Lines, line => Sentences.Of(line) == "Finished walk as 'merged': the other record is in this journey too");
    }

    [Fact]
    public void New_cases_count_on_from_the_highest_number_of_both()
    {
        static Case Of(string id, int day) => new() { Id = id, Subject = "x", Severity = "high", OpenedAt = Some.Now.AddDays(day), Level = "agent", DueAt = Some.Now };
        var opening = Some.Playbook(Some.Journey("care", new("complaint"), new Step.Case("open", Step.Done, new CaseStep.Open("x", null, "agent", Some.Lapse("4bh")))));

        var merged = Merge(Some.Ann with { Cases = [Of("ann/5", -9)] }, Bob with { Cases = [Of("bob/1", -1)] }).Dossier;
        var next = Kernel.Take(opening, merged, Some.Complaint(), Some.Now).Dossier;

        Assert.Equal(["bob/1", "ann/5", "ann/6"], next.Cases.Select(known => known.Id));
    }

    [Fact]
    public void The_higher_tier_stands_and_points_of_both_may_lead_higher_still()
    {
        var silver = Bob with { Ledger = Ledger.Empty.Earn(700, new(2028, 1, 31)).Count(Some.Now, 700, 700) with { Tier = "silver" } };

        Assert.Equal("silver", Merge(Some.Ann, silver).Dossier.Ledger.Tier);
        Assert.Equal("gold", Merge(Some.Ann with { Ledger = Ledger.Empty.Earn(900, new(2028, 2, 29)).Count(Some.Now, 900, 900) with { Tier = "silver" } }, silver).Dossier.Ledger.Tier);
    }

    [Fact]
    public void Redemptions_of_one_name_stay_two_and_lapse_both()
    {
        static Ledger Of(long points) => Ledger.Empty.Earn(points, new(2028, 1, 31)).Reserve("cart-1", points / 2, Some.Now, Some.Now.AddMinutes(30));
        var coupon = new Coupon { Code = "TEN", Name = "TEN", Worth = "10%", GivenAt = Some.Now, ValidUntil = Some.Now.AddDays(9), Redemption = "cart-2" };
        var bob = Bob with { Ledger = Of(60).ReserveCoupon("cart-2", "TEN", Some.Now, Some.Now.AddMinutes(30)), Coupons = [coupon] };

        var merged = Merge(Some.Ann with { Ledger = Of(200).Reserve("cart-2", 10, Some.Now, Some.Now.AddMinutes(30)) }, bob).Dossier;
        var later = Kernel.Take(Playbook, merged, new Signal.Woke(Some.Now.AddHours(1)), Some.Now.AddHours(1)).Dossier;

        Assert.Equal(["cart-1", "cart-2", "bob>cart-1", "bob>cart-2"], merged.Ledger.Redemptions.Select(known => known.Id));
        Assert.Equal("bob>cart-2", Assert.Single(merged.Coupons).Redemption);
        Assert.Equal((260, 0, true), (later.Ledger.Balance, later.Ledger.Reserved, later.Ledger.Balances));
        Assert.Null(Assert.Single(later.Coupons).Redemption);
        Assert.All(later.Ledger.Redemptions, known => Assert.Equal(RedemptionState.Lapsed, known.State));
    }

    [Fact]
    public void Who_was_thanked_for_a_friend_is_not_thanked_again_and_nobody_brings_himself()
    {
        static Dossier By(Dossier dossier, string by, bool kept = false) => dossier with { Referral = new(by, Some.Now.AddDays(-9), kept ? Some.Now : null) };

        Assert.Equal("carl", Merge(By(Some.Ann, "dora"), By(Bob, "carl", kept: true)).Dossier.Referral!.By);
        Assert.Equal("dora", Merge(By(Some.Ann, "dora"), By(Bob, "carl")).Dossier.Referral!.By);
        Assert.Null(Merge(By(Some.Ann, "bob"), Bob).Dossier.Referral);
        Assert.Null(Merge(Some.Ann, By(Bob, "ann")).Dossier.Referral);
        Assert.Null(Merge(By(Some.Ann, "dora"), Bob with { Purchases = Bob.Purchases.With(new("o0", Some.Now.AddDays(-90), 20, 0, 0, 0), "Europe/Berlin") }).Dossier.Referral);

        var told = new Signal.Told("t", Some.Now, new(), [], "bob");
        Assert.Null(Kernel.Take(Playbook, Merge(Some.Ann, Bob).Dossier, told, Some.Now).Dossier.Referral);
    }

    [Fact]
    public void What_one_owes_is_paid_from_the_points_of_the_other()
    {
        var owing = Ledger.Empty.Earn(100, new(2028, 1, 31)).Spend(100)!.Reverse("o1", 60, 60, Some.Now, new(2028, 1, 31));

        var joined = owing.Join(Ledger.Empty.Earn(200, new(2028, 2, 29)));

        Assert.Equal((140, 0, 140), (joined.Balance, joined.Owed, joined.Lots.Sum(lot => lot.Left)));
        Assert.True(joined.Balances);
    }

    [Fact]
    public void Nobody_is_called_twice_by_the_same_plan()
    {
        static StaffTask Call(string customer) => new() { Id = $"contact:call:{customer}:1", For = "agent", Do = "Call", At = Some.Now, Kind = TaskKind.Call, Plan = "call" };

        var turn = Merge(Some.Ann with { Tasks = [Call("ann")], Plans = [new("call", 4)] }, Bob with { Tasks = [Call("bob")], Plans = [new("call", 1, Some.Now)] });

        Assert.Equal(["contact:call:ann:1"], turn.Dossier.Tasks.Where(task => task.Open).Select(task => task.Id));
        Assert.Equal(new PlanStanding("call", 4, Some.Now), Assert.Single(turn.Dossier.Plans));
    }

    [Theory]
    [InlineData(OutboxState.Claimed, false)]
    [InlineData(OutboxState.InDoubt, false)]
    [InlineData(OutboxState.Queued, true)]
    public void A_record_closes_only_while_nothing_is_on_its_way(OutboxState state, bool closes)
    {
        var bob = Bob with { Outbox = [new() { Key = "k", Kind = OutboxKind.Email, Purpose = Purpose.Service, Subject = "hello", Journey = "walk", Version = 1, Enrollment = "walk:bob:1", Step = "s", QueuedAt = Some.Now, DueAt = Some.Now, State = state }] };

        var turn = Kernel.Take(Playbook, bob, new Signal.Closed("c", Some.Now, "ann", "Kim"), Some.Now);

        Assert.Equal(closes ? "ann" : null, turn.Dossier.MergedInto);
        Assert.Equal(closes ? Happening.MergedInto : Happening.Ignored, Assert.Single(turn.Lines).What);
    }

    [Fact]
    public void A_closed_record_takes_nothing_sends_nothing_and_in_the_end_holds_nothing()
    {
        var bob = Bob with { Outbox = [new() { Key = "k", Kind = OutboxKind.Email, Purpose = Purpose.Service, Subject = "hello", Journey = "walk", Version = 1, Enrollment = "walk:bob:1", Step = "s", QueuedAt = Some.Now, DueAt = Some.Now }] };
        var closed = Kernel.Take(Playbook, bob, new Signal.Closed("c", Some.Now, "ann", "Kim"), Some.Now).Dossier;

        foreach (var signal in new Signal[] { Some.Order("o1", 20), Some.Complaint(), Some.Day(Some.Now), new Signal.Woke(Some.Now), new Signal.Closed("d", Some.Now, "carl", "Kim") })
            Assert.False(Kernel.Take(Playbook, closed, signal, Some.Now).Changed);
        Assert.False(Kernel.Claim(Playbook, closed, "k", true, Some.Now).Changed);

        var over = Kernel.Take(Playbook, closed, new Signal.HandedOver("h", Some.Now), Some.Now).Dossier;
        Assert.Equal(Dossier.For("bob") with { MergedInto = "ann", Lines = closed.Lines }, over);
        Assert.Null(over.DueAt);
    }
}
