namespace Cvm.Engine;

/// <summary>A template file cut into its parts: what stands between the first two lines of <c>---</c>, and the body.</summary>
sealed record MessageSource(TemplateFile File, MessageSource.Part Subject, MessageSource.Part Preheader, MessageSource.Part Body)
{
    static readonly string[] Keys = ["subject", "preheader"];

    /// <param name="At">Offset in the file.</param>
    public sealed record Part(string Text, int At);

    /// <summary>The place in the file of an offset in a part.</summary>
    public Where Where(Part part, int offset) => PlaceOf(File, part.At + offset);

    public static MessageSource Read(TemplateFile file, List<Problem> problems)
    {
        var none = new Part("", 0);
        var text = file.Text;
        if (file.Channel == Channel.Sms) return new(file, none, none, new(text, 0));

        var (fields, body) = FrontMatter(file, problems);
        if (!fields.ContainsKey("subject")) problems.Add(new(new(file.Path), "The message has no subject.", "Start the file with three lines: ---, subject: ..., ---."));
        if (string.IsNullOrWhiteSpace(body.Text)) problems.Add(new(new(file.Path), "The message is empty.", "Write it below the second ---."));
        return new(file, fields.GetValueOrDefault("subject", none), fields.GetValueOrDefault("preheader", none), body);
    }

    static (Dictionary<string, Part> Fields, Part Body) FrontMatter(TemplateFile file, List<Problem> problems)
    {
        var fields = new Dictionary<string, Part>(StringComparer.Ordinal);
        var text = file.Text;
        var at = text.StartsWith('\uFEFF') ? 1 : 0;
        var open = false;

        while (at < text.Length)
        {
            var end = text.IndexOf('\n', at) is >= 0 and var found ? found : text.Length;
            var (line, start) = (text[at..end].TrimEnd(), at);
            at = Math.Min(end + 1, text.Length);

            if (line == "---" && open) return (fields, new(text[at..], at));
            if (!open && line != "---") return (fields, new(text[start..], start));
            if (open && line.Length > 0) Field(file, line, start, fields, problems);
            open = true;
        }

        problems.Add(new(new(file.Path, 1, 1), "The head of the message is never closed.", "Write a line with --- below the subject."));
        return (fields, new("", text.Length));
    }

    static void Field(TemplateFile file, string line, int start, Dictionary<string, Part> fields, List<Problem> problems)
    {
        var colon = line.IndexOf(':');
        var key = colon < 0 ? line : line[..colon].Trim();

        if (colon < 0 || !Keys.Contains(key))
        {
            problems.Add(new(PlaceOf(file, start), $"'{key}' is not a field of a message.", Nearest.Hint(key, Keys)));
            return;
        }

        var from = colon + 1;
        while (from < line.Length && line[from] == ' ') from++;
        var value = line[from..];
        if (value is ['"', .., '"'] && value.IndexOf('"', 1) == value.Length - 1) (value, from) = (value[1..^1], from + 1);

        if (value.Length == 0) problems.Add(new(PlaceOf(file, start), $"'{key}' is empty."));
        if (!fields.TryAdd(key, new(value, start + from))) problems.Add(new(PlaceOf(file, start), $"'{key}' stands twice."));
    }

    /// <summary>The place of an offset in a file.</summary>
    public static Where PlaceOf(TemplateFile file, int offset)
    {
        var before = file.Text.AsSpan(0, Math.Min(offset, file.Text.Length));
        return new(file.Path, before.Count('\n') + 1, before.Length - (before.LastIndexOf('\n') + 1) + 1);
    }
}
