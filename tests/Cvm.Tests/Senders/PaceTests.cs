using Cvm.Engine;

namespace Cvm.Tests.Senders;

public sealed class PaceTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("10/s", 10, 1)]
    [InlineData("300 / m", 300, 60)]
    [InlineData("5000/h", 5_000, 3_600)]
    [InlineData("500/d", 500, 86_400)]
    public void A_rate_is_written_as_providers_write_it(string text, int most, int seconds)
    {
        Assert.True(Rate.TryParse(text, out var rate));
        Assert.Equal(new Rate(most, TimeSpan.FromSeconds(seconds)), rate);
        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), rate.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("0/s")]
    [InlineData("-1/s")]
    [InlineData("1e9/s")]
    [InlineData("100001/s")]
    [InlineData("10/w")]
    [InlineData("10/s/s")]
    public void What_is_no_rate_is_none(string text) => Assert.False(Rate.TryParse(text, out _));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Never_more_in_any_span_than_allowed_and_no_less_while_somebody_waits(int seed)
    {
        var random = new Random(seed);
        var rate = new Rate(random.Next(1, 20), TimeSpan.FromSeconds(random.Next(1, 90)));
        var crowd = new Crowd(rate);

        // They come together, and now and then nobody looks for a while.
        for (var i = 0; i < 400; i++) crowd.Comes(Some.Now + rate.Within * random.NextDouble(), ahead: random.Next(4) == 0);
        crowd.Play(lateness: () => random.Next(20) == 0 ? rate.Within * 3 * random.NextDouble() : TimeSpan.FromMilliseconds(random.Next(3)));

        var gone = crowd.Gone;
        Assert.Equal(400, gone.Count);
        for (var i = rate.Most; i < gone.Count; i++) Assert.True(gone[i] - gone[i - rate.Most] >= rate.Within, $"seed {seed}: {rate} at {gone[i]:O}");
    }

    [Fact]
    public void On_time_a_thousand_take_as_long_as_the_rate_says_and_come_back_once_each()
    {
        var crowd = new Crowd(new(10, Second));

        for (var i = 0; i < 1_000; i++) crowd.Comes(Some.Now, ahead: false);
        crowd.Play(() => TimeSpan.Zero);

        Assert.InRange(crowd.Gone[^1] - Some.Now, TimeSpan.FromSeconds(98), TimeSpan.FromSeconds(101));
        Assert.InRange(crowd.Visits, 1_990, 2_100);
    }

    [Fact]
    public void Whoever_lost_his_place_comes_before_a_thousand_who_have_theirs_to_come()
    {
        var pace = new Pace(new(1, Second));
        pace.Go("a", Some.Now);
        var places = Enumerable.Range(0, 1_000).Select(i => pace.Line($"{i}", ahead: false, Some.Now)).ToList();

        // Somebody was quicker at the first one's time; at the next he has the right.
        Assert.True(pace.HasRoom("quick", places[0]));
        pace.Go("quick", places[0]);
        var second = pace.Line("0", ahead: true, places[0]);

        Assert.Equal(places[1], second);
        Assert.False(pace.HasRoom("1", second));
        Assert.True(pace.HasRoom("0", second));
    }

    [Fact]
    public void A_place_that_nobody_comes_for_is_soon_anybodys()
    {
        var pace = new Pace(new(1, TimeSpan.FromDays(1)));
        pace.Go("a", Some.Now);
        var mine = pace.Line("late", ahead: true, Some.Now);

        Assert.False(pace.HasRoom("b", mine));
        Assert.True(pace.HasRoom("b", mine.AddSeconds(31)));
    }

    [Fact]
    public void A_line_that_went_away_holds_up_nobody()
    {
        var pace = new Pace(new(2, Second));
        for (var i = 0; i < 2; i++) pace.Go("a", Some.Now);
        for (var i = 0; i < 10_000; i++) pace.Line($"{i}", ahead: i % 2 == 0, Some.Now);

        var later = Some.Now.AddHours(3);
        for (var i = 0; i < 2; i++)
        {
            Assert.True(pace.HasRoom("x", later));
            pace.Go("x", later);
        }

        Assert.Equal(later + Second, pace.Line("y", ahead: false, later));
    }

    [Fact]
    public void A_time_to_come_back_is_a_whole_millisecond_and_never_before_there_is_room()
    {
        var pace = new Pace(new(7, Second));
        var now = Some.Now.AddTicks(1);
        for (var i = 0; i < 7; i++) pace.Go("a", now);

        var times = Enumerable.Range(0, 20).Select(i => pace.Line($"{i}", false, now)).ToList();

        Assert.All(times, time => Assert.Equal(0, time.Ticks % TimeSpan.TicksPerMillisecond));
        Assert.True(times[0] >= now + Second);
        Assert.Equal(times.Distinct(), times);
    }

    /// <summary>Those who want to go, served in the order of their times as stores do.</summary>
    sealed class Crowd(Rate rate)
    {
        readonly Pace pace = new(rate);
        readonly PriorityQueue<(string Key, bool Ahead), (DateTimeOffset, int)> waiting = new();

        public List<DateTimeOffset> Gone { get; } = [];

        public int Visits { get; private set; }

        public void Comes(DateTimeOffset at, bool ahead) => waiting.Enqueue(($"{Visits}", ahead), (at, Visits++));

        public void Play(Func<TimeSpan> lateness)
        {
            Visits = 0;
            var now = Some.Now;
            while (waiting.TryDequeue(out var one, out var due))
            {
                if (due.Item1 > now) now = due.Item1 + lateness();
                Visits++;
                Assert.True(Visits < 20_000, "They come back again and again.");

                if (pace.HasRoom(one.Key, now))
                {
                    pace.Go(one.Key, now);
                    Gone.Add(now);
                }
                else
                {
                    var back = pace.Line(one.Key, one.Ahead, now);
                    Assert.True(back > now);
                    waiting.Enqueue((one.Key, true), (back, Visits));
                }
            }
        }
    }
}
