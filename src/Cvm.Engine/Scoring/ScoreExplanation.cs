namespace Cvm.Engine;

/// <summary>How a customer's scores come about, so that anybody can check them: what goes in, the formula with its numbers, the rule and its version.</summary>
/// <param name="AsOf">The day the working speaks of: that of the last sweep, or today before the first.</param>
/// <param name="Model">The model it is worked out with, such as <c>bg-nbd 2027-03-01</c>; null before the first sweep.</param>
/// <param name="Note">Why there is less than everything, in a sentence; null where nothing is missing.</param>
/// <param name="Sections">One for each score, what matters most first; none for who has not ordered.</param>
public sealed record ScoreExplanation(string Customer, DateOnly AsOf, string? Model, string? Note, ImmutableArray<ScoreSection> Sections)
{
    /// <summary>Explains what the last sweep made, or would have made, of the customer as the dossier is now.</summary>
    /// <param name="model">The model of the last sweep; null before the first, when only scores that need none are explained.</param>
    /// <param name="today">The shop's day; used where there is no model yet.</param>
    public static ScoreExplanation Of(Dossier dossier, ScoreModel? model, Playbook playbook, DateOnly today)
    {
        var day = model?.AsOf ?? today;
        if (Standing.Of(dossier) is not { } standing)
            return new(dossier.Customer, day, model?.Name, $"{dossier.Customer} has not ordered yet: a prospect, of whom there is nothing to be worked out.", []);

        var rules = new RuleExplaining(dossier, standing, playbook, day);
        if (model is null)
        {
            return new(dossier.Customer, day, null, "The first nightly sweep has not been made yet: what needs a model is missing.",
                [rules.Stage(), rules.Value(), rules.Need(), rules.Contribution()]);
        }

        var future = new FutureExplaining(dossier, standing, model, playbook);
        var scores = future.WorkedOut;
        return new(dossier.Customer, day, model.Name, Since(dossier, standing, model),
        [
            future.Alive(), future.Orders(), future.Worth(), rules.Stage(), rules.Value(), rules.Potential(scores), rules.Relationship(scores), rules.Need(),
            rules.Rfm(model), rules.Contribution(),
        ]);
    }

    /// <summary>The section of a score by its <see cref="ScoreSection.Key"/>; null where it is missing.</summary>
    public ScoreSection? this[string key] => Sections.FirstOrDefault(section => section.Key == key);

    /// <summary>What a grade of lifetime value says, in words; see <see cref="Evidence"/>.</summary>
    public static string Grade(string? grade) => FutureExplaining.Meaning(grade);

    static string? Since(Dossier dossier, in Standing standing, ScoreModel model) =>
        dossier.Scores.AsOf is null ? "Not scored by a sweep yet; this is what the last one would have said."
        : standing.Last > model.AsOf.DayNumber ? "An order has come since the last sweep; the next one takes it in."
        : null;
}

/// <summary>One score explained.</summary>
/// <param name="Key">As conditions of journeys call it, such as <c>alive</c>.</param>
/// <param name="Name">As people call it, such as "Chance of staying".</param>
/// <param name="Term">As the field calls it, such as "P(alive)"; empty where that is the same.</param>
/// <param name="Value">As it is recorded and as journeys see it; as worked out where nothing is recorded yet.</param>
/// <param name="Formula">In words, in symbols, with this customer's numbers: a line each.</param>
/// <param name="Rule">Where it is written what counts as what: the model with its parameters, or the playbook's rule.</param>
public sealed record ScoreSection(
    string Key, string Name, string Term, string Value, ImmutableArray<(string Name, string Value)> Inputs, ImmutableArray<string> Formula, string Rule)
{
    /// <summary>What the score would be with the smallest changes that turn it, such as <c>lapsed after 12 days more without an order</c>; empty where only the working of it can tell.</summary>
    public ImmutableArray<string> Turns { get; init; } = [];
}
