using System.Collections.Immutable;
using Cvm.Engine;

namespace Cvm.Local.Tests.Pages;

/// <summary>A shop made by hand for looking at pages: a few hundred customers in memory, the same in every run.</summary>
sealed partial class SampleRecords : IRecords, IMailbox, IStore, IMemo
{
    public const string Hostile = "<script>alert('x')</script>";
    public const string HostileId = "C0003";
    public const string Rich = "C0001";

    public static DateTimeOffset Now { get; } = new(2027, 3, 14, 15, 40, 0, TimeSpan.Zero);

    static readonly string[] Names =
    [
        "Ada Lovelace", "王小明", Hostile, "Jean-Baptiste Emmanuel Zorg de la Rivière-Montmorency the Third", "", "陈美丽", "Óscar Núñez",
        "Priya Raghunathan", "Tom", "李娜", "Mary-Jane O'Connor", "Çağla Yıldız", "Søren Kierkegaard", "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren",
    ];

    static readonly string[] Zones = ["Europe/Berlin", "Asia/Shanghai", "America/New_York", "Australia/Sydney"];

    readonly SortedDictionary<string, Dossier> dossiers = new(StringComparer.Ordinal);
    readonly List<Mail> mails = [];
    readonly List<(string Customer, OutboxEntry Entry)> outbox = [];
    readonly Dictionary<Tally, long> tallies = [];

    public static SampleRecords Empty => new();

    public static SampleRecords Full
    {
        get
        {
            var records = new SampleRecords();
            for (var i = 1; i <= 260; i++) records.AddCustomer(i);
            records.AddMails();
            records.AddOutbox();
            records.AddTallies();
            records.AddPointTallies();
            records.AddMeasured();
            records.AddMeasureTallies();
            SampleAnswers.AddTo(records.tallies);
            records.Score().GetAwaiter().GetResult();
            return records;
        }
    }

    void AddCustomer(int i)
    {
        var id = $"C{i:D4}";
        var name = Names[(i - 1) % Names.Length];
        var bare = name == "";
        var plain = new Dossier
        {
            Customer = id,
            Profile = bare ? Profile.Unknown : new()
            {
                Name = name,
                Email = i % 5 == 0 ? null : $"customer{i}@example.com",
                Phone = i % 3 == 0 ? $"+4915112345{i:D3}" : null,
                Zone = Zones[i % Zones.Length],
                Locale = i % 2 == 0 ? "zh-CN" : "en",
                Birthday = new(1980 + i % 25, i % 12 + 1, i % 28 + 1),
            },
            Purchases = bare ? Purchases.None : Bought(i),
            Ledger = i % 4 == 0 ? Ledger.Empty : Ledger.Empty.Earn(i * 37, new(2027, 12, 31)) with { Tier = i % 8 == 1 ? "gold" : null },
        };
        dossiers[id] = i is 1 or 3 ? SampleDossier.Enrich(plain) : plain;
    }

    static Purchases Bought(int i)
    {
        var bought = Purchases.None;
        var silent = i > 200 ? 412 : 12;
        if (i % 3 == 1) bought = bought.With(new($"O{i}-first", Now.AddDays(-700), 25), "UTC");
        for (var n = i % 9; n >= 0; n--) bought = bought.With(new($"O{i}-{n}", Now.AddDays(-silent - n * (20 + i % 11)), 19.90m + i % 70 * 3 + n), "UTC");
        return i % 7 == 0 ? bought.WithRefund($"O{i}-0", 10) : bought;
    }

    void AddMails()
    {
        for (var i = 1; i <= 120; i++)
        {
            var customer = $"C{i % 30 + 1:D4}";
            var kind = i % 11 == 0 ? OutboxKind.Webhook : i % 7 == 0 ? OutboxKind.Staff : i % 3 == 0 ? OutboxKind.Sms : OutboxKind.Email;
            mails.Add(new(i, customer, Now.AddHours(i - 121), SampleDossier.Message(kind, customer, i)));
        }
    }

    void AddOutbox()
    {
        for (var i = 0; i < 14; i++)
        {
            var state = i < 2 ? OutboxState.InDoubt : i == 2 ? OutboxState.Claimed : OutboxState.Queued;
            outbox.Add(($"C{i + 1:D4}", new()
            {
                Key = $"win-back:C{i}:1/send/{i}",
                Kind = i % 3 == 1 ? OutboxKind.Sms : OutboxKind.Email,
                Purpose = Purpose.Promotional,
                Subject = "we-miss-you",
                Journey = "win-back",
                Version = 3,
                Enrollment = "e",
                Step = "send-we-miss-you",
                QueuedAt = Now.AddHours(-i * 3 - 1),
                DueAt = state == OutboxState.InDoubt ? null : Now.AddHours(i - 5),
                State = state,
                Attempts = i is 3 or 4 ? 3 : 0,
                LastProblem = i is 3 or 4 ? "The mail server did not answer within 10 seconds" : null,
                ClaimedAt = state == OutboxState.Queued ? null : Now.AddHours(-1),
                ValidUntil = i % 2 == 0 ? Now.AddDays(2) : null,
            }));
        }
    }

