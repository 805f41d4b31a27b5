using System.Text.Json;

namespace Cvm.Engine;

/// <summary>A fitted model as text, so that a sweep that was cut off goes on with the same one, and everybody can look up what scores were
/// worked out with.</summary>
public static class ScoreModelText
{
    sealed record Fitted(string Model, Parameter[] Parameters, double LogLikelihood, bool Converged, double PriorShare, string? Trouble);

    sealed record Text(DateOnly AsOf, DateOnly Fitted, int Customers, Fitted Buying, Fitted Spending, RfmCuts Cuts);

    /// <summary>One JSON object.</summary>
    public static string Write(ScoreModel model) =>
        JsonSerializer.Serialize(new Text(model.AsOf, model.Fitted, model.Customers, Of(model.Buying, model.Buying.Model.Name), Of(model.Spending, "gamma-gamma"), model.Cuts));

    /// <summary>The model as it was written; <see cref="JsonException"/> where the text is no model.</summary>
    public static ScoreModel Read(string text)
    {
        var read = JsonSerializer.Deserialize<Text>(text)!;
        var (buying, spending) = (read.Buying.Parameters, read.Spending.Parameters);
        return new(read.AsOf, read.Fitted, Of(read.Buying, Model(read.Buying.Model, buying)), Of(read.Spending, new GammaGamma(spending[0].Value, spending[1].Value, spending[2].Value)), read.Cuts, read.Customers);
    }

    static RepeatModel Model(string name, Parameter[] p) => name switch
    {
        "bg-nbd" => new BgNbd(p[0].Value, p[1].Value, p[2].Value, p[3].Value),
        "mbg-nbd" => new MbgNbd(p[0].Value, p[1].Value, p[2].Value, p[3].Value),
        "pareto-nbd" => new ParetoNbd(p[0].Value, p[1].Value, p[2].Value, p[3].Value),
        _ => throw new JsonException($"There is no model '{name}'."),
    };

    static Fitted Of<T>(Fit<T> fit, string name) => new(name, [.. fit.Parameters], fit.LogLikelihood, fit.Converged, fit.PriorShare, fit.Trouble);

    static Fit<T> Of<T>(Fitted fit, T model) => new(model, [.. fit.Parameters], fit.LogLikelihood, fit.Converged, fit.PriorShare, fit.Trouble);
}
