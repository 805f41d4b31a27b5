using System.Globalization;

namespace Cvm.Engine;

/// <summary>One answer per row, as people of the team enter them from paper and interviews.</summary>
sealed class AnswerRows(ColumnMap columns, Check check, RowKeys keys) : CsvRows(columns, check)
{
    readonly Check check = check;
    readonly SurveyCheck surveys = new(check);

    protected override Arrival Make(CsvTable row)
    {
        check.Id("id", Cell(row, "id"));
        var customer = check.Id("customer", Required(row, "customer"));
        var survey = check.Id("survey", Required(row, "survey"));
        var score = Score(row);
        var at = check.Moment("at", Required(row, "at"));
        var comment = check.Text("comment", Cell(row, "comment"));
        ImmutableArray<string> reasons = Cell(row, "reasons") is { } cell ? [.. cell.Split([',', ';', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] : [];
        var (product, agent, by) = (check.Id("product", Cell(row, "product")), check.Id("agent", Cell(row, "agent")), check.Line("by", Cell(row, "by"), Check.MostName));
        surveys.Fits(survey, score, reasons);
        if (!check.Clear) return new(customer ?? "", null, check.Problems());

        if (keys.OrderId(row, out var line) is { } id)
            return new(customer!, new Signal.Answered(SignalIds.SurveyReply(id), at!.Value, survey!, score!.Value, comment) { Reasons = reasons, Product = product, Agent = agent, By = by });

        check.Refuse("id", $"stands in line {line} already, with other content.", "Give each answer an id of its own.");
        return new("", null, check.Problems());
    }

    int? Score(CsvTable row)
    {
        if (Required(row, "score") is not { } text) return null;
        if (int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var score)) return score;
        check.Refuse("score", $"is not a whole number: '{Check.Shown(text)}'.", "Write it like 4.");
        return null;
    }
}

/// <summary>One online review per row. Whose it is stands in it as an id or as an address.</summary>
sealed class ReviewRows(ColumnMap columns, Check check, RowKeys keys) : CsvRows(columns, check)
{
    /// <summary>The survey that reviews are kept as: stars are its scale.</summary>
    public const string Survey = "reviews";

    readonly Check check = check;
    readonly PersonCheck people = new(check);
    string? email;

    /// <summary>What is wrong with the playbook's survey for reviews; null for nothing.</summary>
    public static Problem? Lacks(Playbook playbook) =>
        !playbook.Surveys.TryGetValue(Survey, out var survey) ? new(new("surveys.yaml"), $"There is no survey '{Survey}' that reviews could be kept as.", $"Add {Survey}: {{ kind: csat }}.")
        : survey.Kind != SurveyKind.Csat ? new(new("surveys.yaml"), $"The survey '{Survey}' is not of one to five stars.", $"Write {Survey}: {{ kind: csat }}.")
        : null;

    protected override Arrival Make(CsvTable row)
    {
        check.Id("id", Cell(row, "id"));
        var customer = check.Id("customer", Cell(row, "customer"));
        email = people.Email("email", Cell(row, "email"));
        if (check.Clear && customer is null && email is null) check.Refuse("customer", "is empty, and so is the e-mail address.", "Say whose review it is.");

        var rating = Rating(row);
        var at = check.Moment("at", Required(row, "at"));
        var text = check.Text("text", Cell(row, "text"));
        var site = check.Line("site", Cell(row, "site"), Check.MostId);
        var product = check.Id("product", Cell(row, "product"));
        if (!check.Clear) return new(customer ?? "", null, check.Problems());

        if (keys.OrderId(row, out var line) is { } id)
            return new(customer ?? "", new Signal.Answered(SignalIds.Review(site, id), at!.Value, Survey, rating!.Value, text) { Product = product, By = site });

        check.Refuse("id", $"stands in line {line} already, with other content.", "Give each review an id of its own.");
        return new("", null, check.Problems());
    }

    /// <summary>The arrival with its customer, if there is one such.</summary>
    public async ValueTask<Arrival> Find(Arrival arrival, IStore store, IPeople known, CancellationToken stop)
    {
        if (arrival.Signal is null) return arrival;
        if (arrival.Customer != "")
        {
            return (await store.Load(arrival.Customer, "", stop)).Revision > 0 ? arrival
                : new(new FieldProblem("customer", $"is nobody we know: '{arrival.Customer}'.", "Import the customer first, or mend the id."));
        }

        return await known.ReachedAt(Channel.Email, email!, 2, stop) switch
        {
            [var one] => arrival with { Customer = one },
            [] => new(new FieldProblem("email", "is the address of nobody we know.", "Import the customer first, or name the customer by id.")),
            _ => new(new FieldProblem("email", "is the address of several customers.", "Name the customer by id.")),
        };
    }

    // 4, 4.0, 4/5, 4 stars, or stars themselves.
    int? Rating(CsvTable row)
    {
        if (Required(row, "rating") is not { } text) return null;
        var bare = text.Trim().ToLowerInvariant();
        foreach (var ending in (string[])["/5", "stars", "star", "out of 5"]) if (bare.EndsWith(ending, StringComparison.Ordinal)) bare = bare[..^ending.Length].TrimEnd();
        if (bare.Length > 0 && bare.All(letter => letter is '★' or '☆' or '⭐')) bare = bare.Count(letter => letter != '☆').ToString(CultureInfo.InvariantCulture);

        if (decimal.TryParse(bare, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var stars) && stars is >= 1 and <= 5 && decimal.IsInteger(stars)) return (int)stars;
        check.Refuse("rating", $"is not a whole number of stars from 1 to 5: '{Check.Shown(text)}'.", "Write it like 4.");
        return null;
    }
}
