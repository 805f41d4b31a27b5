namespace Cvm.Engine;

/// <summary>The steps that people of the team work on.</summary>
static class TeamSteps
{
    static readonly Field<Lapse> Within = new("within", Shapes.Span, "Time to resolve it, such as 4bh, which the journey sees to; the times of service.yaml where it is absent, by which the case climbs by itself.");

    /// <summary>What a task is, for steps and for contact plans.</summary>
    public static Field<TaskKind> Kind { get; } = new(
        "kind",
        Shapes.OneOf("a kind of task", ("call", TaskKind.Call), ("gift", TaskKind.Gift), ("visit", TaskKind.Visit), ("other", TaskKind.Other)),
        "call, gift, visit or other; other where it is absent.");

    /// <summary>How a task may end, for steps and for contact plans.</summary>
    public static Field<ImmutableArray<string>> Outcomes { get; } = new(
        "outcomes", Shapes.Slug.OneOrMany("an outcome").Distinct(), "What whoever does it chooses from, such as [reached, not-reached]; any words where it is absent.");

    public static StepKind Task()
    {
        var role = new Field<string>("for", Shapes.Known("role"), "A role of policies.yaml, under staff.", required: true);
        var what = new Field<string>("do", Shapes.Text, "What to do. May hold {{name}} and what else messages may.", required: true);
        var due = new Field<Lapse>("due", Shapes.Span, "By when, such as 2d or 4bh.");
        var task = new Field<Work>(
            "task",
            Combining.Mapping<Work>("a task", [role, what, due, Kind, Outcomes], (v, _) => new(v.Get(role)!, v.Get(what)!, v.Has(due) ? v.Get(due) : null, v.Get(Kind), v.Has(Outcomes) ? v.Get(Outcomes) : [])),
            "For whom, and what.",
            required: true);

        return new("task", "`task: { for: role, do: \"text\", due: 2d, kind: call, outcomes: [reached, not-reached] }`", "asks a person of the team", [task])
        {
            Slug = v => $"task-{v.Get(task)!.For}",
            Build = (v, spot) => v.Get(task)!.At(spot),
        };
    }

    sealed record Work(string For, string Do, Lapse? Due, TaskKind Kind, ImmutableArray<string> Outcomes)
    {
        public Step.Task At(Spot spot) => new Step.Task(spot.Id, spot.Next, For, Do, Due, Kind, Outcomes);
    }

    public static StepKind Case()
    {
        var act = new Field<CaseStep>("case", Act(), "Open, escalate, reopen or close.", required: true);

        return new("case",
            "`case: { open: \"{{reason}}\", severity: high, to: agent, within: 4bh }`, `case: { escalate: manager, within: 4bh }`, `case: { reopen: \"{{reason}}\", to: manager }`, `case: { close: outcome }`",
            "works the journey's case; without `severity` (low, normal, high) the complaint's own holds, without `to` the bottom of the ladder, without `within` the times of service.yaml", [act])
        {
            Slug = v => v.Get(act) switch
            {
                CaseStep.Escalate escalate => $"case-escalate-{escalate.To}",
                CaseStep.Close close => $"case-close-{close.Outcome}",
                CaseStep.Reopen => "case-reopen",
                _ => "case-open",
            },
            Build = (v, spot) => new Step.Case(spot.Id, spot.Next, v.Get(act)!),
        };
    }

    static Shape<CaseStep> Act()
    {
        var open = new Field<string>("open", Shapes.Text, "The subject. May hold {{reason}}.", required: true);
        var severity = new Field<string>(
            "severity",
            Shapes.OneOf("a severity", ("low", "low"), ("normal", "normal"), ("high", "high")),
            "The complaint's own where it is absent.");
        var to = new Field<string>("to", Shapes.Known("role"), "Who it lies with: a role of policies.yaml, under staff; the bottom of the team's ladder where it is absent.");
        var escalate = new Field<string>("escalate", Shapes.Known("role"), "The role it goes up to.", required: true);
        var reopen = new Field<string>("reopen", Shapes.Text, "Why it is opened again. May hold {{reason}}.", required: true);
        var back = new Field<string>("to", Shapes.Known("role"), "Who it goes to; whom it lay with where it is absent.");
        var close = new Field<string>("close", Shapes.Slug, "How it ended, such as solved.", required: true);

        return Combining.Variants<CaseStep>(
            "a case step",
            (open, Combining.Mapping<CaseStep>("a case to open", [open, severity, to, Within],
                (v, _) => new CaseStep.Open(v.Get(open)!, v.Get(severity), v.Get(to), Time(v)))),
            (escalate, Combining.Mapping<CaseStep>("an escalation", [escalate, Within], (v, _) => new CaseStep.Escalate(v.Get(escalate)!, Time(v)))),
            (reopen, Combining.Mapping<CaseStep>("a case to open again", [reopen, back], (v, _) => new CaseStep.Reopen(v.Get(reopen)!, v.Get(back)))),
            (close, Combining.Mapping<CaseStep>("a case to close", [close], (v, _) => new CaseStep.Close(v.Get(close)!))));
    }

    static Lapse? Time(Values values) => values.Has(Within) ? values.Get(Within) : null;
}
