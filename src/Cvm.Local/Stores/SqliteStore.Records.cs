namespace Cvm.Local;

// What pages read.
public sealed partial class SqliteStore
{
    public ValueTask<IReadOnlyList<(long Number, Line Line)>> Timeline(string customer, long before, int most, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new(readers.Read<IReadOnlyList<(long, Line)>>(database =>
        {
            var lines = new List<(long, Line)>();
            var rows = database.Use("select number, line from line where customer = ? and number < ? order by number desc limit ?").Bind(customer).Bind(before).Bind(most);
            while (rows.Step()) lines.Add((rows.Number(0), DossierText.Read<Line>(rows.Bytes(1))));
            return lines;
        }));
    }

    public ValueTask<IReadOnlyList<CustomerRow>> Search(string text, string after, int most, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new(readers.Read<IReadOnlyList<CustomerRow>>(database =>
        {
            var found = new List<CustomerRow>();
            // Reads through the directory: a rare text among a million customers takes about half a second, a common one next to nothing.
            // An index of letter triples would be work for every new customer, and finds no name of two letters.
            var rows = database.Use("""
                select dossier from (select customer from directory where customer > ? and instr(found_by, ?) order by customer limit ?) as hit
                join customer on customer.id = hit.customer order by hit.customer
                """).Bind(after).Bind(SearchText.Fold(text)).Bind(most);
            while (rows.Step()) found.Add(CustomerRow.Of(DossierText.Read<Dossier>(rows.Bytes(0))));
            return found;
        }));
    }

    public ValueTask<IReadOnlyList<CustomerRow>> Scored(ScoreFilter which, string after, int most, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new(readers.Read<IReadOnlyList<CustomerRow>>(database =>
        {
            var found = new List<CustomerRow>();
            // Reads through the standings, as search does through the directory; an index of marks would be work for every customer who moves.
            var rows = database.Use("""
                select dossier from (
                  select customer from standing where customer > ? and mark glob ? and (? = '' or instr(?, substr(mark, 7, 2))) order by customer limit ?
                ) as hit join customer on customer.id = hit.customer order by hit.customer
                """).Bind(after).Bind($"{which.Digits} *").Bind(string.Join(',', which.Cells)).Bind(string.Join(',', which.Cells)).Bind(most);
            while (rows.Step()) found.Add(CustomerRow.Of(DossierText.Read<Dossier>(rows.Bytes(0))));
            return found;
        }));
    }

    public ValueTask<IReadOnlyList<(string Customer, OutboxEntry Entry)>> Outbox(OutboxState? state, int most, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new(readers.Read<IReadOnlyList<(string, OutboxEntry)>>(database =>
        {
            var entries = new List<(string, OutboxEntry)>();
            // State by state, so that each is read from the index and no further than asked for.
            foreach (var each in state is { } one ? [one] : Enum.GetValues<OutboxState>())
            {
                var rows = database.Use("select customer, entry from outbox where state = ? order by queued, customer, key limit ?").Bind(each.ToString()).Bind(most);
                while (rows.Step()) entries.Add((rows.Text(0), DossierText.Read<OutboxEntry>(rows.Bytes(1))));
            }

            return [.. entries.OrderBy(entry => entry.Item2.QueuedAt).Take(most)];
        }));
    }

    public ValueTask<IReadOnlyList<(string Customer, Case Case)>> OpenCases(int most, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new(readers.Read<IReadOnlyList<(string, Case)>>(database =>
        {
            var cases = new List<(string, Case)>();
            var rows = database.Use("select customer, document from open_case order by due, customer limit ?").Bind(most);
            while (rows.Step()) cases.Add((rows.Text(0), DossierText.Read<Case>(rows.Bytes(1))));
            return cases;
        }));
    }

    public ValueTask<IReadOnlyList<(string Customer, StaffTask Task)>> OpenTasks(int most, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new(readers.Read(database => TaskTable.Read(database, most)));
    }

    public ValueTask<IReadOnlyList<Mail>> Mails(string? customer, long before, int most, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new(readers.Read<IReadOnlyList<Mail>>(database =>
        {
            var mails = new List<Mail>();
            var rows = customer is null
                ? database.Use("select number, customer, at, message from mail where number < ? order by number desc limit ?").Bind(before).Bind(most)
                : database.Use("select number, customer, at, message from mail where customer = ? and number < ? order by number desc limit ?").Bind(customer).Bind(before).Bind(most);
            while (rows.Step()) mails.Add(MailOf(rows));
            return mails;
        }));
    }

    public ValueTask<Mail?> Mail(long number, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new(readers.Read(database =>
        {
            var row = database.Use("select number, customer, at, message from mail where number = ?").Bind(number);
            return row.Step() ? MailOf(row) : null;
        }));
    }

    /// <summary>Puts a message into the mailbox, once per key. On disk when this returns.</summary>
    public async Task Post(Outgoing message, DateTimeOffset now, CancellationToken stop)
    {
        var text = DossierText.Write(message);
        await Writer.Do(1, tables => tables.Database.Use("insert into mail (key, customer, at, message) values (?, ?, ?, ?) on conflict do nothing")
            .Bind(message.Key).Bind(message.Customer).Bind(now.ToUnixTimeMilliseconds()).Bind(text).Run(), stop);
    }

    static Mail MailOf(Statement row) =>
        new(row.Number(0), row.Text(1), DateTimeOffset.FromUnixTimeMilliseconds(row.Number(2)), DossierText.Read<Outgoing>(row.Bytes(3)));
}
