namespace Cvm.Engine;

/// <summary>What is known in a journey after a step, from what was known before it.</summary>
sealed class StepEffects
{
    // Marks: as long as one is there, the journey has made no such thing, and no time can change what hangs on it.
    const string NoCoupon = "#no coupon", NoTask = "#no task", NoCase = "#no case";

    static readonly Possible Yes = Possible.Between(1, 1, whole: true);
    static readonly Possible No = Possible.Between(0, 0, whole: true);

    readonly string inside;
    readonly string times;
    readonly Possible answers;
    readonly bool mayHaveCase;

    public StepEffects(Playbook playbook, Journey journey)
    {
        (inside, times) = ($"in-journey('{journey.Name}')", $"times-in('{journey.Name}')");
        mayHaveCase = journey.Enter.Any(trigger => trigger.On.StartsWith("case-", StringComparison.Ordinal));

        // The answer that somebody came by is heard again where they change it.
        var scales = playbook.Surveys.Values.Where(survey => IsHeard(journey, survey.Name)).Select(survey => survey.Scale).ToList();
        answers = scales.Count == 0 ? Possible.AnyNumber.OnlyKnown : Possible.Between(scales.Min(scale => scale.Least), scales.Max(scale => scale.Most), whole: true);
    }

    static bool IsHeard(Journey journey, string survey) => journey.Steps.OfType<Step.Ask>().Any(ask => ask.Survey == survey)
        || journey.Enter.Any(trigger => trigger.On == "survey" && (trigger.Of ?? survey) == survey);

    /// <summary>At the first step, from what was known of the customer.</summary>
    public Knowledge Began(Knowledge known)
    {
        known = Own(Absent(known, "happened", "messaged", "answer"));
        known = Absent(known.With(NoCoupon, Yes), "coupon-used");
        known = Absent(known.With(NoTask, Yes), "task-done");
        return mayHaveCase ? known : Absent(known.With(NoCase, Yes), "case-resolved", "case-acknowledged");
    }

    /// <summary>After a step that leads on by one way only.</summary>
    public Cases After(Step step, Knowledge known) => step switch
    {
        Step.Send => Cases.Of(Maybe(Rested(known), known)),
        Step.Wait wait => AfterWait(wait, known),
        Step.Ask => AfterAsk(known),
        Step.Give { Gift: Gift.Coupon } => Cases.Of(Rested(known, NoCoupon).With("coupon-used", No)),
        Step.Task => Cases.Of(Rested(known, NoTask).With("task-done", No)),
        Step.Case => Cases.Of(Rested(known, NoCase)),
        Step.Webhook or Step.Start => Cases.Of(known),
        _ => Cases.Of(Rested(known)),
    };

    /// <summary>What holds at any moment at which somebody is in the journey, whatever step they are at.</summary>
    public Knowledge Anywhere(Knowledge known, Journey journey)
    {
        known = Own(known);
        if (!journey.Steps.Any(step => step is Step.Send or Step.Ask)) known = Absent(known, "messaged");
        if (!journey.Steps.Any(step => step is Step.Ask or Step.Wait { Until: not null })) known = Absent(known, "happened");
        if (!journey.Steps.Any(step => step is Step.Ask)) known = Absent(known, "answer");
        if (!journey.Steps.Any(step => step is Step.Give { Gift: Gift.Coupon })) known = Absent(known, "coupon-used");
        if (!journey.Steps.Any(step => step is Step.Task)) known = Absent(known, "task-done");
        return mayHaveCase || journey.Steps.Any(step => step is Step.Case) ? known : Absent(known, "case-resolved", "case-acknowledged");
    }

    /// <summary>With these facts unknown, or no where they are a yes or no.</summary>
    public static Knowledge Absent(Knowledge known, params string[] facts) =>
        facts.Aggregate(known, (one, fact) => one.With(fact, Facts.All[fact].Type == FactType.Truth ? No : Possible.Nothing(Facts.All[fact].Type)));

    Knowledge Own(Knowledge known) => known.With(inside, Yes).With(times, Possible.Between(1, double.PositiveInfinity, whole: true));

    // A message went out here, or nothing has changed.
    static Knowledge Maybe(Knowledge after, Knowledge before) => after.With("messaged", before.Of(Messaged).Or(Yes));

    static Term Messaged { get; } = new Term.Named(Facts.All["messaged"]);

    static Term Answer { get; } = new Term.Named(Facts.All["answer"]);

    Cases AfterWait(Step.Wait wait, Knowledge known)
    {
        var rested = Rested(known);
        var passed = Cases.Of(rested.With("happened", No));
        if (wait.Until is not { } until) return passed;

        var happened = Cases.Of(rested);
        if (until.When is { } when) happened = happened.Assume(when.Root, true);
        return passed.Or(happened.Select(one => one.With("happened", Yes)));
    }

    Cases AfterAsk(Knowledge known)
    {
        var rested = Rested(known);
        var answered = rested.With("happened", Yes).With("messaged", Yes).With("answer", answers);
        return Cases.Of(answered).Or(Cases.Of(Maybe(rested.With("happened", No), known)));
    }

    // Time may have gone by, or a step has changed something: what is left is what only this journey's own steps can change.
    Knowledge Rested(Knowledge known, string? made = null)
    {
        bool Has(string mark) => known.Knows(mark) && made != mark;
        var (coupon, task, theCase) = (Has(NoCoupon), Has(NoTask), Has(NoCase));
        var before = known.Of(Answer);

        var rested = Own(known.Only(fact => fact switch
        {
            "event" or "messaged" or "happened" => true,
            NoCoupon or "coupon-used" => coupon,
            NoTask or "task-done" => task,
            NoCase or "case-resolved" or "case-acknowledged" => theCase,
            _ => false,
        }));
        return rested.With("answer", before.Known ? answers with { Unknown = before.Unknown } : before);
    }
}
