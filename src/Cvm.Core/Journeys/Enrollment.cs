namespace Cvm;

/// <summary>A customer's walk through one journey. Waiting is state: <see cref="WakeAt"/> is the only timer.</summary>
public sealed record Enrollment
{
    /// <summary><c>journey:customer:occurrence</c>.</summary>
    public required string Id { get; init; }

    public required string Journey { get; init; }

    /// <summary>The version it entered with, which it keeps unless somebody moves it.</summary>
    public required int Version { get; init; }

    /// <summary>The version it was in before it was moved last; null where it never was.</summary>
    public int? MovedFrom { get; init; }

    /// <summary>What it is about: the year of a birthday, the name and year of a holiday, else a running number.</summary>
    public required string Occurrence { get; init; }

    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>The trigger that started it.</summary>
    public required string EnteredOn { get; init; }

    /// <summary>Id of the step it stands at; <see cref="Holdout"/> for those held out.</summary>
    public required string Step { get; init; }

    /// <summary>How many steps have been arrived at; part of every effect's key.</summary>
    public int Visit { get; init; }

    public DateTimeOffset ArrivedAt { get; init; }
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>The rule that a message rests for, once it has been said; a pause or an outage that held it up stays noted until it is sent.</summary>
    public string? RestsFor { get; init; }

    /// <summary>For <c>ask</c>: the question is out and the answer awaited.</summary>
    public bool Asked { get; init; }

    /// <summary>Whether the last <c>wait until</c> or <c>ask</c> ended by its event rather than by its time.</summary>
    public bool Happened { get; init; }

    /// <summary>Score of the last answer within this journey.</summary>
    public int? Answer { get; init; }

    public string? Coupon { get; init; }
    public string? Case { get; init; }
    public string? Task { get; init; }

    /// <summary>SKU of what the order was for that started it.</summary>
    public string? Product { get; init; }

    /// <summary>Who of the team has worked on its case or done its task.</summary>
    public string? Agent { get; init; }

    /// <summary>Key of the question whose answer started it, or was heard last: what is added to that answer is heard, too.</summary>
    public string? Heard { get; init; }

    /// <summary>Key of the last message.</summary>
    public string? Message { get; init; }

    /// <summary>What the signal that started it said, in words, for <c>{{reason}}</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>What was done about the issue it is about, in words for the customer.</summary>
    public string? Fix { get; init; }

    /// <summary>A number that the signal carried: amount of the order, score of the answer, points gained.</summary>
    public double? Figure { get; init; }

    /// <summary>The arm taken at each split, by step id.</summary>
    public ImmutableSortedDictionary<string, string> Arms { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether it is this customer's first in its version, by which they are compared: nobody counts twice.</summary>
    public bool Counts { get; init; }

    /// <summary>The place of those whom a holdout keeps without messages, to be measured against.</summary>
    public const string Holdout = "holdout";

    public static string IdOf(string journey, string customer, string occurrence) => $"{journey}:{customer}:{occurrence}";
}

/// <summary>How often and when last a customer entered a journey, and how it ended.</summary>
/// <param name="Occurrences">The last ones, newest last, so that none is kept twice.</param>
public sealed record Visits(
    string Journey, int Count, DateTimeOffset LastEntered, ImmutableArray<string> Occurrences, DateTimeOffset? LastEnded = null, string? LastOutcome = null)
{
    /// <summary>The version in which the customer was last counted for comparison; 0 where in none.</summary>
    public int Counted { get; init; }
}

/// <summary>A window that is still open: what happens in it counts for or against the journey, for members and held out alike.</summary>
/// <param name="Journey">Empty, as <paramref name="Enrollment"/>, for the programme as a whole; <paramref name="Version"/> is then the quarter, such as 20271.</param>
public sealed record GoalWatch(string Enrollment, string Journey, int Version, bool HeldOut, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>What the customer had brought and taken when it began; null where only the goal is looked out for.</summary>
    public Account? Start { get; init; }

    public bool Reached { get; init; }

    /// <summary>The split, and the arm that was taken there; null for the journey itself.</summary>
    public string? Step { get; init; }
    public string? Arm { get; init; }

    public bool OfProgramme => Journey == "";

    /// <summary>As <see cref="Measured.Group"/>.</summary>
    public string Group => Arm is { } arm ? Measured.ArmOf(Step ?? "", arm) : HeldOut ? Measured.HeldOut : Measured.Member;
}
