namespace Cvm.Tests.Service;

/// <summary>The clocks of cases against a plain reading, minute by minute, over weeks, holidays, zones and clock changes. A failure names its seed.</summary>
public sealed class SlaClockTests
{
    const int Rounds = 300;

    static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai", "America/St_Johns", "Africa/Cairo", "Asia/Kathmandu", "UTC"];

    // Around both clock changes of each half of the world.
    static readonly DateTimeOffset[] Turns = [new(2027, 3, 12, 0, 0, 0, TimeSpan.Zero), new(2027, 3, 26, 0, 0, 0, TimeSpan.Zero), new(2027, 10, 1, 0, 0, 0, TimeSpan.Zero), new(2027, 10, 29, 0, 0, 0, TimeSpan.Zero), new(2027, 12, 20, 0, 0, 0, TimeSpan.Zero)];

    sealed record Trial(BusinessHours Hours, DateTimeOffset From, DateTimeOffset To)
    {
        public static Trial Of(int seed)
        {
            var random = new Random(seed);
            var holidays = Enumerable.Range(0, random.Next(4)).Select(_ => new DateOnly(2027, 12, 20).AddDays(random.Next(14)));
            var hours = new BusinessHours(Zones[random.Next(Zones.Length)], [.. Enumerable.Range(0, 7).Select(day => day == 3 || random.Next(3) > 0 ? Opening(random) : (OpeningHours?)null)], [.. holidays]);
            var from = Turns[random.Next(Turns.Length)].AddMinutes(random.Next(7 * 1440));
            return new(hours, from, from.AddMinutes(random.Next(9 * 1440)));
        }

        static OpeningHours Opening(Random random)
        {
            var open = random.Next(6 * 60, 14 * 60);
            return new(new TimeOnly(0, 0).AddMinutes(open), new TimeOnly(0, 0).AddMinutes(open + random.Next(1, 8 * 60)));
        }
    }

    static IEnumerable<(int Seed, Trial Trial)> Trials(int rounds = Rounds) => Enumerable.Range(0, rounds).Select(seed => (seed, Trial.Of(seed)));

    // As somebody with a wall clock would count.
    static TimeSpan Counted(BusinessHours hours, DateTimeOffset from, DateTimeOffset to)
    {
        var minutes = 0;
        for (var at = from; at < to; at = at.AddMinutes(1))
        {
            var wall = LocalTimes.In(hours.Zone, at);
            var day = DateOnly.FromDateTime(wall.DateTime);
            if (!hours.Holidays.Contains(day) && hours.Week[(int)day.DayOfWeek] is { } open && TimeOnly.FromDateTime(wall.DateTime) >= open.Open && TimeOnly.FromDateTime(wall.DateTime) < open.Close) minutes++;
        }

        return TimeSpan.FromMinutes(minutes);
    }

    [Fact]
    public void Work_between_two_moments_is_what_a_wall_clock_counts()
    {
        foreach (var (seed, (hours, from, to)) in Trials())
            Assert.True(Counted(hours, from, to) == hours.Between(from, to), $"seed {seed}: {hours.Between(from, to)} in {hours.Zone} from {from:u} to {to:u}, but {Counted(hours, from, to)} by the minute");
    }

    [Fact]
    public void After_so_much_work_so_much_has_been_worked()
    {
        foreach (var (seed, (hours, from, to)) in Trials(2_000))
        {
            var work = hours.Between(from, to);
            var after = hours.After(from, work);

            Assert.True(hours.Between(from, after) == work, $"seed {seed}: {work} is over at {after:u}, when {hours.Between(from, after)} have been worked");
            Assert.True(work == TimeSpan.Zero || after <= to, $"seed {seed}: {after:u} is later than {to:u}");
        }
    }

    [Fact]
    public void Work_adds_up_over_any_split_and_never_runs_back()
    {
        foreach (var (seed, (hours, from, to)) in Trials(2_000))
        {
            var middle = from + (to - from) * new Random(-seed).NextDouble();

            Assert.True(hours.Between(from, middle) + hours.Between(middle, to) == hours.Between(from, to), $"seed {seed}: split at {middle:u}");
            Assert.True(hours.Between(from, middle) <= hours.Between(from, to) && hours.Between(to, from) == TimeSpan.Zero, $"seed {seed}");
        }
    }

    [Fact]
    public void A_clock_that_stood_has_left_what_it_had()
    {
        foreach (var (seed, (hours, from, to)) in Trials(2_000))
        {
            var random = new Random(~seed);
            var due = SlaClock.Due(from, new(random.Next(1, 20), "bh"), hours);
            var stopped = from + (to - from) * random.NextDouble();
            var again = stopped.AddMinutes(random.Next(5_000));
            var moved = SlaClock.Resumed(due, stopped, again, hours);

            Assert.True(SlaClock.Left(due, again, stopped, hours) == SlaClock.Left(due, stopped, null, hours), $"seed {seed}: it ran while it stood");
            if (due > stopped) Assert.True(SlaClock.Left(moved, again, null, hours) == SlaClock.Left(due, stopped, null, hours), $"seed {seed}: due {due:u}, stopped {stopped:u}, again {again:u}, moved to {moved:u}");
            else Assert.Equal(due, moved);
            Assert.True(SlaClock.Resumed(due, stopped, stopped, hours) == due, $"seed {seed}: a stop of no time moved it");
            Assert.True(moved >= due || due <= stopped, $"seed {seed}: it is due earlier than before");
        }
    }

    [Fact]
    public void However_often_it_stands_it_runs_the_time_that_was_promised()
    {
        foreach (var (seed, (hours, from, _)) in Trials(500))
        {
            var random = new Random(seed * 31);
            var due = SlaClock.Due(from, new(12, "bh"), hours);
            var (at, ran) = (from, TimeSpan.Zero);
            for (var stops = 0; stops < 5; stops++)
            {
                var stopped = at.AddMinutes(random.Next(2_000));
                if (stopped >= due) break;
                ran += hours.Between(at, stopped);
                at = stopped.AddMinutes(random.Next(4_000));
                due = SlaClock.Resumed(due, stopped, at, hours);
            }

            Assert.True(ran + hours.Between(at, due) == TimeSpan.FromHours(12), $"seed {seed}: it ran {ran + hours.Between(at, due)}");
        }
    }

    [Fact]
    public void What_is_overdue_grows_by_what_is_worked()
    {
        var hours = BusinessHours.Default with { Zone = "Europe/Berlin" };
        var friday = new DateTimeOffset(2027, 3, 5, 15, 0, 0, TimeSpan.Zero); // 16:00 there

        Assert.Equal(TimeSpan.FromHours(-1), SlaClock.Left(friday, friday.AddHours(1), null, hours));
        Assert.Equal(TimeSpan.FromHours(-1), SlaClock.Left(friday, friday.AddDays(2), null, hours));
        Assert.Equal(TimeSpan.FromHours(-2), SlaClock.Left(friday, new(2027, 3, 8, 9, 0, 0, TimeSpan.Zero), null, hours));
        Assert.Equal(TimeSpan.FromHours(1), SlaClock.Used(friday, friday.AddDays(3), friday.AddDays(1), hours));
    }
}
