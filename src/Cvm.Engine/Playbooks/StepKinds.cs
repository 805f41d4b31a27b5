namespace Cvm.Engine;

/// <summary>Every kind of step. This table is the whole language.</summary>
static class StepKinds
{
    // First, because the table below is made from it.
    static readonly Shape<string> Promotions = Shapes.OneOf("what can be paused", ("promotions", "promotions"));

    public static ImmutableArray<StepKind> All { get; } =
    [
        MessageSteps.Send(), Wait(), If(), Choose(), Split(), MessageSteps.Ask(), Gifts.Give(), TeamSteps.Task(), TeamSteps.Case(),
        ProfileSteps.Set(), ProfileSteps.Webhook(), Start(), Hold(), Release(), End(),
    ];

    static StepKind Wait()
    {
        var rest = new Field<WaitFor>("wait", WaitFor.Shape, "A span, a time of day, a date, or all of it at length.", required: true);
        var until = new Field<Trigger>("until", Triggers.Trigger, "Goes on early when this happens.");

        return new("wait", "`wait: 7d`, `wait: \"10:00\"`, `wait: 2027-01-31`; with `until: event`",
            "rests; goes on early when the event happens. `wait: { for: 7d, until: { on: opened, of: we-miss-you } }` says the same at length; for a time of day or a date, `at` or `on` stands in place of `for`",
            [rest, until])
        {
            Slug = v => $"wait-{v.Get(rest)!.Slug}",
            Check = (v, reading) =>
            {
                if (v.Has(until) && v.Get(rest)!.Until is not null) reading.Wrong(v.PlaceOf(until), "'until' stands twice in this step.", "Keep one of them.");
            },
            Build = (v, spot) => new Step.Wait(spot.Id, spot.Next, v.Get(rest)!.Rest, v.Get(rest)!.Until ?? v.Get(until)),
        };
    }

    static StepKind If()
    {
        var when = new Field<Expression>("if", Shapes.Condition, "The condition.", required: true);
        var then = new Field<ImmutableArray<StepDraft>>("then", StepDraft.Steps, "Steps for those for whom it holds.", required: true);
        var otherwise = new Field<ImmutableArray<StepDraft>>("else", StepDraft.Steps, "Steps for the others; they go straight on where it is absent.");

        return new("if", "`if: condition` with `then`, `else`", "one of two ways", [when, then, otherwise])
        {
            Slug = _ => "if",
            Build = (v, spot) => new Step.If(spot.Id, spot.Next, v.Get(when)!, spot.Entry(v.Get(then)), spot.Entry(v.Get(otherwise))),
            Ways = v => [v.Get(then), v.Get(otherwise)],
            AlwaysOne = v => v.Has(otherwise),
        };
    }

    sealed record ChooseCase(Expression? When, ImmutableArray<StepDraft> Steps, Where At);

    static StepKind Choose()
    {
        var when = new Field<Expression>("when", Shapes.Condition, "The condition.", required: true);
        var steps = new Field<ImmutableArray<StepDraft>>("steps", StepDraft.Steps, "Steps for those for whom it holds.", required: true);
        var otherwise = new Field<ImmutableArray<StepDraft>>("otherwise", StepDraft.Steps, "Steps where no case holds. Comes last.", required: true);
        var one = Combining.Variants(
            "a case",
            (when, Combining.Mapping<ChooseCase>("a case", [when, steps], (v, _) => new(v.Get(when), v.Get(steps), v.At))),
            (otherwise, Combining.Mapping<ChooseCase>("a last case", [otherwise], (v, _) => new(null, v.Get(otherwise), v.At))));
        var cases = new Field<ImmutableArray<ChooseCase>>("choose", one.OneOrMany("a case"), "The cases, in order.", required: true);

        return new("choose", "`choose:` a list of `{ when, steps }`, the last may be `{ otherwise: [steps] }`", "the first case that holds", [cases])
        {
            Slug = _ => "choose",
            Check = (v, reading) =>
            {
                foreach (var early in v.Get(cases).SkipLast(1).Where(c => c.When is null))
                    reading.Wrong(early.At, "'otherwise' takes everybody, so that no case after it is reached.", "Put it last, and only once.");
                if (v.Get(cases).All(c => c.When is null))
                    reading.Wrong(
                        v.At,
                        "This 'choose' has no condition.",
                        "Add a case with 'when', or write the steps without 'choose'.");
            },
            Build = (v, spot) => new Step.Choose(
                spot.Id,
                spot.Next,
                [.. v.Get(cases).Where(c => c.When is not null).Select(c => (c.When!, spot.Entry(c.Steps)))],
                v.Get(cases)[^1] is { When: null } last ? spot.Entry(last.Steps) : spot.Next),
            Ways = v => v.Get(cases).OrEmpty().Select(c => c.Steps),
            AlwaysOne = v => v.Get(cases).OrEmpty() is [.., { When: null }],
        };
    }

