namespace Cvm.Engine;

/// <summary>Whether surveys and the messages that ask them fit each other.</summary>
static class SurveyMails
{
    /// <summary>Mails with answers to no survey: nothing would stand in their place.</summary>
    public static IEnumerable<Problem> Mistakes(ImmutableArray<TemplateFile> files, MessageTemplates templates, Playbook playbook) =>
        from name in templates.MailsThatRead(Variables.Answers).Order(StringComparer.Ordinal)
        where !playbook.Surveys.Values.Any(survey => survey.Template == name)
        select new Problem(Place(files, name), $"'{name}' writes {{{{answers}}}}, but no survey has it as its template.", $"Name it in surveys.yaml, as template: {name}, or take {{{{answers}}}} out.");

    /// <summary>Surveys whose mail has no answers to tap.</summary>
    public static IEnumerable<Problem> Warnings(ImmutableArray<TemplateFile> files, MessageTemplates templates, Playbook playbook) =>
        from survey in playbook.Surveys.Values
        where survey.Template is { } name && playbook.Templates.GetValueOrDefault(name)?.Email == true && !templates.MailsThatRead(Variables.Answers).Contains(name)
        select new Problem(Place(files, survey.Template!), $"'{survey.Template}' asks the survey '{survey.Name}' without answers to tap.", "Put {{answers}} on a line of its own below the question.");

    static Where Place(ImmutableArray<TemplateFile> files, string name) => new(files.First(file => file.Name == name && file is { Channel: Channel.Email, Partial: false }).Path);
}
