using System.Globalization;

namespace Cvm.Engine;

/// <summary>Leaves a provider alone that does not work, and lets one message try for all now and then. Not for several threads at once.</summary>
/// <param name="name">Spreads the tries of several senders over time.</param>
sealed class Breaker(string name)
{
    const int FailuresInARow = 5;
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    // Longer than a sender waits for an answer. One that never gets to its sender must not keep the door shut for good.
    static readonly TimeSpan TryLasts = TimeSpan.FromMinutes(2);
    static readonly TimeSpan Glance = TimeSpan.FromSeconds(15);

    int failures, pauses;
    bool trying;

    /// <summary>Since when nothing has gone through, where that is so.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    public string? Why { get; private set; }

    public DateTimeOffset? LastSuccess { get; private set; }

    /// <summary>When the next message may try, where others may not.</summary>
    public DateTimeOffset? NextTry { get; private set; }

    /// <summary>When to come back; null for now, which may be the one try.</summary>
    public DateTimeOffset? ShutUntil(DateTimeOffset now)
    {
        if (NextTry is not { } next) return null;
        if (now < next) return trying ? now + Glance : next;

        (trying, NextTry) = (true, now + TryLasts);
        return null;
    }

    /// <summary>The provider has spoken to the matter, whether or not it took the message.</summary>
    public void Answered() => (failures, pauses, trying, FailingSince, Why, NextTry) = (0, 0, false, null, null, null);

    public void Worked(DateTimeOffset now)
    {
        Answered();
        LastSuccess = now;
    }

    public void Failed(string why, DateTimeOffset now)
    {
        FailingSince ??= now;
        Why = why;
        failures++;

        // Of those handed over before it opened, and only now heard of, none is the try.
        if (NextTry is null ? failures < FailuresInARow : !trying) return;

        pauses++;
        (trying, NextTry) = (false, now + Pause());
    }

    TimeSpan Pause()
    {
        var span = TimeSpan.FromSeconds(Math.Min(FirstPause.TotalSeconds * Math.Pow(2, pauses - 1), LongestPause.TotalSeconds));
        return span * (0.75 + 0.5 * Chance.Of("breaker", name, FailingSince!.Value.ToString("O", CultureInfo.InvariantCulture), pauses.ToString(CultureInfo.InvariantCulture)));
    }
}