    sealed record ArmDraft(double Share, ImmutableArray<StepDraft> Steps);

    static StepKind Split()
    {
        const double Rounding = 1e-6;
        var share = new Field<double>("share", Shapes.Share, "The part of the customers who get this arm, such as 50%.", required: true);
        var steps = new Field<ImmutableArray<StepDraft>>("steps", StepDraft.StepsOrNone, "Steps of this arm; absent or empty for those who get nothing.");
        var arm = Combining.Mapping<ArmDraft>("an arm", [share, steps], (v, _) => new(v.Get(share), v.Get(steps).OrEmpty()));
        var arms = new Field<ImmutableArray<(string Name, Where At, ArmDraft Arm)>>(
            "split", arm.Named(Shapes.Slug, "a mapping of arms"), "The arms by name.", required: true);

        var promote = new Field<Promotion>("promote", Promoting(), "When everybody new takes the arm that won.");

        return new("split", "`split: { name: { share, steps } }` with `promote`",
            "an experiment; shares add up to 100%; each customer keeps an arm for good. An arm without `steps` goes straight on. `promote: { by: profit, after: 2w, least: 200 }` lets everybody new take what won", [arms, promote])
        {
            Slug = _ => "split",
            Check = (v, reading) =>
            {
                var total = v.Get(arms).Sum(a => a.Arm.Share);
                if (v.Get(arms).Length < 2) reading.Wrong(v.PlaceOf(arms), "A split needs at least two arms.", "Add one, such as 'nothing: { share: 50% }'.");
                else if (Math.Abs(total - 1) > Rounding) reading.Wrong(v.PlaceOf(arms), $"The shares add up to {total * 100:0.##}%.", "Make them add up to 100%.");
            },
            Build = (v, spot) => new Step.Split(spot.Id, spot.Next, [.. v.Get(arms).Select(a => new Arm(a.Name, a.Arm.Share, spot.Entry(a.Arm.Steps)))], v.Get(promote)),
            Ways = v => v.Get(arms).OrEmpty().Select(a => a.Arm.Steps),
            AlwaysOne = v => v.Get(arms).OrEmpty().Length > 1,
        };
    }

    static Shape<Promotion> Promoting()
    {
        var by = new Field<PromoteBy>("by", Shapes.OneOf("what ways are compared by", ("profit", PromoteBy.Profit), ("revenue", PromoteBy.Revenue), ("goal", PromoteBy.Goal)), "What the best is found by, per person.", required: true);
        var after = new Field<TimeSpan>("after", Shapes.Window, "How long after the first took a way of it at the earliest, such as 2w.", required: true);
        var least = new Field<long>("least", Shapes.Whole(Lift.Fewest, 1_000_000), "How many must have been measured in each way.", required: true);
        return Combining.Mapping<Promotion>("a rule for the winner", [by, after, least], (v, _) => new(v.Get(by), v.Get(after), (int)v.Get(least)));
    }

    static StepKind Start()
    {
        var journey = new Field<string>("start", Shapes.Known("journey"), "The journey's name.", required: true);

        return new("start", "`start: other-journey`", "starts another journey", [journey])
        {
            Slug = v => $"start-{v.Get(journey)}",
            Build = (v, spot) => new Step.Start(spot.Id, spot.Next, v.Get(journey)!),
        };
    }

    static StepKind Hold()
    {
        var what = new Field<string>("hold", Promotions, "Always promotions.", required: true);
        var span = new Field<Lapse>("for", Shapes.Span, "How long at most; until it is released where this is absent.");

        return new("hold", "`hold: promotions` with `for: 30d`", "pauses promotions for this customer, everywhere", [what, span])
        {
            Slug = _ => "hold",
            Build = (v, spot) => new Step.Hold(spot.Id, spot.Next, v.Has(span) ? v.Get(span) : null),
        };
    }

    static StepKind Release()
    {
        var what = new Field<string>("release", Promotions, "Always promotions.", required: true);

        return new("release", "`release: promotions`", "ends this journey's pause", [what])
        {
            Slug = _ => "release",
            Build = (_, spot) => new Step.Release(spot.Id, spot.Next),
        };
    }

    static StepKind End()
    {
        var outcome = new Field<string>("end", Shapes.Slug, "How it ended, such as tried.", required: true);

        return new("end", "`end: outcome`", "ends the journey", [outcome])
        {
            Slug = v => $"end-{v.Get(outcome)}",
            Build = (v, spot) => new Step.End(spot.Id, v.Get(outcome)!),
        };
    }

    // Where a key was absent or wrong there is no array at all.
    static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T> array) => array.IsDefault ? [] : array;
}
