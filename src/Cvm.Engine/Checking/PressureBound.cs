namespace Cvm.Engine;

/// <summary>Adds up what the journeys may send, and holds it against the caps.</summary>
/// <remarks>
/// Of a set of channels and purposes at most f(S) messages are sent in 7 days, where f(S) is the least of: what the journeys send without caps, U(S); a cap
/// that covers all of S, as often as its window fits into 7 days; and f(A) + f(S less A) for every part A. Each is an upper bound, so the least is one. No two
/// surveys are asked within the survey rest, so what asks adds to U(S) is bounded by how many of them fit.
/// </remarks>
sealed class PressureBound
{
    const int Endless = 1_000_000_000;

    static readonly ImmutableArray<(Channel Channel, Purpose Purpose)> Cells = [.. Enum.GetValues<Channel>().SelectMany(_ => Enum.GetValues<Purpose>(), (channel, purpose) => (channel, purpose))];

    readonly Playbook playbook;
    readonly ImmutableArray<WalkOf> walks;
    readonly int asks;

    // One journey, and the cells that its messages may fall into.
    sealed class WalkOf(WalkPressure walk, Journey journey, int cells)
    {
        readonly Dictionary<(int Cells, bool Asks, bool OneRun), (int, ImmutableArray<PressureStep>)> known = [];
        readonly Dictionary<(int Cells, bool Asks), bool> recurs = [];
        readonly Dictionary<string, int> cellsOf = journey.Steps.ToDictionary(step => step.Id, step => PressureBound.CellsOf(journey, step), StringComparer.Ordinal);

        public Journey Journey => journey;
        public int Cells => cells;

        public (int Most, ImmutableArray<PressureStep> Path) Of(int within, bool asks, bool oneRun)
        {
            var key = (within & cells, asks, oneRun);
            if (key.Item1 == 0) return (0, []);
            return known.TryGetValue(key, out var found) ? found : known[key] = walk.Of(Counts(key.Item1, asks), oneRun);
        }

        public bool Recurs(int within, bool asks)
        {
            var key = (within & cells, asks);
            return recurs.TryGetValue(key, out var found) ? found : recurs[key] = Recurs(Counts(key.Item1, asks));
        }

        bool Recurs(Func<Step, bool> counts) => journey.Steps.Any(counts) && (EntryTimes.Overlap(journey) || walk.Recurs(counts));

        Func<Step, bool> Counts(int within, bool asks) => step => (asks || step is Step.Send) && (cellsOf[step.Id] & within) != 0;
    }

    PressureBound(IEnumerable<JourneyFlow> flows, Playbook playbook, DateTimeOffset now)
    {
        this.playbook = playbook;
        walks = [.. flows.Select(flow => new WalkOf(new(flow, now), flow.Journey, flow.Journey.Steps.Aggregate(0, (cells, step) => cells | CellsOf(flow.Journey, step)))).Where(walk => walk.Cells != 0)];
        asks = AsksWithin(playbook);
    }

    /// <summary>The bound of a playbook's journeys.</summary>
    public static Pressure Of(IEnumerable<JourneyFlow> flows, Playbook playbook, DateTimeOffset now)
    {
        var bound = new PressureBound(flows, playbook, now);
        Channel?[] channels = [null, .. Enum.GetValues<Channel>().Cast<Channel?>()];
        Purpose?[] purposes = [null, .. Enum.GetValues<Purpose>().Cast<Purpose?>()];
        return new([.. channels.SelectMany(_ => purposes, bound.Figure)]);
    }

