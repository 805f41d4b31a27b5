namespace Cvm.Engine;

/// <summary>Finds experiments that compare a thing with itself.</summary>
static class SplitProofs
{
    public static void Check(Journey journey, Findings findings)
    {
        foreach (var split in journey.Steps.OfType<Step.Split>())
        {
            if (findings.In(journey).Map(split.Id)?.Find("split") is not Node.Map arms) continue;

            var told = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, arm) in arms.Entries)
            {
                var steps = Written((arm as Node.Map)?.Find("steps"));
                if (!told.TryAdd(steps, name.Value)) findings.Doubt(name.At, $"The arms '{told[steps]}' and '{name.Value}' do the same, so there is nothing to compare.", "Let one of them do something else.");
            }
        }
    }

    // The steps without the ids of their own.
    static string Written(Node? node) => node switch
    {
        Node.Text text => $"'{text.Value}'",
        Node.List list => $"[{string.Join(',', list.Items.Select(Written))}]",
        Node.Map map => $"{{{string.Join(',', map.Entries.Where(entry => entry.Key.Value != StepKind.Id.Key).Select(entry => $"{entry.Key.Value}:{Written(entry.Value)}"))}}}",
        _ => "[]",
    };
}
