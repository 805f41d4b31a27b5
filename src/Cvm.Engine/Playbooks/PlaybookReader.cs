namespace Cvm.Engine;

/// <summary>Reads the files of a playbook together: first all names, then everything that uses them.</summary>
sealed class PlaybookReader
{
    readonly Func<string, string> shown;
    readonly List<Problem> problems;
    readonly ImmutableArray<PlaybookFile> files;

    PlaybookReader(PlaybookFiles read, List<Problem> problems)
    {
        (shown, this.problems) = (read.Shown, problems);
        files =
        [
            .. read.All
                .Where(file => Reads(file.Path))
                .Select(file => file with { Text = Plain(file.Text) })
                .OrderBy(file => file.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>Reads the files; adds to the problems there are already.</summary>
    public static PlaybookSources Read(PlaybookFiles files, List<Problem> problems) => new PlaybookReader(files, problems).Read() with { Files = files };

    /// <summary>Whether the path is any business of the playbook's: nothing hidden, no examples.</summary>
    public static bool Reads(string path) =>
        !path.Split('/').Any(part => part.StartsWith('.')) && path.Split('/') is not ["journeys", _, "examples", ..];

    /// <summary>The text without byte order mark and carriage returns, so that it is the same on every machine.</summary>
    public static string Plain(string text) => text.TrimStart('\uFEFF').ReplaceLineEndings("\n");

    public static ImmutableArray<Problem> InOrder(IEnumerable<Problem> problems) =>
        [.. problems.Distinct().OrderBy(problem => problem.At.File, StringComparer.Ordinal).ThenBy(problem => problem.At.Line).ThenBy(problem => problem.At.Column)];

    PlaybookSources Read()
    {
        new PlaybookLayout(shown, problems).Check(files);
        var templates = new TemplateFiles(shown, problems).Collect(files);

        var tops = PlaybookLayout.TopFiles.ToDictionary(name => name, Top, StringComparer.Ordinal);
        var journeys = Journeys();
        var names = NamesIn(tops, journeys, templates);
        var reading = new Reading(names, problems) { Dates = Dates(tops["calendar.yaml"]) };

        var policies = Part("policies.yaml", PoliciesFile.Read) ?? new();
        var loyalty = Part("loyalty.yaml", LoyaltyFile.Read) ?? new();
        var scores = Part("scores.yaml", ScoresFile.Read) ?? ScoreRules.Usual;
        var holidays = Part("calendar.yaml", CalendarFile.Read) ?? HolidayCalendar.Empty;
        var products = Part("products.yaml", (node, reading) => ProductsFile.Read(node, policies.Locale, reading)) ?? ImmutableSortedDictionary<string, Product>.Empty;
        var segments = Part("segments.yaml", SegmentsFile.Read) ?? ImmutableSortedDictionary<string, Segment>.Empty;
        var surveys = Part("surveys.yaml", (node, reading) => SurveysFile.Read(node, policies.Locale, reading)) ?? ImmutableSortedDictionary<string, Survey>.Empty;

        var service = Part("service.yaml", (node, reading) => ServiceFile.Read(node, policies, reading)) ?? new(ServiceRules.Usual, []);
        var contacts = tops["contacts.yaml"] is { } plans ? ContactsFile.Read(plans, reading) : [];

        reading = new(names with { Surveys = surveys }, problems);
        var written = journeys
            .Where(journey => journey.Node is not null)
            .Select(journey => (journey.File, Written: JourneyFile.Read(journey.Node!, journey.Name, reading)))
            .Where(pair => pair.Written is not null)
            .ToList();
        var measures = tops["metrics.yaml"] is { } figures ? MetricsFile.Measures(figures, policies.Locale, reading) : [];
        StartLoops.Check([.. written.Select(pair => pair.Written!)], reading);

        var playbook = problems.Count > 0 ? null : new Playbook
        {
            Journeys = [.. written.Select(pair => pair.Written!.Journey)],
            Segments = segments,
            Surveys = surveys,
            Loyalty = loyalty,
            Scores = scores,
            Policies = policies,
            Service = service.Rules,
            Holidays = holidays,
            Templates = names.Templates,
            WatchedSegments = Playbook.WatchedBy([.. written.Select(pair => pair.Written!.Journey)], segments.Keys),
            Categories = products.Values.Where(product => product.Category is not null).ToImmutableSortedDictionary(product => product.Sku, product => product.Category!, StringComparer.Ordinal),
            Contacts = contacts,
        };
        ImmutableArray<JourneyText> texts = [.. written.Select(pair => new JourneyText(pair.Written!.Journey.Name, pair.Written.Journey.Version, pair.File.Text))];

        return new(playbook, policies, templates, texts, InOrder(problems))
        {
            Products = products,
            Answers = service.Answers,
            Measures = measures,
            Written = [.. written.Select(pair => pair.Written!)],
        };

        T? Part<T>(string name, Func<Node, Reading, T> read) where T : class => tops[name] is { } node ? read(node, reading) : null;
    }

    // An absent file defines nothing; one that cannot be read gives null.
    Node? Top(string name) =>
        files.FirstOrDefault(file => file.Path == name) is { } file ? YamlTree.Read(shown(name), file.Text, problems) : new Node.Map(new(shown(name)), []);

    ImmutableSortedDictionary<string, ImmutableArray<NamedDays>> Dates(Node? calendar)
    {
        var dated = files.Where(file => HolidayDates.IsPath(file.Path) && !file.Path.Contains('/')).ToList();
        var named = calendar?.All().OfType<Node.Text>().Select(text => text.Value).ToHashSet(StringComparer.Ordinal);

        foreach (var stray in dated.Where(file => named?.Contains(file.Path) == false))
            problems.Add(new(new(shown(stray.Path)), "Nothing reads this file.", $"Name it in calendar.yaml: {{ file: {stray.Path} }}."));
        return dated.ToImmutableSortedDictionary(file => file.Path, file => HolidayDates.Read(shown(file.Path), file.Text, problems), StringComparer.Ordinal);
    }

    List<(string Name, PlaybookFile File, Node? Node)> Journeys() =>
    [
        .. files
            .Where(file => file.Path.Split('/') is ["journeys", _, PlaybookLayout.JourneyFile])
            .Select(file => (Name: file.Path.Split('/')[1], file, YamlTree.Read(shown(file.Path), file.Text, problems)))
            .OrderBy(journey => journey.Name, StringComparer.Ordinal),
    ];

    static Names NamesIn(Dictionary<string, Node?> tops, List<(string Name, PlaybookFile File, Node? Node)> journeys, ImmutableArray<TemplateFile> templates)
    {
        var kinds = templates.Where(file => !file.Partial).GroupBy(file => file.Name, StringComparer.Ordinal).ToImmutableSortedDictionary(
            group => group.Key,
            group => new TemplateKind(group.Key, group.Any(file => file.Channel == Channel.Email), group.Any(file => file.Channel == Channel.Sms)),
            StringComparer.Ordinal);

        return new Names { Templates = kinds }
            .With("template", kinds.Keys)
            .With("journey", journeys.Select(journey => journey.Name))
            .With("coupon", journeys.All(journey => journey.Node is not null) ? journeys.SelectMany(journey => JourneyFile.Coupons(journey.Node!)) : null)
            .With("survey", Keys(tops["surveys.yaml"]))
            .With("segment", Keys(tops["segments.yaml"]))
            .With("holiday", Keys(tops["calendar.yaml"]))
            .With("tier", Keys(Inner(tops["loyalty.yaml"], "tiers")))
            .With("topic", Keys(Inner(tops["policies.yaml"], "topics")))
            .With("role", Keys(Inner(tops["policies.yaml"], "staff")));
    }

    static IEnumerable<string>? Keys(Node? node) => (node as Node.Map)?.Entries.Select(entry => entry.Key.Value);

    static Node? Inner(Node? node, string key) => node is Node.Map map ? map.Find(key) ?? new Node.Map(map.At, []) : null;
}