    PressureFigure Figure(Channel? channel, Purpose? purpose)
    {
        var within = Bits((c, p) => (channel ?? c) == c && (purpose ?? p) == p);
        var capped = Bits((c, p) => playbook.Policies.Caps.Any(cap => Holds(cap, c, p)));
        var endless = walks.Where(walk => walk.Recurs(within & ~capped, asks: false)).ToList();
        var others = walks.Where(walk => !endless.Contains(walk)).ToList();

        var most = new Least(this, others).Of(within);
        var uncapped = Uncapped(others, within);
        var shares = others.Select(walk => Share(walk, within, oneRun: walk.Recurs(within, asks: true))).Where(share => share.Most > 0).OrderByDescending(share => share.Most).ThenBy(share => share.Journey, StringComparer.Ordinal);
        return new(channel, purpose, most, uncapped >= Endless ? null : uncapped, [.. shares], [.. endless.Select(walk => Share(walk, within, oneRun: true))]);
    }

    static PressureShare Share(WalkOf walk, int within, bool oneRun)
    {
        var (most, path) = walk.Of(within, asks: true, oneRun);
        return new(walk.Journey.Name, most, [.. walk.Journey.Enter.Select(trigger => trigger.On).Distinct().Order(StringComparer.Ordinal)], path);
    }

    // What the journeys send if there were no caps.
    int Uncapped(IReadOnlyList<WalkOf> others, int within)
    {
        var (sends, asked) = (0, 0);
        foreach (var walk in others)
        {
            if (walk.Recurs(within, asks: false)) return Endless;

            var plain = walk.Of(within, asks: false, oneRun: false).Most;
            sends += plain;
            asked = Math.Min(Endless, asked + (walk.Recurs(within, asks: true) ? asks : walk.Of(within, asks: true, oneRun: false).Most - plain));
        }

        return sends + Math.Min(asked, asks);
    }

    // The least of all that bounds a set of cells.
    sealed class Least(PressureBound bound, IReadOnlyList<WalkOf> others)
    {
        readonly Dictionary<int, int> known = [];

        public int Of(int within)
        {
            if (within == 0) return 0;
            if (known.TryGetValue(within, out var found)) return found;

            var least = bound.Uncapped(others, within);
            foreach (var cap in bound.playbook.Policies.Caps)
                if ((within & ~Bits((channel, purpose) => Holds(cap, channel, purpose))) == 0) least = Math.Min(least, Times(cap));
            for (var part = (within - 1) & within; part > within / 2; part = (part - 1) & within) least = Math.Min(least, Math.Min(Endless, Of(part) + Of(within & ~part)));
            return known[within] = least;
        }
    }

    // What somebody asked for goes out whatever else did, unless a cap names it.
    static bool Holds(Cap cap, Channel channel, Purpose purpose) => cap.Covers(channel, purpose) && (purpose != Purpose.Transactional || cap.Purpose is not null);

    static int Times(Cap cap) => (int)Math.Min(Endless, cap.Most * Math.Ceiling(TimeSpan.FromDays(Pressure.Days) / cap.Within));

    // Surveys that may be on their way within 7 days.
    static int AsksWithin(Playbook playbook)
    {
        var all = playbook.Journeys.SelectMany(journey => journey.Steps).OfType<Step.Ask>().ToList();
        if (all.Count == 0) return 0;
        if (playbook.Policies.SurveyRest <= TimeSpan.Zero) return Endless;

        var onTheWay = all.Max(ask => WalkTimes.Most(ask.Sending.ValidFor, playbook.Policies.Hours));
        return (int)Math.Min(Endless, Math.Ceiling((Pressure.Days + onTheWay) / playbook.Policies.SurveyRest.TotalDays));
    }

    static int CellsOf(Journey journey, Step step) => TimeProofs.SendingOf(step) is not { } sending ? 0
        : Bits((channel, purpose) => purpose == (sending.Purpose ?? journey.Purpose) && sending.Via.Contains(channel));

    static int Bits(Func<Channel, Purpose, bool> chosen)
    {
        var bits = 0;
        for (var i = 0; i < Cells.Length; i++) if (chosen(Cells[i].Channel, Cells[i].Purpose)) bits |= 1 << i;
        return bits;
    }
}
