using System.Collections.Immutable;
using Cvm.Benchmarks.Kernel;
using Cvm.Engine;
using Cvm.Local;

namespace Cvm.Benchmarks.Start;

/// <summary>Fills a data folder with customers who each wait in one journey, for a month to come.</summary>
static class Million
{
    const int PerCommit = 2_000;

    public static async Task Fill(string folder, int customers, DateTimeOffset now)
    {
        using var held = DataFolder.Open(folder);
        await using var store = SqliteStore.Open(held.Database);
        var model = Regular.Waiting(Measure.Playbook.Playbook);
        await store.Durable(false);

        var waiting = Task.CompletedTask;
        foreach (var numbers in Enumerable.Range(0, customers).Chunk(PerCommit))
        {
            Change[] changes = [.. numbers.AsParallel().AsOrdered().Select(number => One(model, $"customer-{number:D7}", now.AddMinutes(60 + number % 43_200)))];
            await waiting;
            waiting = store.Commit(changes, CancellationToken.None).AsTask();
        }

        await waiting;
        await store.Durable(true);
    }

    static Change One(Dossier model, string customer, DateTimeOffset wakeAt)
    {
        var enrollment = model.Enrollments[0];
        var after = model with
        {
            Customer = customer,
            Profile = model.Profile with { Email = $"{customer}@example.com" },
            Enrollments = [enrollment with { Id = Enrollment.IdOf(enrollment.Journey, customer, enrollment.Occurrence), WakeAt = wakeAt }],
            Lines = 1,
        };
        ImmutableArray<Line> lines = [new(wakeAt, Happening.Waited) { Journey = enrollment.Journey, Step = enrollment.Step, Until = wakeAt }];
        return new(Dossier.For(customer), 0, after, "customer:known", lines);
    }
}
