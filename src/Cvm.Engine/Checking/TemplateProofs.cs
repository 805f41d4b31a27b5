namespace Cvm.Engine;

/// <summary>Finds messages that nobody sends, lack a language, or leave no way out.</summary>
sealed class TemplateProofs(LoadedPlaybook loaded, PlaybookSources sources, MessageTemplates templates, Findings findings)
{
    // How an SMS tells that it can be answered with STOP; every language has its own words around it.
    static readonly string[] WaysOut = ["STOP", "ARRET", "退订", "退訂", "link.unsubscribe"];

    readonly Playbook playbook = loaded.Playbook;

    /// <summary>Whether a message shows a coupon, in any channel or language.</summary>
    public Func<string, bool> ShowsCoupon { get; } = templates.ThatRead("coupon").Contains;

    public void Check()
    {
        CheckUnused();
        CheckLanguages();
        foreach (var journey in playbook.Journeys) CheckPurposes(journey);
    }

    void CheckUnused()
    {
        var used = playbook.Journeys.SelectMany(journey => journey.Steps).Select(TimeProofs.SendingOf).OfType<Sending>().Select(sending => sending.Template)
            .Concat(playbook.Surveys.Values.Select(survey => survey.Template).OfType<string>())
            .Concat(((string?[])[playbook.Policies.SmsReplies.Stop, playbook.Policies.SmsReplies.Start, playbook.Policies.SmsReplies.Help]).OfType<string>())
            .Append(playbook.Service.AnswerTemplate).Append(playbook.Service.QuestionTemplate)
            .ToHashSet(StringComparer.Ordinal);

        foreach (var name in playbook.Templates.Keys.Where(name => !used.Contains(name)))
            findings.Doubt(new(Files(name).First().Path), $"Nothing sends '{name}'.", $"Send it in a journey, with send: {name}, or delete the file.");

        var asked = playbook.Journeys.SelectMany(journey => journey.Steps).OfType<Step.Ask>().Select(ask => ask.Survey).ToHashSet(StringComparer.Ordinal);
        foreach (var survey in playbook.Surveys.Values.Where(survey => survey.Template is not null && !asked.Contains(survey.Name)))
            findings.Doubt(findings.Of("surveys.yaml", survey.Name), $"No journey asks '{survey.Name}', though it has a template.", $"Ask it, with ask: {survey.Name}, or take the template out where people enter its answers.");

        var topics = playbook.Journeys.Select(journey => journey.Topic).ToHashSet(StringComparer.Ordinal);
        foreach (var topic in playbook.Policies.Topics.Where(topic => !topics.Contains(topic.Name)))
            findings.Doubt(findings.Of("policies.yaml", "topics", topic.Name), $"No journey is about '{topic.Name}', so switching it off changes nothing.", $"Write topic: {topic.Name} into a journey, or take it out.");
    }

    // Whoever reads another language than the last resort is written to in it, or is told of here.
    void CheckLanguages()
    {
        foreach (var group in sources.Templates.GroupBy(file => (file.Name, file.Channel, file.Partial)))
        {
            var written = group.Select(file => Locales.Language(file.Locale)).ToHashSet(StringComparer.Ordinal);
            foreach (var locale in loaded.Locales.Where(locale => !written.Contains(Locales.Language(locale))))
                findings.Doubt(
                    new(group.First().Path),
                    $"'{group.Key.Name}' is not written in {locale}, as others are: who reads {locale} gets it in {playbook.Policies.Locale}.",
                    $"Add {group.Key.Name}.{locale}.{(group.Key.Channel == Channel.Email ? "md" : "sms")} beside it.");
        }

        foreach (var topic in playbook.Policies.Topics) CheckLabels(topic.Labels, $"The topic '{topic.Name}'", "policies.yaml", "topics", topic.Name);
        foreach (var survey in playbook.Surveys.Values.Where(survey => survey.Template is not null))
        {
            CheckLabels(survey.Question, $"The question of '{survey.Name}'", "surveys.yaml", survey.Name, "question");
            foreach (var reason in survey.Reasons) CheckLabels(reason.Labels, $"The reason '{reason.Name}'", "surveys.yaml", survey.Name, "reasons", reason.Name);
        }
    }

    // None at all are the usual words, which speak every language that we do.
    void CheckLabels(ImmutableSortedDictionary<string, string> labels, string what, string file, params string[] keys)
    {
        if (labels.IsEmpty) return;

        var written = labels.Keys.Select(Locales.Language).ToHashSet(StringComparer.Ordinal);
        foreach (var locale in loaded.Locales.Where(locale => !written.Contains(Locales.Language(locale))))
            findings.Doubt(findings.Of(file, keys), $"{what} is not written in {locale}, as messages are.", $"Add {locale}: beside the others.");
    }

    void CheckPurposes(Journey journey)
    {
        foreach (var step in journey.Steps)
        {
            if (TimeProofs.SendingOf(step) is not { } sending) continue;

            var purpose = sending.Purpose ?? journey.Purpose;
            if (purpose == Purpose.Transactional && ShowsCoupon(sending.Template))
                findings.Doubt(findings.In(journey).Step(step.Id), $"'{sending.Template}' carries a coupon, but goes out as transactional: without consent, and without a way to unsubscribe.", "Send it as promotional.");
            if (purpose != Purpose.Promotional || !sending.Via.Contains(Channel.Sms)) continue;

            foreach (var file in Files(sending.Template).Where(file => file.Channel == Channel.Sms && !WaysOut.Any(way => WholeText(file).Contains(way, StringComparison.OrdinalIgnoreCase))))
                findings.Doubt(new(file.Path), $"'{sending.Template}' is promotional, but does not say how to opt out.", "End it with words such as: STOP to opt out.");
        }
    }

    // With every partial of that channel and language, because any of them may say it.
    string WholeText(TemplateFile file) => string.Join('\n', sources.Templates
        .Where(other => other.Partial && other.Channel == file.Channel && other.Locale == file.Locale && file.Text.Contains($"{{{{> {other.Name}", StringComparison.Ordinal))
        .Select(other => other.Text).Prepend(file.Text));

    IEnumerable<TemplateFile> Files(string name) => sources.Templates.Where(file => file.Name == name && !file.Partial);
}
