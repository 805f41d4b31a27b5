namespace Cvm.Engine;

/// <summary>Answers a question over an image: once through for who is there, once more to add up.</summary>
sealed class Adding
{
    const int Block = 1_024;

    /// <summary>So many values stand in a table at most; the rest, with the fewest people, stand together.</summary>
    public const int MostRows = 200, MostColumns = 40;

    readonly PivotImage image;
    readonly PivotQuery query;
    readonly PivotMoment moment;
    readonly (Sorting Sorting, bool[] Allowed)[] filters;
    readonly int[] codes = new int[Block];

    public Adding(PivotImage image, PivotQuery query, PivotMoment moment)
    {
        (this.image, this.query, this.moment) = (image, query, moment);
        filters = [.. query.Filters.Select(filter => Filter(filter))];

        (Sorting, bool[]) Filter(PivotFilter filter)
        {
            var sorting = filter.Dimension.Over(image, moment);
            return (sorting, sorting.Allowed(filter.Values));
        }
    }

    /// <summary>The table.</summary>
    public PivotTable Table()
    {
        var rows = new Side(query.Rows, query, image, moment, MostRows);
        var columns = query.Columns is { } dimension ? new Side(dimension, query, image, moment, MostColumns) : null;
        Walk((_, keep, length) =>
        {
            rows.Count(keep[..length]);
            columns?.Count(keep[..length]);
        }, rows, columns);
        rows.Choose();
        columns?.Choose();

        var sums = new Sums(rows.Values.Length, columns?.Values.Length ?? 0, query.Measure.Sum(image, moment), query.Measure.Per?.Invoke(image, moment));
        Walk((from, keep, length) =>
        {
            for (var i = 0; i < length; i++) if (keep[i]) sums.Add(from + i, rows.Places(i), columns is null ? [] : columns.Places(i));
        }, rows, columns);
        return new(query, rows.Values, columns?.Values ?? [], sums.Cells(query.Measure));
    }

    /// <summary>Those whom the filters let through, in order of id, after one of them.</summary>
    public List<int> People(string after, int most)
    {
        // The highest of those found so far is the first to go when there are too many.
        var found = new PriorityQueue<int, string>(Comparer<string>.Create(static (a, b) => string.CompareOrdinal(b, a)));
        Walk((from, keep, length) =>
        {
            for (var i = 0; i < length; i++)
            {
                if (!keep[i] || image[from + i] is not { } customer || string.CompareOrdinal(customer, after) <= 0) continue;
                if (found.Count < most) found.Enqueue(from + i, customer);
                else found.EnqueueDequeue(from + i, customer);
            }
        });

        var people = new List<int>(found.Count);
        while (found.TryDequeue(out var row, out _)) people.Add(row);
        people.Reverse();
        return people;
    }

    /// <summary>How many the filters let through.</summary>
    public int Count()
    {
        var count = 0;
        Walk((_, keep, length) => count += keep[..length].Count(true));
        return count;
    }

    delegate void Visit(int from, ReadOnlySpan<bool> keep, int length);

    void Walk(Visit visit, params Side?[] sides)
    {
        Span<bool> keep = stackalloc bool[Block];
        for (var from = 0; from < image.Rows; from += Block)
        {
            var length = Math.Min(Block, image.Rows - from);
            for (var i = 0; i < length; i++) keep[i] = image[from + i] is not null;
            foreach (var (sorting, allowed) in filters)
            {
                sorting.Read(from, codes.AsSpan(0, length));
                for (var i = 0; i < length; i++) keep[i] &= allowed[codes[i]];
            }

            foreach (var side in sides) side?.Read(from, length);
            visit(from, keep, length);
        }
    }

    /// <summary>The rows, or the columns.</summary>
    sealed class Side(Dimension dimension, PivotQuery query, PivotImage image, PivotMoment moment, int most)
    {
        readonly Sorting sorting = dimension.Over(image, moment);
        readonly int[] codes = new int[Block];
        int[] people = [];
        int[][] places = [];

