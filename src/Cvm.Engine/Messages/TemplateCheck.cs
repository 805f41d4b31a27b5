namespace Cvm.Engine;

/// <summary>Finds names that do not exist, values of the wrong type, and values that may be missing where nothing stands in for them.</summary>
/// <param name="piece">Where the text stands, and what it may draw on.</param>
sealed class TemplateCheck(Action<int, string, string?> report, TemplateCheck.Piece piece)
{
    /// <param name="Head">It is a subject or a preheader: a line of words.</param>
    public sealed record Piece(TemplateFile File, Shelf Shelf, bool Head);

    // Names and groups known to have a value here, because an enclosing {{#if}} asked.
    ImmutableHashSet<string> sure = [];

    public void Check(ImmutableArray<TemplatePart> parts)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case TemplatePart.Output output: CheckOutput(output.Of); break;
                case TemplatePart.Block block: CheckBlock(block); break;
                case TemplatePart.Partial named when piece.Head: report(named.At, "A partial stands in the body of a message only.", "Write out here what it says."); break;
                case TemplatePart.Partial named when piece.Shelf.Use(named.Name, piece.File) is { } wrong: report(part.At, wrong.What, wrong.Fix); break;
            }
        }
    }

    void CheckOutput(Spoken of)
    {
        if (of is Spoken.Call { Helper: "product" } product)
        {
            CheckProduct(product);
        }
        else if (of is Spoken.Name { Path: Variables.Answers })
        {
            if (piece.File.Channel == Channel.Sms) report(of.At, "An SMS has no buttons.", "Ask for a number, such as: Reply with a number from 1 to 5.");
            else if (piece.Head) report(of.At, "The answers stand in the body of a message only.", "Put {{answers}} on a line of its own below the question.");
        }
        else if (of is Spoken.Name { Path: var path } && Variables.Groups.Contains(path) && (path != "coupon" || piece.Head))
        {
            report(of.At, $"'{path}' is a group of values.", $"Write one of them, such as {{{{{Example(path)}}}}}.");
        }
        else if (MayBeMissing(of, out var missing) && missing is not null)
        {
            report(of.At, $"'{missing}' may be missing.", $"Write {{{{or {missing} \"...\"}}}}, or put it between {{{{#if {missing}}}}} and {{{{/if}}}}.");
        }
    }

    void CheckProduct(Spoken.Call product)
    {
        var known = piece.Shelf.Products;
        if (product is not { Arguments: [Spoken.Text sku], Named.IsEmpty: true }) report(product.At, "'product' cannot be written like this.", Helpers.All["product"].Fix);
        else if (piece.Head) report(product.At, "A product stands in the body of a message only.", "Write out here what it is called.");
        else if (!known.ContainsKey(sku.Value)) report(sku.At, $"There is no product '{sku.Value}'.", Nearest.Hint(sku.Value, [.. known.Keys]) ?? "Define it in products.yaml.");
    }

    void CheckBlock(TemplatePart.Block block)
    {
        if (block.When is Spoken.Text or Spoken.Number) report(block.When.At, "A block asks for a name, not for a fixed value.", null);
        MayBeMissing(block.When, out _);

        var (outside, inside) = (sure, sure.Union(Asked(block.When)));
        sure = block.Unless ? outside : inside;
        Check(block.Then);
        sure = block.Unless ? inside : outside;
        Check(block.Else);
        sure = outside;
    }

    /// <summary>What must have a value where the question is answered with yes.</summary>
    static IEnumerable<string> Asked(Spoken when) => when switch
    {
        Spoken.Name { Path: var path } => Variables.All.TryGetValue(path, out var variable) && variable.Group is { } group ? [path, group] : [path],
        Spoken.Call { Helper: "is", Arguments: [var first, ..] } => Asked(first),
        _ => [],
    };

    /// <summary>Whether nothing may come of it, and through which name. Reports what is wrong with it on the way.</summary>
    bool MayBeMissing(Spoken of, out string? name)
    {
        name = null;
        return of switch
        {
            Spoken.Name path => IsMissing(path, out name),
            Spoken.Call call => IsMissing(call, out name),
            _ => false,
        };
    }

    bool IsMissing(Spoken.Name path, out string? name)
    {
        name = path.Path;
        if (Helpers.All.TryGetValue(name, out var helper))
        {
            report(path.At, $"'{name}' is given nothing.", helper.Fix);
            return false;
        }

        if (name.StartsWith(Variables.Attribute + ".", StringComparison.Ordinal)) return !sure.Contains(name);
        if (Variables.Groups.Contains(name)) return !sure.Contains(name);
        if (Variables.All.TryGetValue(name, out var variable)) return !variable.Sure && !sure.Contains(name) && (variable.Group is null || !sure.Contains(variable.Group));

        report(path.At, $"There is no value '{name}'.", Nearest.Hint(name, [.. Variables.All.Keys, .. Variables.Groups]) ?? "docs/messages.md lists them.");
        name = null;
        return false;
    }

    bool IsMissing(Spoken.Call call, out string? name)
    {
        name = null;
        if (!Helpers.All.TryGetValue(call.Helper, out var helper))
        {
            report(call.At, $"There is no helper '{call.Helper}'.", Nearest.Hint(call.Helper, [.. Helpers.All.Keys]));
            return false;
        }

        if (helper.Name == "product") report(call.At, "'product' stands in braces of its own.", helper.Fix);
        else if (helper.Forms && !call.Named.IsEmpty) CheckForms(call);
        else CheckShape(call, helper);
        var missing = true;
        foreach (var argument in call.Arguments)
        {
            var gone = MayBeMissing(argument, out var of);
            if (gone) name ??= of;
            if (helper.Name == "or") missing &= gone;
        }

        foreach (var (_, value) in call.Named) if (MayBeMissing(value, out var of)) name ??= of;

        return helper.Name switch
        {
            "or" => missing,
            "is" => false,
            "pick" when call.Named.Any(pair => pair.Key == "else") => false,
            _ => name is not null,
        };
    }

    void CheckForms(Spoken.Call call)
    {
        var given = call.Named.Select(pair => pair.Key).ToList();
        var lacking = Needed().Append("other").Except(given).ToList();
        if (call.Arguments.Length != 1) report(call.At, "'plural' takes a number and its forms, or a number and two words.", Example(Needed()));
        else if (given.FirstOrDefault(key => !Plurals.Forms.Contains(key)) is { } odd) report(call.At, $"'{odd}' is no form of a word.", Nearest.Hint(odd, Plurals.Forms));
        else if (lacking.Count > 0) report(call.At, $"'plural' lacks {string.Join(" and ", lacking)} in {piece.File.Locale}.", Example(Needed()));
        else if (call.Arguments[0] is Spoken.Text) report(call.Arguments[0].At, "'plural' takes a value, not a text.", Example(Needed()));

        static string Example(IEnumerable<string> forms) => $"Write {{{{plural points {string.Join(' ', forms.Append("other").Select(form => $"{form}=\"...\""))}}}}}.";
    }

    ImmutableArray<string> Needed() => Plurals.Needed(Locales.Language(piece.File.Locale));

    void CheckShape(Spoken.Call call, Helper helper)
    {
        if (call.Arguments.Length < (helper.Forms ? 3 : helper.Least) || call.Arguments.Length > helper.Most || (helper.Named != !call.Named.IsEmpty))
        {
            report(call.At, $"'{helper.Name}' cannot be written like this.", helper.Fix);
        }
        else if (helper.Forms && Needed().Except(["one"]).Any())
        {
            report(call.At, $"Two words are too few in {piece.File.Locale}.", $"Write {{{{plural points {string.Join(' ', Needed().Append("other").Select(form => $"{form}=\"...\""))}}}}}.");
        }
        else if (!helper.Takes.IsEmpty && call.Arguments[0] is Spoken.Text)
        {
            report(call.Arguments[0].At, $"'{helper.Name}' takes a value, not a text.", helper.Fix);
        }
        else if (!helper.Takes.IsEmpty && call.Arguments[0] is Spoken.Name { Path: var path } && Variables.All.TryGetValue(path, out var variable) && !helper.Takes.Contains(variable.Type))
        {
            report(call.Arguments[0].At, $"'{path}' is a {variable.Type.ToString().ToLowerInvariant()}, which '{helper.Name}' cannot write.", helper.Fix);
        }
    }

    static string Example(string group) => Variables.All.Keys.FirstOrDefault(name => name.StartsWith(group + ".", StringComparison.Ordinal)) ?? group + ".name";
}
