using System.Text;
using Cvm.Engine;

namespace Cvm.Local;

/// <summary>The playbook's folder, as far as publishing writes into it. What somebody wrote there since it was read is not lost: it is kept beside, as journey.yaml.kept.</summary>
/// <param name="read">The texts as the folder had them.</param>
sealed class JourneyWriter(string folder, IEnumerable<JourneyText> read)
{
    readonly Dictionary<string, string> known = read.ToDictionary(text => text.Journey, text => Lines(text.Yaml), StringComparer.Ordinal);

    /// <summary>Writes the journey in one piece; false where the folder cannot be written.</summary>
    public bool Write(JourneyText text)
    {
        var place = Path.Combine(folder, "journeys", text.Journey, "journey.yaml");
        var beside = place + ".new";

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            if (File.Exists(place) && Lines(File.ReadAllText(place)) is var there && there != known.GetValueOrDefault(text.Journey) && there != Lines(text.Yaml)) File.Copy(place, Unused(place + ".kept"));
            File.WriteAllText(beside, text.Yaml, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(beside, place, overwrite: true);
            known[text.Journey] = Lines(text.Yaml);
            return true;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static string Unused(string place)
    {
        var free = place;
        for (var number = 2; File.Exists(free); number++) free = $"{place}{number}";
        return free;
    }

    static string Lines(string text) => text.ReplaceLineEndings("\n");
}