        public ImmutableArray<PivotValue> Values { get; private set; } = [];

        public void Read(int from, int length) => sorting.Read(from, codes.AsSpan(0, length));

        public void Count(ReadOnlySpan<bool> keep)
        {
            if (people.Length == 0) people = new int[sorting.Codes];
            for (var i = 0; i < keep.Length; i++) if (keep[i]) people[codes[i]]++;
        }

        /// <summary>The places of the row that was read.</summary>
        public ReadOnlySpan<int> Places(int i) => places[codes[i]];

        public void Choose()
        {
            var counts = new int[sorting.Size];
            for (var code = 0; code < people.Length; code++)
                foreach (var value in Members(code)) counts[value] += people[code];

            // Who was asked for by a value of many stands in no other row.
            if (query.Filters.FirstOrDefault(filter => filter.Dimension == dimension) is { } asked && sorting.Members is not null)
            {
                var wanted = asked.Values.Select(sorting.Find).ToHashSet();
                for (var value = 0; value < counts.Length; value++) if (!wanted.Contains(value)) counts[value] = 0;
            }

            int[] there = [.. Enumerable.Range(0, counts.Length).Where(value => counts[value] > 0)];
            var many = there.Length > most;
            int[] shown = sorting.InOrder(many ? there.OrderByDescending(value => counts[value]).ThenBy(value => value).Take(most - 1) : there);
            Values = [.. shown.Select(sorting.Value), .. many ? [new PivotValue(PivotTable.Others, "All others")] : Array.Empty<PivotValue>()];

            var placeOf = new int[counts.Length];
            for (var value = 0; value < placeOf.Length; value++) placeOf[value] = counts[value] == 0 ? -1 : many ? most - 1 : -1;
            for (var place = 0; place < shown.Length; place++) placeOf[shown[place]] = place;
            places = [.. Enumerable.Range(0, sorting.Codes).Select(code => people.Length == 0 || people[code] == 0 ? [] : Members(code).Select(value => placeOf[value]).Where(place => place >= 0).Distinct().ToArray())];
        }

        int[] Members(int code) => sorting.Members?[code] ?? [code];
    }

    /// <summary>What has been added up, cell by cell, with the totals beside them.</summary>
    sealed class Sums(int rows, int columns, Func<int, double> sum, Func<int, double>? per)
    {
        readonly (int People, int Of, double Sum, double Per)[] cells = new (int, int, double, double)[(rows + 1) * (columns + 1)];

        public void Add(int row, ReadOnlySpan<int> inRows, ReadOnlySpan<int> inColumns)
        {
            var amount = sum(row);
            var by = double.IsNaN(amount) ? double.NaN : per?.Invoke(row) ?? 1;
            foreach (var r in inRows) AddAcross(r, inColumns, amount, by);
            AddAcross(rows, inColumns, amount, by);
        }

        void AddAcross(int row, ReadOnlySpan<int> inColumns, double amount, double by)
        {
            var start = row * (columns + 1);
            foreach (var column in inColumns) Add(ref cells[start + column], amount, by);
            Add(ref cells[start + columns], amount, by);
        }

        static void Add(ref (int People, int Of, double Sum, double Per) cell, double amount, double by)
        {
            cell.People++;
            if (double.IsNaN(by)) return;

            cell.Of++;
            cell.Sum += amount;
            cell.Per += by;
        }

        public PivotCell[] Cells(PivotMeasure measure) => Array.ConvertAll(cells, cell => new PivotCell(cell.People, Value(measure, cell), cell.Of));

        double Value(PivotMeasure measure, in (int People, int Of, double Sum, double Per) cell) =>
            cell.People == 0 || cell.Of == 0 ? (measure.Averages || measure.OfWhole ? double.NaN : 0)
            : measure.OfWhole ? measure.Times * cell.Sum / cells[^1].Sum
            : measure.Averages ? cell.Per == 0 ? double.NaN : measure.Times * cell.Sum / cell.Per
            : cell.Sum;
    }
}
