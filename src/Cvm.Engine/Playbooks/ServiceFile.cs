using System.Text.Json.Nodes;

namespace Cvm.Engine;

/// <summary>service.yaml: teams, what is promised to whom, and what may be said and chosen.</summary>
static class ServiceFile
{
    const int MostAnswer = 2_000;

    static readonly Shape<Lapse> Working = Shapes.Written<Lapse>(
        (text, out lapse) => Lapse.TryParse(text, out lapse) && lapse is { Amount: > 0, Unit: "bh" or "bd" },
        "a span of working time",
        "Write 4bh (business hours) or 2bd (business days): the clocks of cases run while the team works.",
        () => Shapes.Schema("string", "^[0-9.]+ ?(bh|bd)$"));

    static readonly Field<ImmutableArray<(string Name, Where At, TeamDraft Team)>> Teams = new("teams", TeamShape().Named(Shapes.Slug, "a mapping of teams"), "Teams by name; the first that serves the customer's country works the case.");
    static readonly Field<ImmutableArray<SlaRow>> Promises = new("sla", RowShape().OneOrMany("a promise"), "What is promised to whom; the first that fits holds.");
    static readonly Field<Lapse> ResumeAfter = new("resume-after", Shapes.Span, "How long promotions rest after a case was resolved, without a happy answer.");
    static readonly Field<Lapse> DetractorRest = new("detractor-rest", Shapes.Span, "How long promotions rest after an unhappy answer that nothing has made good.");
    static readonly Field<string> AnswerTemplate = new("answer-template", Shapes.Known("template"), "The message that carries an answer to the customer.");
    static readonly Field<string> QuestionTemplate = new("question-template", Shapes.Known("template"), "The message that carries a question to the customer.");
    static readonly Field<ImmutableArray<string>> Resolutions = new("resolutions", Shapes.Slug.OneOrMany("a resolution").Distinct(), "What may be chosen when a case is resolved.");
    static readonly Field<ImmutableArray<(string Name, Where At, ImmutableArray<AnswerDraft> Texts)>> Answers = new(
        "answers", AnswerShape().Named(Shapes.Slug, "a mapping of answers"), "Answers that are ready to send, by name and language, with the values of messages.");

    static readonly Shape<Service> File = Combining.Mapping<Service>(
        "the service", [Teams, Promises, ResumeAfter, DetractorRest, AnswerTemplate, QuestionTemplate, Resolutions, Answers], Make);

    /// <summary>What the file says.</summary>
    public sealed record Service(ServiceRules Rules, ImmutableArray<CannedText> Answers);

    public static Service Read(Node node, Policies policies, Reading reading)
    {
        var service = File.Read(node, reading) ?? new(ServiceRules.Usual, []);
        var teams = service.Rules.Teams.Select(team => team with { Hours = team.Hours.Zone == "" ? team.Hours with { Zone = policies.Hours.Zone } : team.Hours });
        return service with { Rules = service.Rules with { Teams = [.. teams] } };
    }

    static Service Make(Values values, Reading reading)
    {
        var usual = ServiceRules.Usual;
        var answers = values.Get(Answers, []);
        return new(
            new()
            {
                Teams = [.. values.Get(Teams, []).Select(team => team.Team.Named(team.Name))],
                Sla = values.Get(Promises, []),
                ResumeAfter = values.Get(ResumeAfter, usual.ResumeAfter),
                DetractorRest = values.Get(DetractorRest, usual.DetractorRest),
                AnswerTemplate = values.Get(AnswerTemplate, usual.AnswerTemplate),
                QuestionTemplate = values.Get(QuestionTemplate, usual.QuestionTemplate),
                Resolutions = values.Get(Resolutions, usual.Resolutions),
                Answers = [.. answers.Select(answer => answer.Name)],
            },
            [.. answers.SelectMany(answer => answer.Texts.Select(text => new CannedText(answer.Name, text.Locale, text.Text, text.At)))]);
    }

