namespace Cvm;

/// <summary>A clock that runs while the team works, and stands while the customer is asked.</summary>
public static class SlaClock
{
    /// <summary>The moment a promise made at <paramref name="from"/> falls due, if nothing stops the clock.</summary>
    public static DateTimeOffset Due(DateTimeOffset from, Lapse promised, BusinessHours hours) => promised.After(from, hours.Zone, hours);

    /// <summary>The new due moment of a clock that stood from <paramref name="stopped"/> until <paramref name="now"/>: what was left then is left now.
    /// What had been due before stays so.</summary>
    public static DateTimeOffset Resumed(DateTimeOffset due, DateTimeOffset stopped, DateTimeOffset now, BusinessHours hours) =>
        due <= stopped || now <= stopped ? due : hours.After(now, hours.Between(stopped, due));

    /// <summary>Time of work left; negative by what it is overdue. A clock that stands shows what was left when it stopped.</summary>
    public static TimeSpan Left(DateTimeOffset due, DateTimeOffset now, DateTimeOffset? standsSince, BusinessHours hours)
    {
        var at = standsSince < now ? standsSince.Value : now;
        return at <= due ? hours.Between(at, due) : -hours.Between(due, at);
    }

    /// <summary>Time of work used since <paramref name="from"/>, less what the clock stood.</summary>
    public static TimeSpan Used(DateTimeOffset from, DateTimeOffset now, DateTimeOffset? standsSince, BusinessHours hours) =>
        hours.Between(from, standsSince < now ? standsSince.Value : now);

    /// <summary>Clocks of a case that begin now at this level.</summary>
    public static Case Started(Case work, SlaRow promised, ServiceTeam team, string level, DateTimeOffset now)
    {
        var (respondBy, resolveBy) = (Due(now, promised.FirstResponse, team.Hours), Due(now, promised.Resolve, team.Hours));
        var rung = team.Rung(level);
        var due = rung > 0 ? Due(now, promised.OfRung(rung), team.Hours) : Earlier(respondBy, resolveBy);
        return work with
        {
            Level = level,
            Team = team.Name,
            RespondBy = respondBy,
            ResolveBy = resolveBy,
            FirstResponseAt = null,
            WaitingSince = null,
            DueAt = due,
            AlarmAt = team.Above(level) is null ? null : due,
        };
    }

    /// <summary>The case after it went up to this level.</summary>
    public static Case Climbed(Case work, SlaRow promised, ServiceTeam team, string level, DateTimeOffset now)
    {
        var due = Due(work.WaitingSince ?? now, promised.OfRung(team.Rung(level)), team.Hours);
        return work with
        {
            Level = level,
            DueAt = due,
            AlarmAt = work.ResolveBy is null || work.WaitingSince is not null || team.Above(level) is null ? null : due,
            Escalations = work.Escalations + 1,
        };
    }

    /// <summary>The case after the customer heard from a person: what is left to do is to resolve it.</summary>
    public static Case Responded(Case work, DateTimeOffset at)
    {
        if (work.FirstResponseAt is not null) return work;
        var due = work.ResolveBy is { } resolveBy && resolveBy > work.DueAt ? resolveBy : work.DueAt;
        return work with { FirstResponseAt = at, DueAt = due, AlarmAt = work.AlarmAt is null ? null : due };
    }

    /// <summary>The case with all clocks stopped.</summary>
    public static Case Stopped(Case work, DateTimeOffset at) => work.WaitingSince is not null ? work : work with { WaitingSince = at, AlarmAt = null };

    /// <summary>The case with all clocks running again.</summary>
    public static Case Resumed(Case work, ServiceTeam team, DateTimeOffset now)
    {
        if (work.WaitingSince is not { } stopped) return work;

        DateTimeOffset? Moved(DateTimeOffset? due) => due is { } moment ? Resumed(moment, stopped, now, team.Hours) : null;
        var due = Resumed(work.DueAt, stopped, now, team.Hours);
        return work with
        {
            WaitingSince = null,
            RespondBy = Moved(work.RespondBy),
            ResolveBy = Moved(work.ResolveBy),
            DueAt = due,
            AlarmAt = work.ResolveBy is null || team.Above(work.Level) is null ? null : due,
        };
    }

    /// <summary>The clock that runs out next.</summary>
    public static DateTimeOffset Next(Case work) => work is { FirstResponseAt: null, RespondBy: { } respondBy } && respondBy < work.DueAt ? respondBy : work.DueAt;

    static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