    void AddTallies()
    {
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        tallies[new(Tallies.Now, "", "customers", null)] = dossiers.Count;
        tallies[new(Tallies.Now, "", "cases", null)] = 3;
        tallies[new(Tallies.Now, "", "points", null)] = 1_234_567;
        foreach (var (journey, size) in new[] { ("birthday-care", 9), ("complaint-escalation", 4), ("loyalty-rewards", 14), ("win-back", 23) })
        {
            for (var day = 0; day < 70; day++)
            {
                var amount = size + day * 7 % 13 - (day % 7 == 0 ? size : 0);
                if (amount <= 0) continue;
                tallies[new(Tallies.Sent, journey, "e-mail", today.AddDays(-day))] = amount;
                tallies[new(Tallies.Entered, journey, "", today.AddDays(-day))] = amount;
                tallies[new(Tallies.Ended, journey, day % 3 == 0 ? "won-back" : "tried", today.AddDays(-day))] = amount / 2;
                tallies[new(Tallies.Goal, journey, "member", today.AddDays(-day))] = amount / 3;
                tallies[new(Tallies.Happened, "", "orders", today.AddDays(-day))] = 31 + day % 5;
            }

            tallies[new(Tallies.Skipped, journey, "no consent for promotional SMS", today)] = size;
            tallies[new(Tallies.Shifted, journey, "quiet hours", today)] = size * 3;
            tallies[new(Tallies.NotEntered, journey, "already in it", today)] = size * 2;
        }

        tallies[new(Tallies.HeldOut, "win-back", "", today)] = 141;
        tallies[new(Tallies.Goal, "win-back", "held out", today)] = 23;
        tallies[new(Tallies.Failed, "win-back", "mailbox does not exist", today.AddDays(-3))] = 4;
        tallies[new(Tallies.Happened, "", "cases-opened", today)] = 5;
        tallies[new(Tallies.Happened, "", "points-earned", today)] = 45_210;
        foreach (var (step, people) in new[] { ("send-we-miss-you", 12), ("wait-7d", 1204), ("wait-7d-2", 87), ("holdout", 40) }) tallies[new(Tallies.At, "win-back", $"3/{step}", null)] = people;
        tallies[new(Tallies.At, "win-back", "2/wait-7d", null)] = 14;
        tallies[new(Tallies.At, "complaint-escalation", "1/wait-agent", null)] = 3;
    }

    public ValueTask<IReadOnlyList<(long Number, Line Line)>> Timeline(string customer, long before, int most, CancellationToken stop)
    {
        var lines = customer is Rich or HostileId ? SampleDossier.Lines : [];
        return new([.. lines.Select((line, i) => ((long)i + 1, line)).Where(l => l.Item1 < before).OrderByDescending(l => l.Item1).Take(most)]);
    }

    public ValueTask<IReadOnlyList<CustomerRow>> Search(string text, string after, int most, CancellationToken stop) => new([.. dossiers.Values
        .Where(d => string.CompareOrdinal(d.Customer, after) > 0)
        .Where(d => new[] { d.Customer, d.Profile.Name, d.Profile.Email, d.Profile.Phone }.Any(field => field?.Contains(text, StringComparison.OrdinalIgnoreCase) == true))
        .Take(most)
        .Select(d => new CustomerRow(d.Customer, d.Profile.Name, d.Profile.Email, d.Profile.Phone, d.Purchases.Orders, d.Purchases.Net, d.Purchases.Last, d.Ledger.Tier, d.Cases.Any(c => c.Open)))]);

    ValueTask<IReadOnlyList<(Tally Tally, long Count)>> IRecords.Tallies(IReadOnlyCollection<string> kinds, CancellationToken stop) =>
        new([.. tallies.Where(t => kinds.Contains(t.Key.Kind)).Select(t => (t.Key, t.Value))]);

    ValueTask<IReadOnlyList<(Tally Tally, long Count)>> IRecords.Tallies(TallyQuery query, CancellationToken stop) => new(query.Of(tallies));

    public ValueTask<IReadOnlyList<(string Customer, OutboxEntry Entry)>> Outbox(OutboxState? state, int most, CancellationToken stop) =>
        new([.. outbox.Where(e => state is null || e.Entry.State == state).OrderBy(e => e.Entry.QueuedAt).Take(most)]);

    public ValueTask<IReadOnlyList<(string Customer, Case Case)>> OpenCases(int most, CancellationToken stop) =>
        new([.. dossiers.Values.SelectMany(d => d.Cases.Where(c => c.Open).Select(c => (d.Customer, c))).OrderBy(c => c.c.DueAt).Take(most)]);

    public ValueTask<IReadOnlyList<(string Customer, StaffTask Task)>> OpenTasks(int most, CancellationToken stop) =>
        new([.. dossiers.Values.SelectMany(d => d.Tasks.Where(t => t.Open).Select(t => (d.Customer, t))).OrderBy(t => t.t.DueAt ?? DateTimeOffset.MaxValue).Take(most)]);

    public ValueTask<IReadOnlyList<Mail>> Mails(string? customer, long before, int most, CancellationToken stop) =>
        new([.. mails.Where(m => m.Number < before && (customer is null || m.Customer == customer)).OrderByDescending(m => m.Number).Take(most)]);

    public ValueTask<Mail?> Mail(long number, CancellationToken stop) => new(mails.Find(m => m.Number == number));

    public ValueTask<Stored> Load(string customer, string signal, CancellationToken stop) =>
        new(dossiers.TryGetValue(customer, out var dossier) ? new(dossier, 7, false) : new Stored(Dossier.For(customer), 0, false));

    public ValueTask<IReadOnlyList<Landing>> Commit(IReadOnlyList<Change> changes, CancellationToken stop) => throw new NotSupportedException("Pages only read.");

    public ValueTask<IReadOnlyList<(string Customer, DateTimeOffset At)>> Due(DateTimeOffset until, int most, CancellationToken stop) => new([]);

    public ValueTask<IReadOnlyList<(string Customer, string? Zone)>> Page(string after, int most, CancellationToken stop) => new([]);
}
