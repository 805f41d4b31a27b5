using System.Collections.Immutable;
using Cvm.Engine;

namespace Cvm.Web;

/// <summary>A way out of the house by which nothing goes for now, and how many messages wait for it.</summary>
/// <param name="More">Whether more wait than were counted.</param>
public sealed record Blockage(ImmutableArray<OutboxKind> Kinds, SenderState State, int Waiting, bool More)
{
    // A provider that asks for a moment's patience is no news.
    static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);

    const int MostCounted = 1_000;

    /// <summary>What a person should know of: a provider that does not work, or asked for a pause that can be felt.</summary>
    public static async Task<ImmutableArray<Blockage>> Of(IReadOnlyDictionary<OutboxKind, ISender> senders, IRecords records, DateTimeOffset now, CancellationToken stop)
    {
        var shut = GuardedSender.Shut(senders).Where(one => one.State.FailingSince is not null || one.State.NextTry > now + Moment).ToList();
        if (shut.Count == 0) return [];

        var waiting = await records.Outbox(OutboxState.Queued, MostCounted + 1, stop);
        return [.. shut.Select(one => new Blockage([.. one.Kinds], one.State, waiting.Take(MostCounted).Count(entry => one.Kinds.Contains(entry.Entry.Kind)), waiting.Count > MostCounted))];
    }

    public string What => Kinds switch
    {
        [var only] => Words.Name(only),
        [OutboxKind.Email, OutboxKind.Staff] => T("E-mail and notes to the team"),
        _ => string.Join(", ", Kinds.Select(Words.Name)),
    };

    /// <summary>Such as "has not got through since 10:12".</summary>
    public string Since(string zone, DateTimeOffset now) => State.FailingSince is { } since ? T("nothing has gone through since {0}", Words.Shortly(since, zone, now)) : T("the provider asked for a pause");

    /// <summary>Such as "1,204 messages wait; next try at 10:20".</summary>
    public string Outlook(string zone, DateTimeOffset now) =>
        (More ? T("More than ") : "") + Words.Count(Waiting, "message waits", "messages wait")
        + (State.NextTry > now ? T("; next try at {0}.", Words.Shortly(State.NextTry.Value, zone, now)) : T("; next try now."));
}
