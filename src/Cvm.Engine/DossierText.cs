using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Cvm.Engine;

/// <summary>Dossiers, lines and outbox entries as JSON: what is empty or unknown is left out, and reading gives back exactly what was written.</summary>
public static class DossierText
{
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    public static T Read<T>(ReadOnlySpan<byte> text) => JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("Nothing was stored here.");

    static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            IgnoreReadOnlyProperties = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutEmpty } },
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    static void LeaveOutEmpty(JsonTypeInfo info)
    {
        foreach (var property in info.Properties)
        {
            var type = property.PropertyType;
            if (property.IsRequired) property.ShouldSerialize = static (_, _) => true; // reading insists on it, even where it is the default
            else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)) property.ShouldSerialize = static (_, value) => value is System.Collections.ICollection { Count: > 0 };
            else if (type == typeof(ImmutableSortedDictionary<string, string>)) property.ShouldSerialize = static (_, value) => value is ImmutableSortedDictionary<string, string> { Count: > 0 };
            else if (type == typeof(ImmutableSortedDictionary<string, long>)) property.ShouldSerialize = static (_, value) => value is ImmutableSortedDictionary<string, long> { Count: > 0 };
        }
    }
}
