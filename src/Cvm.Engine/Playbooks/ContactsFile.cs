namespace Cvm.Engine;

/// <summary>contacts.yaml: plans of regular contact by the team.</summary>
static class ContactsFile
{
    const int MostPlans = 20;

    static readonly Field<Expression> Who = new("who", Shapes.Condition, "Whom it is for, such as relationship == 'strategic'.", required: true);
    static readonly Field<int> Every = new("every", Shapes.Days, "How long after the last contact of its kind, such as 6w.", required: true);
    static readonly Field<string> For = new("for", Shapes.Known("role"), "A role of policies.yaml, under staff.", required: true);
    static readonly Field<string> Do = new("do", Shapes.Text, "What to do. May hold {{name}} and {{customer}}.", required: true);
    static readonly Field<Lapse> Due = new("due", Shapes.Span, "By when, such as 5bd.");

    sealed record Body(Expression Who, int Every, string For, TaskKind Kind, string Do, Lapse? Due, ImmutableArray<string> Outcomes);

    static readonly Shape<ImmutableArray<(string Name, Where At, Body Body)>> File = Combining.Mapping<Body>(
        "a contact plan",
        [Who, Every, For, TeamSteps.Kind, Do, Due, TeamSteps.Outcomes],
        (v, _) => new(
            v.Get(Who)!,
            v.Get(Every),
            v.Get(For)!,
            v.Get(TeamSteps.Kind),
            v.Get(Do)!,
            v.Has(Due) ? v.Get(Due) : null,
            v.Has(TeamSteps.Outcomes) ? v.Get(TeamSteps.Outcomes) : [])).Named(Shapes.Slug, "a mapping of contact plans");

    public static ImmutableArray<ContactPlan> Read(Node node, Reading reading)
    {
        var written = File.Read(node, reading);
        if (written.Length > MostPlans) reading.Wrong(written[MostPlans].At, $"There are more than {MostPlans} contact plans.", "Put some together.");

        return [.. written.Select(one => new ContactPlan(one.Name, one.Body.Who, one.Body.Every, one.Body.For, one.Body.Kind, one.Body.Do, one.Body.Due, one.Body.Outcomes))];
    }
}
