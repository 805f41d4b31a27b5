using System.Text.Json;

namespace Cvm.Functions;

/// <summary>A signal on its way through the queue.</summary>
public sealed record Posted(string Customer, Signal Signal)
{
    // Those that come from outside; the kernel raises the others itself.
    static readonly Dictionary<string, Type> Kinds = new(StringComparer.Ordinal)
    {
        ["told"] = typeof(Signal.Told),
        ["consented"] = typeof(Signal.Consented),
        ["ordered"] = typeof(Signal.Ordered),
        ["refunded"] = typeof(Signal.Refunded),
        ["answered"] = typeof(Signal.Answered),
        ["complained"] = typeof(Signal.Complained),
        ["confirmed"] = typeof(Signal.Confirmed),
        ["preferred"] = typeof(Signal.Preferred),
        ["texted"] = typeof(Signal.Texted),
        ["reported"] = typeof(Signal.Reported),
        ["case-worked"] = typeof(Signal.CaseWorked),
        ["issue-fixed"] = typeof(Signal.IssueFixed),
        ["task-done"] = typeof(Signal.TaskDone),
        ["redemption-asked"] = typeof(Signal.RedemptionAsked),
        ["redemption-settled"] = typeof(Signal.RedemptionSettled),
        ["points-adjusted"] = typeof(Signal.PointsAdjusted),
        ["friend-bought"] = typeof(Signal.FriendBought),
        ["task-worked"] = typeof(Signal.TaskWorked),
        ["day"] = typeof(Signal.Day),
    };

    sealed record Envelope(string Kind, string Customer, JsonElement Signal);

    public static IEnumerable<Type> Types => Kinds.Values;

    public byte[] Write()
    {
        var kind = Kinds.First(pair => pair.Value == Signal.GetType()).Key;
        return DossierText.Write(new Envelope(kind, Customer, JsonSerializer.SerializeToElement(Signal, Signal.GetType(), DossierText.Options)));
    }

    /// <summary>The signal, or <see cref="FormatException"/> with what is wrong with the text.</summary>
    public static Posted Read(ReadOnlySpan<byte> text)
    {
        try
        {
            var envelope = DossierText.Read<Envelope>(text);
            if (string.IsNullOrEmpty(envelope.Customer)) throw new FormatException("It names no customer.");
            if (!Kinds.TryGetValue(envelope.Kind ?? "", out var type)) throw new FormatException($"There is no kind of signal '{envelope.Kind}'. Known: {string.Join(", ", Kinds.Keys)}.");
            if (envelope.Signal.ValueKind != JsonValueKind.Object || envelope.Signal.Deserialize(type, DossierText.Options) is not Signal signal) throw new FormatException("It holds no signal.");
            if (string.IsNullOrEmpty(signal.Id)) throw new FormatException("The signal has no id.");
            return new(envelope.Customer, signal);
        }
        catch (JsonException problem)
        {
            throw new FormatException($"This is no signal: {problem.Message}", problem);
        }
    }
}
