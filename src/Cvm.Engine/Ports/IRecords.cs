namespace Cvm.Engine;

/// <summary>What pages and reports read. Never used to decide.</summary>
public interface IRecords
{
    /// <summary>Newest lines first, numbers below <paramref name="before"/>.</summary>
    ValueTask<IReadOnlyList<(long Number, Line Line)>> Timeline(string customer, long before, int most, CancellationToken stop);

    /// <summary>Customers whose id, name, e-mail or phone holds the text; all where it is empty. In order of id, after one of them.</summary>
    ValueTask<IReadOnlyList<CustomerRow>> Search(string text, string after, int most, CancellationToken stop);

    /// <summary>Customers whose last sweep found these scores, in order of id, after one of them.</summary>
    ValueTask<IReadOnlyList<CustomerRow>> Scored(ScoreFilter which, string after, int most, CancellationToken stop);

    /// <summary>Every tally of these kinds.</summary>
    ValueTask<IReadOnlyList<(Tally Tally, long Count)>> Tallies(IReadOnlyCollection<string> kinds, CancellationToken stop);

    /// <summary>The tallies that a query asks for, and no others: what it costs does not grow with the days that are left out.</summary>
    ValueTask<IReadOnlyList<(Tally Tally, long Count)>> Tallies(TallyQuery query, CancellationToken stop);

    /// <summary>Outbox entries not settled, oldest first; all states where null.</summary>
    ValueTask<IReadOnlyList<(string Customer, OutboxEntry Entry)>> Outbox(OutboxState? state, int most, CancellationToken stop);

    /// <summary>Open cases of all customers, the one due first at the head.</summary>
    ValueTask<IReadOnlyList<(string Customer, Case Case)>> OpenCases(int most, CancellationToken stop);

    /// <summary>Open tasks of all customers, the one due first at the head; those without a time come last.</summary>
    ValueTask<IReadOnlyList<(string Customer, StaffTask Task)>> OpenTasks(int most, CancellationToken stop);
}

/// <summary>One customer in a list.</summary>
public sealed record CustomerRow(
    string Customer, string? Name, string? Email, string? Phone, int Orders, decimal Spent, DateTimeOffset? LastOrder, string? Tier, bool OpenCase)
{
    /// <summary>The customer this record has become part of; null for a customer of their own.</summary>
    public string? MergedInto { get; init; }

    /// <summary>Records that are part of this one: it is found by what they were called, too.</summary>
    public ImmutableArray<MergedRecord> Merged { get; init; } = [];

    public static CustomerRow Of(Dossier dossier) => new(
        dossier.Customer,
        dossier.Profile.Name,
        dossier.Profile.Email,
        dossier.Profile.Phone,
        dossier.Purchases.Orders,
        dossier.Purchases.Net,
        dossier.Purchases.Last,
        dossier.Ledger.Tier,
        dossier.Cases.Any(c => c.Open))
    {
        MergedInto = dossier.MergedInto,
        Merged = dossier.Merged,
    };

    /// <summary>Everything a customer is found by, one to a line.</summary>
    public static string FoundBy(Dossier dossier) => string.Join('\n',
    [
        dossier.Customer, dossier.Profile.Name, dossier.Profile.Email, dossier.Profile.Phone,
        .. dossier.Merged.SelectMany(record => new[] { record.Customer, record.Name, record.Email, record.Phone }).OfType<string>(),
    ]);

    /// <summary>Whether id, name, e-mail or phone holds the text, in any case.</summary>
    public bool Has(string text) => text == "" || Holds(Customer, text) || Holds(Name, text) || Holds(Email, text) || Holds(Phone, text)
        || Merged.Any(record => Holds(record.Customer, text) || Holds(record.Name, text) || Holds(record.Email, text) || Holds(record.Phone, text));

    static bool Holds(string? value, string text) => value?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>Where sent messages can be looked at on the local host.</summary>
public interface IMailbox
{
    /// <summary>Newest first, below a number; one customer's where named.</summary>
    ValueTask<IReadOnlyList<Mail>> Mails(string? customer, long before, int most, CancellationToken stop);

    ValueTask<Mail?> Mail(long number, CancellationToken stop);
}

/// <summary>A message in the mailbox.</summary>
public sealed record Mail(long Number, string Customer, DateTimeOffset At, Outgoing Message);
