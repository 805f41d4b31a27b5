namespace Cvm.Tests;

/// <summary>What a pause or an outage held up does not go out in one blast.</summary>
public sealed class SpreadTests
{
    const int People = 1_500;

    static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    // Ordered at ten; the letter is due at ten the next day.
    static readonly Journey Letter = Some.Journey("letter", new("order"), new Step.Wait("rest", 1, new(Some.Lapse("1d")), null), new Step.Send("send", Step.Done, Some.Sending("letter", validFor: "4d")));

    static readonly Playbook Running = Some.Playbook(Letter);
    static readonly Playbook Paused = Running with { Pauses = [new(null, Some.Now, "maria")] };

    static readonly DateTimeOffset Due = Some.Now.AddDays(1);

    public static TheoryData<double> Ends => [2, 5.5, 10.8, 12, 13, 30, 37];

    [Theory, MemberData(nameof(Ends))]
    public void After_a_pause_messages_come_spread(double hours)
    {
        var ends = Due.AddHours(hours);

        var went = Play(now => now < ends ? Paused : Running, due => due);

        Assert.All(went, at => Assert.True(at >= ends));
        AssertSpread(went);
    }

    [Theory, MemberData(nameof(Ends))]
    public void After_an_outage_messages_come_spread(double hours)
    {
        var ends = Due.AddHours(hours);

        var went = Play(_ => Running, due => due < ends ? ends.AddSeconds(due.Ticks % 60) : due);

        AssertSpread(went);
    }

    [Fact]
    public void A_message_that_is_on_time_waits_for_nobody()
    {
        var went = Play(_ => Running, due => due.AddSeconds(30));

        Assert.All(went, at => Assert.Equal(Due.AddSeconds(30), at));
    }

    [Fact]
    public void A_message_whose_time_runs_out_during_a_pause_is_skipped_and_says_why()
    {
        var ann = Kernel.Take(Running, Some.Ann, Some.Order("o1", 50), Some.Now).Dossier;
        var lines = new List<Line>();

        while (ann.DueAt is { } due)
        {
            var turn = Kernel.Take(Paused, ann, new Signal.Woke(due), due);
            (ann, _) = (turn.Dossier, 0);
            lines.AddRange(turn.Lines);
        }

        Assert.Equal(Permission.Paused, Assert.Single(lines, line => line.What == Happening.Shifted).Because);
        Assert.Single(lines, line => line.What == Happening.Skipped);
    }

    static List<DateTimeOffset> Play(Func<DateTimeOffset, Playbook> playbook, Func<DateTimeOffset, DateTimeOffset> wakes)
    {
        var went = new List<DateTimeOffset>();

        for (var i = 0; i < People; i++)
        {
            var dossier = Kernel.Take(Running, Some.Ann with { Customer = $"c{i}" }, Some.Order($"o{i}", 50), Some.Now).Dossier;
            while (dossier.Outbox.IsEmpty && dossier.DueAt is { } due)
            {
                var now = wakes(due);
                dossier = Kernel.Take(playbook(now), dossier, new Signal.Woke(now), now).Dossier;
            }

            went.Add(Assert.Single(dossier.Outbox).QueuedAt);
            Assert.Null(Permission.Check(Running, dossier with { RecentSends = [] }, Channel.Email, Purpose.Promotional, went[^1]).Rule);
        }

        return went;
    }

    // Evenly over two hours would be one twelfth within ten minutes.
    static void AssertSpread(List<DateTimeOffset> went)
    {
        went.Sort();
        for (var (first, last) = (0, 0); last < went.Count; last++)
        {
            while (went[last] - went[first] > Window) first++;
            Assert.True(last - first + 1 <= People / 5, $"{last - first + 1} of {People} within ten minutes of {went[last]:u}");
        }
    }
}
