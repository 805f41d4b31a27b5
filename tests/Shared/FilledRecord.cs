using System.Collections.Immutable;
using System.Reflection;

namespace Cvm.Tests;

/// <summary>Records with every property set, however deep, found by reflection so that no new one is forgotten.</summary>
static class FilledRecord
{
    /// <summary>Where <paramref name="zero"/>, values are the least of their type (0, false, the first of an enumeration) and only texts and lists are filled.</summary>
    public static T Of<T>(bool zero = false) => (T)new Filling(zero).Value(typeof(T), "it");

    sealed class Filling(bool zero)
    {
        int count;

        public object Value(Type type, string name)
        {
            count++;
            if (Nullable.GetUnderlyingType(type) is { } inner) return Value(inner, name);
            if (type == typeof(string)) return $"{name} {count}: \"quoted\" <b> é 王 🙂";
            if (type == typeof(Birthday)) return new Birthday(1990, 4, 15, Lunar: true, LeapMonth: true);
            if (type.IsEnum) return type.GetEnumValues().GetValue(zero ? 0 : type.GetEnumValues().Length - 1)!;
            if (zero && type.IsValueType && !type.IsGenericType) return Activator.CreateInstance(type)!;
            if (type == typeof(bool)) return true;
            if (type == typeof(int)) return count;
            if (type == typeof(long)) return long.MaxValue - count;
            if (type == typeof(double)) return count + 0.1;
            if (type == typeof(decimal)) return count + 0.10m;
            if (type == typeof(DateTimeOffset)) return new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(5.5)).AddTicks(count);
            if (type == typeof(DateOnly)) return new DateOnly(2024, 2, 29).AddDays(count);
            return type.IsGenericType ? Many(type, name) : Record(type);
        }

        object Many(Type type, string name)
        {
            var item = type.GetGenericArguments()[^1];
            object[] values = [Value(item, name), Value(item, name)];

            if (type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            {
                var array = Array.CreateInstance(item, values.Length);
                values.CopyTo(array, 0);
                return typeof(ImmutableArray).GetMethods().Single(method => method is { Name: "Create", IsGenericMethod: true } && method.GetParameters() is [{ ParameterType.IsArray: true }])
                    .MakeGenericMethod(item).Invoke(null, [array])!;
            }

            object dictionary = item == typeof(long)
                ? ImmutableSortedDictionary<string, long>.Empty.Add("2026-01", (long)values[0]).Add("2026-02", (long)values[1])
                : ImmutableSortedDictionary<string, string>.Empty.Add("a", (string)values[0]).Add("b c", (string)values[1]);
            return type.IsInstanceOfType(dictionary) ? dictionary : throw new NotSupportedException($"{name} is a {type}, which is not filled yet.");
        }

        object Record(Type type)
        {
            var make = type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!;
            var record = make.Invoke([.. make.GetParameters().Select(parameter => Value(parameter.ParameterType, parameter.Name!))]);

            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                if (!property.CanWrite) continue;
                property.SetValue(record, Value(property.PropertyType, property.Name));
            }

            return record;
        }
    }
}
