namespace Cvm;

/// <summary>Points that a checkout reserves, then spends or gives back.</summary>
public sealed partial record Ledger
{
    // Who cancels an order should not find that the points have just expired.
    const int LeastDays = 30;

    /// <summary>The redemption with this id, or null.</summary>
    public Redemption? Redemption(string id) => FindRedemption(id) is >= 0 and var at ? Redemptions[at] : null;

    /// <summary>With points set aside for a checkout until <paramref name="until"/>, or with the refusal and its reason. The id must be new.</summary>
    public Ledger Reserve(string id, long points, DateTimeOffset at, DateTimeOffset until)
    {
        if (points > Balance) return Refuse(new(id, at, points), "there are not enough points");
        if (IsFull) return Refuse(new(id, at, points), "too many checkouts are open at once");

        var (left, taken) = Take(Lots, points);
        return this with { Lots = left, Redemptions = Room(Redemptions.Add(new(id, at, points) { State = RedemptionState.Reserved, Lots = taken, Until = until })) };
    }

    /// <summary>With a coupon set aside for a checkout. The id must be new.</summary>
    public Ledger ReserveCoupon(string id, string code, DateTimeOffset at, DateTimeOffset until) => IsFull
        ? Refuse(new(id, at, 0) { Coupon = code }, "too many checkouts are open at once")
        : this with { Redemptions = Room(Redemptions.Add(new(id, at, 0) { State = RedemptionState.Reserved, Coupon = code, Until = until })) };

    /// <summary>With a redemption that is refused, kept so that it can be told again.</summary>
    public Ledger Refuse(Redemption redemption, string because) =>
        this with { Redemptions = Room(Redemptions.Add(redemption with { State = RedemptionState.Refused, Problem = because })) };

    /// <summary>With what was reserved spent; unchanged where nothing was.</summary>
    public Ledger Confirm(string id, string? order, DateTimeOffset at) => FindRedemption(id) is var i && i >= 0 && Redemptions[i] is { State: RedemptionState.Reserved } known
        ? this with { Spent = Spent + known.Points, Redemptions = Redemptions.SetItem(i, known with { State = RedemptionState.Confirmed, Order = order, SettledAt = at, Until = null }) }
        : this;

    /// <summary>With what was reserved or spent given back: to the lots it came from, where it was spent for at least 30 days more. What had lapsed is
    /// cancelled for good, so that no late word spends it. Unchanged where it was none of these.</summary>
    /// <param name="today">The customer's day.</param>
    public Ledger GiveBack(string id, DateTimeOffset at, DateOnly today, RedemptionState now = RedemptionState.Cancelled)
    {
        if (FindRedemption(id) is not (>= 0 and var i) || Redemptions[i] is not { State: RedemptionState.Reserved or RedemptionState.Confirmed or RedemptionState.Lapsed } known) return this;

        var spent = known.State == RedemptionState.Confirmed;
        var ledger = this with
        {
            Spent = spent ? Spent - known.Points : Spent,
            Redemptions = Redemptions.SetItem(i, known with { State = now, SettledAt = at, Until = null, Lots = [] }),
        };

        var least = spent ? today.AddDays(LeastDays) : DateOnly.MinValue;
        foreach (var lot in known.Lots) ledger = ledger.Put(lot.Left, lot.Expires > least ? lot.Expires : least);
        return ledger;
    }

    /// <summary>With what had lapsed reserved anew, where it is still to be had; null where it is not.</summary>
    public Ledger? ReserveAgain(string id, DateTimeOffset until)
    {
        if (FindRedemption(id) is not (>= 0 and var i) || Redemptions[i] is not { State: RedemptionState.Lapsed } known || known.Points > Balance || IsFull) return null;

        var (left, taken) = Take(Lots, known.Points);
        return this with { Lots = left, Redemptions = Redemptions.SetItem(i, known with { State = RedemptionState.Reserved, Lots = taken, Until = until, SettledAt = null }) };
    }

    bool IsFull
    {
        get
        {
            var open = 0;
            foreach (var redemption in Redemptions) if (redemption.State == RedemptionState.Reserved) open++;
            return open >= MaxRedemptions / 2;
        }
    }

    int FindRedemption(string id)
    {
        for (var i = Redemptions.Length - 1; i >= 0; i--) if (Redemptions[i].Id == id) return i;
        return -1;
    }

    // What was refused goes first, then what is settled, the oldest before the others: whoever asks in vain over and over must not push out what may
    // still be given back. What is reserved is never dropped, nor is the newest.
    static ImmutableArray<Redemption> Room(ImmutableArray<Redemption> known)
    {
        while (known.Length > MaxRedemptions)
        {
            var at = First(known, static state => state == RedemptionState.Refused);
            if (at < 0) at = First(known, static state => state != RedemptionState.Reserved);
            if (at < 0) break;
            known = known.RemoveAt(at);
        }

        return known;
    }

    static int First(ImmutableArray<Redemption> among, Func<RedemptionState, bool> which)
    {
        for (var i = 0; i < among.Length - 1; i++) if (which(among[i].State)) return i;
        return -1;
    }

    /// <summary>When codes may be tried again after too many wrong ones; null where they may be tried now.</summary>
    public DateTimeOffset? CodesFrom(DateTimeOffset now) =>
        WrongCodes.Length >= MaxWrongCodes && WrongCodes[0] + WrongCodesFor is var from && from > now ? from : null;

    /// <summary>With a code noted that the customer does not have.</summary>
    public Ledger GuessedWrong(DateTimeOffset at) => this with { WrongCodes = (WrongCodes.Length < MaxWrongCodes ? WrongCodes : WrongCodes.RemoveAt(0)).Add(at) };
}

/// <summary>Points or a coupon that a checkout asked for.</summary>
/// <param name="Id">Chosen by the shop: the same id is the same redemption, however often it is sent.</param>
/// <param name="Points">0 for a coupon.</param>
public sealed record Redemption(string Id, DateTimeOffset At, long Points)
{
    /// <summary>The reason that says nothing of whether the code is somebody else's: who does not know a code may not find one by trying.</summary>
    public const string NoSuchCoupon = "no such coupon was given to this customer";

    /// <summary>The reason where codes were guessed.</summary>
    public const string TooManyWrongCodes = "too many wrong codes; try again in an hour";

    public RedemptionState State { get; init; }

    /// <summary>Code of the coupon; null for points.</summary>
    public string? Coupon { get; init; }

    /// <summary>Where the points came from.</summary>
    public ImmutableArray<Lot> Lots { get; init; } = [];

    /// <summary>While reserved: when it lapses.</summary>
    public DateTimeOffset? Until { get; init; }

    public string? Order { get; init; }
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Why it was refused.</summary>
    public string? Problem { get; init; }
}

/// <summary>Reserved: kept for a checkout. Confirmed: spent. Cancelled: given back by the shop. Lapsed: given back because nobody settled it. Refused: never given.</summary>
public enum RedemptionState { Refused, Reserved, Confirmed, Cancelled, Lapsed }
