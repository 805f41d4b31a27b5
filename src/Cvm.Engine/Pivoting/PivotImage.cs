namespace Cvm.Engine;

/// <summary>Texts of a portrait that people are sorted by.</summary>
enum Trait { Country, Region, Language, Tier, Rfm, Segment, Stage, Value, Potential, Relationship, Need, Agreed, Reachable, OpenCase, OnHold, Journeys, Tags, Answers }

/// <summary>Numbers of a portrait; unknown ones are NaN.</summary>
enum Quantity { Joined, First, Last, Orders, Coupons, Complaints, Cases, Tasks, Emails, SmsSegments, Points, Spent, Refunded, Discounts, Alive, Orders365, Value365, Contribution }

/// <summary>Everybody's portraits in memory, column by column, so that adding up a hundred thousand takes milliseconds. For one thread at a time.</summary>
sealed class PivotImage
{
    // Counts and days; the others are money, chances, and points, of which somebody may have more than an int holds.
    const Quantity LastWhole = Quantity.SmsSegments;

    readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    readonly Stack<int> free = [];
    readonly TextColumn[] texts = [.. Enum.GetValues<Trait>().Select(_ => new TextColumn())];
    readonly NumberColumn[] numbers = [.. Enum.GetValues<Quantity>().Select(quantity => new NumberColumn(quantity <= LastWhole))];
    string?[] customers = [];

    /// <summary>How many people are in it.</summary>
    public int Count => places.Count;

    /// <summary>Rows, empty ones included.</summary>
    public int Rows { get; private set; }

    /// <summary>Who is in a row; null where nobody is.</summary>
    public string? this[int row] => customers[row];

    public TextColumn this[Trait trait] => texts[(int)trait];

    public NumberColumn this[Quantity quantity] => numbers[(int)quantity];

    /// <summary>Takes the portrait in, in place of what was known of the customer.</summary>
    public void Put(Portrait portrait)
    {
        if (!places.TryGetValue(portrait.Customer, out var row)) row = Place(portrait.Customer);
        for (var i = 0; i < texts.Length; i++) texts[i].Set(row, Read((Trait)i, portrait));
        for (var i = 0; i < numbers.Length; i++) numbers[i].Set(row, Read((Quantity)i, portrait));
    }

    /// <summary>Forgets the customer, where they are known: nothing of them stays in memory that is theirs alone.</summary>
    public void Remove(string customer)
    {
        if (!places.Remove(customer, out var row)) return;

        customers[row] = null;
        free.Push(row);
        foreach (var text in texts) text.Set(row, null);
        foreach (var number in numbers) number.Set(row, 0);
    }

    int Place(string customer)
    {
        if (!free.TryPop(out var row))
        {
            row = Rows++;
            if (row == customers.Length) Grow(Math.Max(256, row + row / 4));
        }

        places[customer] = row;
        customers[row] = customer;
        return row;
    }

    void Grow(int rows)
    {
        Array.Resize(ref customers, rows);
        foreach (var text in texts) text.Grow(rows);
        foreach (var number in numbers) number.Grow(rows);
    }

    static string? Read(Trait trait, Portrait p) => trait switch
    {
        Trait.Country => p.Country,
        Trait.Region => p.Region,
        Trait.Language => p.Language,
        Trait.Tier => p.Tier,
        Trait.Rfm => p.Rfm,
        Trait.Segment => p.Segment,
        Trait.Stage => p.Stage is { } stage ? ScoreWords.Of(stage) : null,
        Trait.Value => p.Value is { } value ? ScoreWords.Of(value) : null,
        Trait.Potential => p.Potential is { } potential ? ScoreWords.Of(potential) : null,
        Trait.Relationship => p.Relationship is { } relationship ? ScoreWords.Of(relationship) : null,
        Trait.Need => p.Need is { } need ? ScoreWords.Of(need) : null,
        Trait.Agreed => Channels(p.Reach.HasFlag(Reach.EmailAgreed), p.Reach.HasFlag(Reach.SmsAgreed)),
        Trait.Reachable => Channels(p.Reach.HasFlag(Reach.Email), p.Reach.HasFlag(Reach.Sms)),
        Trait.OpenCase => p.OpenCase ? "yes" : "no",
        Trait.OnHold => p.OnHold ? "yes" : "no",
        Trait.Journeys => p.Journeys,
        Trait.Tags => p.Tags,
        _ => p.Answers,
    };

    static string? Channels(bool email, bool sms) => email && sms ? "both" : email ? "email" : sms ? "sms" : null;

    static double Read(Quantity quantity, Portrait p) => quantity switch
    {
        Quantity.Joined => p.Joined,
        Quantity.First => p.First,
        Quantity.Last => p.Last,
        Quantity.Orders => p.Orders,
        Quantity.Coupons => p.Coupons,
        Quantity.Complaints => p.Complaints,
        Quantity.Cases => p.Cases,
        Quantity.Tasks => p.Tasks,
        Quantity.Emails => p.Emails,
        Quantity.SmsSegments => p.SmsSegments,
        Quantity.Points => p.Points,
        Quantity.Spent => p.Spent,
        Quantity.Refunded => p.Refunded,
        Quantity.Discounts => p.Discounts,
        Quantity.Alive => p.Scored ? p.Alive : double.NaN,
        Quantity.Orders365 => p.Scored ? p.Orders365 : double.NaN,
        Quantity.Value365 => p.Scored ? p.Value365 : double.NaN,
        _ => p.Scored ? p.Contribution : double.NaN,
    };
}
