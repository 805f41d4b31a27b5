using Cvm.Engine;

namespace Cvm.Tests;

// The pressure bound, counted by hand.
sealed partial class SimulatedRun
{
    static readonly TimeSpan Window = TimeSpan.FromDays(Pressure.Days);

    sealed record Got(DateTimeOffset At, string Journey, string Run, Channel Channel, Purpose Purpose);

    /// <summary>Throws where anybody got more than the bound in any 7 days; gives back how many times it was reached.</summary>
    public int CheckPressure()
    {
        var pressure = PlaybookCheck.Of(new LoadedPlaybook(world.Playbook, new PlainRenderer(), []), World.Start).Pressure!;
        return World.Customers.Sum(customer => pressure.Figures.Sum(figure => Held(figure, customer, [.. Gotten(customer)])));
    }

    IEnumerable<Got> Gotten(string customer)
    {
        // What came back did not reach anybody.
        var bounced = memory.Timeline(customer, long.MaxValue, int.MaxValue, default).AsTask().Result
            .Where(pair => pair.Line is { What: Happening.Reported, Because: "bounced" or "failed" }).Select(pair => pair.Line.Key!).ToHashSet();

        return sender.Arrived
            .Where(arrival => arrival.Message.Customer == customer && arrival.Message.Kind is OutboxKind.Email or OutboxKind.Sms && arrival.Message.Journey != "" && !bounced.Contains(arrival.Message.Key))
            .Select(arrival => new Got(
                arrival.At,
                arrival.Message.Journey,
                string.Join('/', arrival.Message.Key.Split('/')[..^2]),
                arrival.Message.Kind == OutboxKind.Email ? Channel.Email : Channel.Sms,
                Enum.Parse<Purpose>(arrival.Message.Text)));
    }

    int Held(PressureFigure figure, string customer, List<Got> gotten)
    {
        var counted = gotten.Where(got => (figure.Channel ?? got.Channel) == got.Channel && (figure.Purpose ?? got.Purpose) == got.Purpose).OrderBy(got => got.At).ToList();
        var reached = 0;

        foreach (var first in counted)
        {
            var window = counted.Where(got => got.At >= first.At && got.At < first.At + Window).ToList();
            var others = window.Count(got => !figure.Each.Any(each => each.Journey == got.Journey));
            Assert.True(others <= figure.Most, $"seed {seed}: {customer} got {others} from {first.At:u}, and the bound of {figure.Channel} {figure.Purpose} is {figure.Most}");
            if (others == figure.Most && others > 0) reached++;

            foreach (var each in figure.Each)
                foreach (var run in window.Where(got => got.Journey == each.Journey).GroupBy(got => got.Run))
                    Assert.True(run.Count() <= each.Most, $"seed {seed}: {run.Key} sent {run.Count()} from {first.At:u}, and its bound is {each.Most}");
        }

        return reached;
    }
}
