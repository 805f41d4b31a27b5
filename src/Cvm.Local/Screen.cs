using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Cvm.Local;

/// <summary>What people see: progress and messages on standard error, results on standard output.</summary>
static class Screen
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Standard error, with colour and progress bars where a person is looking.</summary>
    public static IAnsiConsole Messages { get; } = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Standard output.</summary>
    public static IAnsiConsole Results { get; } = Wide(AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Out) }));

    public static void Say(string message) => Console.Error.WriteLine(message);

    public static void Print(string result) => Console.Out.WriteLine(result);

    public static void PrintJson<T>(T result) => Console.Out.WriteLine(JsonSerializer.Serialize(result, Json));

    /// <summary>Runs work under one progress bar; the work reports shares from 0 to 1 and a few words.</summary>
    public static async Task<T> Progress<T>(string title, Func<Action<double, string>, Task<T>> work)
    {
        // Into a file or a pipe a bar would be noise.
        if (Console.IsErrorRedirected)
        {
            Say($"{title} ...");
            return await work(static (_, _) => { });
        }

        return await Messages.Progress().AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(title), maxValue: 1);
                var result = await work((share, words) =>
                {
                    bar.Value = share;
                    if (words != "") bar.Description = Markup.Escape($"{title}: {words}");
                });
                bar.Value = 1;
                return result;
            });
    }

    // Tables into a pipe are read by programs and should not be folded.
    static IAnsiConsole Wide(IAnsiConsole console)
    {
        if (Console.IsOutputRedirected) console.Profile.Width = 160;
        return console;
    }
}
