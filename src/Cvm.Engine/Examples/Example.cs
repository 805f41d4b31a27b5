namespace Cvm.Engine;

/// <summary>A customer, dated signals, and the days to play: documentation of a journey that is also its test.</summary>
public sealed record Example
{
    public required string Name { get; init; }

    /// <summary>Local days of the customer; the first is played from its beginning, the last to its end.</summary>
    public required DateOnly From { get; init; }

    public required DateOnly Until { get; init; }
    public required string Customer { get; init; }
    public required string Zone { get; init; }
    public required Signal.Told Told { get; init; }

    /// <summary>What happened before: it changes facts and starts nothing.</summary>
    public required ImmutableArray<Signal> History { get; init; }

    public required ImmutableArray<ExampleSignal> Signals { get; init; }

    /// <summary>The journeys that are live; empty for all.</summary>
    public required ImmutableArray<string> Journeys { get; init; }

    /// <summary>The contact plans that are live; none where it says nothing.</summary>
    public ImmutableArray<string> Contacts { get; init; } = [];
}

/// <summary>A signal of an example. Some are known only when their time has come: the newest case, the last message.</summary>
public abstract record ExampleSignal(DateTimeOffset At)
{
    public sealed record Plain(Signal Signal) : ExampleSignal(Signal.At);

    public sealed record OfMessage(string Id, DateTimeOffset At, Report Report, string Template) : ExampleSignal(At);

    public sealed record OfCase(string Id, DateTimeOffset At, CaseWork Work, string By, string? Note, string? To = null, string? Severity = null, string? Number = null) : ExampleSignal(At);

    /// <summary>A tap on an answer in the message that asked last, or what was sent from the page behind it.</summary>
    public sealed record OfAsking(DateTimeOffset At, Signal.Answered Answer, bool Tap) : ExampleSignal(At);

    public sealed record OfTask(DateTimeOffset At, Func<string, Signal> Of) : ExampleSignal(At);
}
