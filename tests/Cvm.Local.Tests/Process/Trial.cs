using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Cvm.Local.Tests;

/// <summary>What tests of the process have in common: files to work on, and a look into the database while it is in use.</summary>
static class Trial
{
    /// <summary>A playbook of one journey: each customer's first order is answered by an e-mail and an SMS, at any hour.</summary>
    public static string Playbook(TemporaryFolder folder, string name = "playbook")
    {
        var playbook = folder.In(name);
        Write(playbook, "policies.yaml", "staff: { agent: agent@shop.example }");
        Write(playbook, "journeys/thanks/journey.yaml", Journey("thanks", 1, "- send: thank-you\n    via: email\n  - send: on-its-way\n    via: sms"));
        Write(playbook, "journeys/thanks/messages/thank-you.en.md", "---\nsubject: Thank you\n---\n\nThank you for your order.");
        Write(playbook, "journeys/thanks/messages/on-its-way.en.sms", "Your order is on its way.");
        return playbook;
    }

    /// <param name="steps">YAML, its further lines indented by two.</param>
    public static string Journey(string name, int version, string steps) => $"""
        journey: {name}
        version: {version.ToString(CultureInfo.InvariantCulture)}
        about: A trial.
        purpose: transactional
        enter: order
        steps:
          {steps}
        """;

    public static void Write(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>A number from a database that a process is writing; 0 before it has tables.</summary>
    public static long Number(string data, string sql)
    {
        try
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "cvm.db")};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return (long)command.ExecuteScalar()!;
        }
        catch (SqliteException)
        {
            return 0;
        }
    }

    /// <summary>A number from a copy of a database whose process was killed: the next process shall find it as it was left.</summary>
    public static long NumberOfDead(TemporaryFolder folder, string data, string sql)
    {
        var copy = Directory.CreateDirectory(folder.In($"copy-{Guid.NewGuid():N}")).FullName;
        foreach (var file in Directory.EnumerateFiles(data, "cvm.db*")) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(copy, "cvm.db")};Pooling=False")) connection.Open(); // replays the log
        return Number(copy, sql);
    }

    public static async Task<JsonNode> Post(this HttpClient http, string path, object item)
    {
        using var body = new StringContent(JsonSerializer.Serialize(item), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(path, body);
        return Good(answer, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    /// <summary>Posts one object per line; the status of each.</summary>
    public static async Task<IReadOnlyList<string>> PostAll(this HttpClient http, string path, IEnumerable<object> items)
    {
        using var body = new StringContent(string.Join('\n', items.Select(item => JsonSerializer.Serialize(item))), MediaTypeHeaderValue.Parse("application/x-ndjson"));
        using var answer = await http.PostAsync(path, body);
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => (string)Good(answer, JsonNode.Parse(line)!)["status"]!)];
    }

    static JsonNode Good(HttpResponseMessage answer, JsonNode content)
    {
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {content}");
        return content;
    }
}
