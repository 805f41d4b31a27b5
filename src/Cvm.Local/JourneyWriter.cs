using System.Text;
using Cvm.Engine;

namespace Cvm.Local;

/// <summary>The playbook's folder, as far as publishing writes into it.</summary>
sealed class JourneyWriter(string folder)
{
    /// <summary>Writes the journey in one piece; false where the folder cannot be written.</summary>
    public bool Write(JourneyText text)
    {
        var place = Path.Combine(folder, "journeys", text.Journey, "journey.yaml");
        var beside = place + ".new";

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.WriteAllText(beside, text.Yaml, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(beside, place, overwrite: true);
            return true;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
