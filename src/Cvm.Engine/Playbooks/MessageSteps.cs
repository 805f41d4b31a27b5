namespace Cvm.Engine;

/// <summary>The steps that write to the customer.</summary>
static class MessageSteps
{
    static readonly Lapse TwoDays = new(2, "d");
    static readonly Lapse FiveDays = new(5, "d");

    static readonly Field<ImmutableArray<Channel>> Via = new("via", Shapes.Channel.OneOrMany("a channel").Distinct(),
        "The first of these channels that the customer agreed to and can be reached by; every channel the template is written for, e-mail first, where it is absent.");
    static readonly Field<TimeOnly> At = new("at", Shapes.TimeOfDay, "The customer's own time of day; at once where it is absent.");
    static readonly Field<Lapse> ValidFor = new("valid-for", Shapes.Span, "How long after it is due it is still worth sending; 2d where it is absent.");
    static readonly Field<OnLate> OnLate = new("on-late",
        Shapes.OneOf("what to do with a late message", ("skip", Cvm.OnLate.Skip), ("send", Cvm.OnLate.Send), ("shift", Cvm.OnLate.Shift)),
        "What to do with a message past its validity: skip it (also where this is absent), send it all the same, or shift it to the next time of day.");
    static readonly Field<Purpose> Purpose = new("purpose", Shapes.Purpose, "The journey's where it is absent.");

    public static StepKind Send()
    {
        var template = new Field<string>("send", Shapes.Known("template"), "The template's name.", required: true);

        return new("send", "`send: template` with `via`, `at`, `valid-for` (default 2d), `on-late` (skip, send, shift), `purpose`",
            "sends the template by the first channel the customer agreed to and can be reached by; waits for quiet hours and caps as long as it is valid",
            [template, Via, At, ValidFor, OnLate, Purpose])
        {
            Slug = v => $"send-{v.Get(template)}",
            Check = (v, reading) => CheckSending(v, v.Get(template)!, reading),
            Build = (v, spot) => new Step.Send(spot.Id, spot.Next, Make(v, v.Get(template)!, spot.Names)),
        };
    }

    public static StepKind Ask()
    {
        var survey = new Field<string>("ask", Shapes.Known("survey"), "The survey's name in surveys.yaml.", required: true);
        var patience = new Field<Lapse>("patience", Shapes.Span, "How long to wait for the answer; 5d where it is absent.");

        return new("ask",
            "`ask: survey` with `via`, `at`, `valid-for`, `patience` (default 5d), `on-late`, `purpose`",
            "sends the survey's template and waits for the answer",
            [survey, Via, At, ValidFor, patience, OnLate, Purpose])
        {
            Slug = v => $"ask-{v.Get(survey)}",
            Check = (v, reading) =>
            {
                if (!reading.Names.Surveys.TryGetValue(v.Get(survey)!, out var rule)) return;
                if (rule.Template is { } template) CheckSending(v, template, reading);
                else reading.Wrong(v.PlaceOf(survey), $"The survey '{rule.Name}' has no template, so nobody can be asked it.", "Give it one in surveys.yaml, such as template: how-did-we-do.");
            },
            Build = (v, spot) =>
            {
                // A survey with a mistake of its own has no template yet; the playbook comes to nothing then.
                var template = spot.Names.Surveys.GetValueOrDefault(v.Get(survey)!)?.Template ?? "";
                return new Step.Ask(spot.Id, spot.Next, v.Get(survey)!, Make(v, template, spot.Names), v.Get(patience, FiveDays));
            },
        };
    }

    static void CheckSending(Values values, string template, Reading reading)
    {
        if (values.Get(OnLate) == Cvm.OnLate.Shift && !values.Has(At))
            reading.Wrong(values.PlaceOf(OnLate), "'shift' waits for the next time of day, but there is none.", "Add 'at', such as at: \"10:00\".");

        if (!reading.Names.Templates.TryGetValue(template, out var kind) || Channels(values, kind).Length > 0) return;
        reading.Wrong(
            values.PlaceOf(Via),
            $"The template '{template}' is not written for any of these channels.",
            kind.Email ? "Add email, or write the .sms file." : "Add sms, or write the .md file.");
    }

    static Sending Make(Values values, string template, Names names) => new(
        template,
        names.Templates.TryGetValue(template, out var kind) ? Channels(values, kind) : [],
        values.Has(At) ? values.Get(At) : null,
        values.Get(ValidFor, TwoDays),
        values.Get(OnLate),
        values.Has(Purpose) ? values.Get(Purpose) : null);

    static ImmutableArray<Channel> Channels(Values values, TemplateKind template) =>
        [.. values.Get(Via, [Channel.Email, Channel.Sms]).Where(template.For)];
}