    sealed record TeamDraft(Office Office, ImmutableArray<string> Ladder, ImmutableArray<string> Countries)
    {
        // Without a zone of its own it takes the one of policies.yaml, which is not read yet.
        public ServiceTeam Named(string name) => new(name, Office.In(""), Ladder, Countries);
    }

    static Shape<TeamDraft> TeamShape()
    {
        var hours = new Field<Office>("hours", HoursFile.Shape(PoliciesFile.ZoneShape), "When this team works, with its zone and its holidays; Monday to Friday, 9-17 where absent.");
        var ladder = new Field<ImmutableArray<string>>("ladder", Shapes.Known("role").OneOrMany("a role").Distinct(), "Roles of policies.yaml from bottom to top: agent, manager, director.", required: true);
        var countries = new Field<ImmutableArray<string>>("countries", Shapes.Country.OneOrMany("a country").Distinct(), "Whose customers it serves; all that no other team does where absent.");
        return Combining.Mapping<TeamDraft>("a team", [hours, ladder, countries], (v, _) => new(v.Get(hours) ?? new(), v.Get(ladder), v.Get(countries, [])));
    }

    static Shape<SlaRow> RowShape()
    {
        var severity = new Field<ImmutableArray<string>>("severity", Shapes.OneOf("a severity", ("low", "low"), ("normal", "normal"), ("high", "high")).OneOrMany("a severity").Distinct()!, "low, normal, high; any where absent.");
        var tier = new Field<ImmutableArray<string>>("tier", Shapes.Known("tier").OneOrMany("a tier").Distinct(), "Loyalty tiers; any where absent.");
        var relationship = new Field<ImmutableArray<string>>("relationship", Shapes.OneOf("a relationship", ("strategic", "strategic"), ("core", "core"), ("general", "general")).OneOrMany("a relationship").Distinct()!, "strategic, core, general; any where absent.");
        var first = new Field<Lapse>("first-response", Working, "Until a person has written to or spoken with the customer, such as 2bh.", required: true);
        var resolve = new Field<Lapse>("resolve", Working, "Until it is resolved, such as 8bh or 2bd.", required: true);
        var rungs = new Field<ImmutableArray<Lapse>>("rungs", Working.OneOrMany("a span of working time"), "The time of each rung above the first; the last holds for those above it.");

        return Combining.Mapping<SlaRow>("a promise", [severity, tier, relationship, first, resolve, rungs], (v, reading) =>
        {
            if (v.Get(first) is { Unit: "bh" } respond && v.Get(resolve) is { Unit: "bh" } solve && solve.Amount < respond.Amount)
                reading.Wrong(v.PlaceOf(resolve), "'resolve' is shorter than 'first-response'.", "Raise it.");
            return new(v.Get(severity, []), v.Get(tier, []), v.Get(relationship, []), v.Get(first), v.Get(resolve), v.Get(rungs, []));
        });
    }

    sealed record AnswerDraft(string Locale, string Text, Where At);

    static Shape<ImmutableArray<AnswerDraft>> AnswerShape() => new(
        (node, reading) =>
        {
            if (node is not Node.Map map)
            {
                reading.Wrong(node.At, $"Here stands {node.Kind}, where the answer in each language is needed.", "Write it like { en: \"It is on its way.\" }.");
                return [];
            }

            var texts = ImmutableArray.CreateBuilder<AnswerDraft>(map.Entries.Length);
            foreach (var (key, value) in map.Entries)
            {
                if (!TemplateFile.IsLocale(key.Value)) reading.Wrong(key.At, $"'{Reading.Short(key.Value)}' is not a language tag.", "Write it like en or zh-CN.");
                if (reading.TextOf(value, "a text") is not { } text) continue;
                if (text.Length > MostAnswer) reading.Wrong(value.At, $"This answer is longer than {MostAnswer:N0} characters.", "Shorten it.");
                texts.Add(new(key.Value, text.Trim(), value.At));
            }

            return texts.ToImmutable();
        },
        _ => new() { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } });
}
