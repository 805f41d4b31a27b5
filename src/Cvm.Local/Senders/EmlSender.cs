using System.Globalization;
using MimeKit;

namespace Cvm.Local;

/// <summary>Writes each e-mail into a folder, as a file that mail programs open. As long as the files stay there, the same key twice is one file.</summary>
sealed class EmlSender(string folder, MailboxAddress from, TimeProvider clock) : ISender
{
    readonly Lock one = new();
    HashSet<string>? known;

    public bool RefusesDoubles => true;

    public Task<Delivery> Send(Outgoing message, CancellationToken stop)
    {
        if (!MailboxAddress.TryParse(message.To, out _)) return Task.FromResult<Delivery>(new Delivery.Refused($"'{message.To}' is no e-mail address", Suppress: true));

        lock (one)
        {
            try
            {
                return Task.FromResult<Delivery>(new Delivery.Accepted($"eml:{Write(message)}"));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return Task.FromResult<Delivery>(new Delivery.TryLater($"{folder} cannot be written to: {failure.Message}"));
            }
        }
    }

    string Write(Outgoing message)
    {
        var id = Letter.IdOf(message.Key);
        known ??= [.. Directory.CreateDirectory(folder).EnumerateFiles("*.eml").Select(file => IdIn(file.Name))];
        if (known.Contains(id)) return id;

        // Renamed into place, so that nobody ever sees half a letter.
        var now = clock.GetUtcNow();
        var draft = Path.Combine(folder, $"{id}.part");
        using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            Letter.Of(message, from, now).WriteTo(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, Path.Combine(folder, $"{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture)}-{id}.eml"));
        known.Add(id);
        return id;
    }

    static string IdIn(string name) => Path.GetFileNameWithoutExtension(name).Split('-')[^1];
}
