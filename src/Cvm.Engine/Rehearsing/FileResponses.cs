using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cvm.Engine;

/// <summary>What customers are to do in a rehearsal, written down: one JSON object a line, as intake takes them, each with a <c>kind</c> beside its members.</summary>
public sealed class FileResponses : IResponses
{
    static readonly (string Kind, IntakeKind Intake)[] Kinds =
    [
        ("customer", IntakeKind.Customer), ("order", IntakeKind.Order), ("refund", IntakeKind.Refund), ("survey-reply", IntakeKind.SurveyReply), ("complaint", IntakeKind.Complaint),
    ];

    readonly IStore store;
    readonly Dictionary<string, List<Signal>> byCustomer = new(StringComparer.Ordinal);

    FileResponses(IStore store) => this.store = store;

    /// <summary>Reads the lines; what is wrong with any of them, with its number and how to mend it.</summary>
    /// <param name="now">Nothing may lie more than a day after this.</param>
    public static (FileResponses Responses, ImmutableArray<Problem> Problems) Read(string file, IEnumerable<string> lines, Playbook playbook, IStore store, DateTimeOffset now)
    {
        var (made, problems, number) = (new FileResponses(store), ImmutableArray.CreateBuilder<Problem>(), 0);
        var intake = new JsonIntake(IntakeRules.Of(playbook, now));
        foreach (var line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;

            var at = new Where(file, number, 1);
            if (ReadLine(line, intake) is var (arrival, wrong) && wrong is not null) problems.Add(new(at, wrong, $"Write one object a line with a kind of {string.Join(", ", Kinds.Select(kind => kind.Kind))}."));
            else if (arrival.Signal is { } signal) made.Add(arrival.Customer, signal);
            else foreach (var problem in arrival.Problems) problems.Add(new(at, $"{problem.Field} {problem.What}", problem.Fix));
        }

        return (made, problems.ToImmutable());
    }

    static (Arrival Arrival, string? Wrong) ReadLine(string line, JsonIntake intake)
    {
        try
        {
            if (JsonNode.Parse(line) is not JsonObject members || members["kind"] is not JsonValue word || word.GetValueKind() != JsonValueKind.String) return (default, "This line has no kind.");
            var kind = word.GetValue<string>();
            if (Array.FindIndex(Kinds, known => known.Kind == kind) is not (>= 0 and var at)) return (default, $"There is no kind '{kind}'.");
            members.Remove("kind");
            return (intake.Read(Kinds[at].Intake, Encoding.UTF8.GetBytes(members.ToJsonString())), null);
        }
        catch (Exception wrong) when (wrong is JsonException or ArgumentException)
        {
            return (default, "This line is no JSON object.");
        }
    }

    void Add(string customer, Signal signal)
    {
        if (!byCustomer.TryGetValue(customer, out var signals)) byCustomer[customer] = signals = [];
        signals.Add(signal);
    }

    /// <summary>Customers it speaks of.</summary>
    public int Customers => byCustomer.Count;

    /// <inheritdoc/>
    public ValueTask<Dossier> Before(Dossier present, DateTimeOffset from, Playbook playbook, CancellationToken stop) => new(present);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<(DateTimeOffset At, Signal Signal)>> Of(Dossier present, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
    {
        if (!byCustomer.TryGetValue(present.Customer, out var all)) return [];

        var fresh = new List<(DateTimeOffset, Signal)>();
        foreach (var signal in all.OrderBy(signal => signal.At))
            if (signal.At >= from && signal.At <= until && !(await store.Load(present.Customer, signal.Id, stop)).Taken) fresh.Add((signal.At, signal));
        return fresh;
    }
}
