namespace Cvm.Engine;

/// <summary>One provider's door: its rate, the pause it asked for, and whether it works.</summary>
/// <param name="name">What is behind it, for people.</param>
sealed class Door(string name, Rate? rate)
{
    static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    readonly Lock one = new();
    readonly Pace pace = new(rate);
    readonly Breaker breaker = new(name);
    DateTimeOffset askedUntil;
    string? asked;

    /// <summary>When to come back; null for now, and then the place is taken.</summary>
    public DateTimeOffset? Admit(string key, bool ahead, DateTimeOffset now)
    {
        lock (one)
        {
            if (now < askedUntil) return pace.Line(key, ahead, askedUntil);
            if (!pace.HasRoom(key, now)) return pace.Line(key, ahead, now);
            if (breaker.ShutUntil(now) is { } until) return pace.Line(key, ahead, until);

            pace.Go(key, now);
            return null;
        }
    }

    /// <summary>What came of one that went through.</summary>
    public void Heard(Delivery delivery, DateTimeOffset now)
    {
        lock (one)
        {
            switch (delivery)
            {
                case Delivery.Accepted: breaker.Worked(now); break;
                case Delivery.Refused or Delivery.TryLater { OnlyThis: true }: breaker.Answered(); break;
                case Delivery.TryLater { After: { Ticks: > 0 } span } later: Pause(later.Reason, span, now); break;
                case Delivery.TryLater later: breaker.Failed(later.Reason, now); break;
                case Delivery.Unknown unknown: breaker.Failed(unknown.Problem, now); break;
            }
        }
    }

    public SenderState State(DateTimeOffset now)
    {
        lock (one)
        {
            if (askedUntil > now) return new(name, null, asked, askedUntil, breaker.LastSuccess);
            return breaker.NextTry is { } next ? new(name, breaker.FailingSince, breaker.Why, next, breaker.LastSuccess) : new(name, null, null, null, breaker.LastSuccess);
        }
    }

    // Who says when to come back is there: its word counts, for everybody.
    void Pause(string reason, TimeSpan span, DateTimeOffset now)
    {
        breaker.Answered();
        var until = now + (span > LongestPause ? LongestPause : span);
        if (until > askedUntil) (askedUntil, asked) = (until, reason);
    }
}
