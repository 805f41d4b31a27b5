using System.Collections;
using System.Reflection;
using System.Text;
using Cvm.Engine;
using Cvm.Tests;

namespace Cvm.Local.Tests;

public class DossierTextTests
{
    [Theory, InlineData(true), InlineData(false)]
    public void A_dossier_with_everything_in_it_reads_back_as_it_was(bool zero) => ReadsBack(FilledRecord.Of<Dossier>(zero));

    [Theory, InlineData(true), InlineData(false)]
    public void A_line_reads_back_as_it_was(bool zero) => ReadsBack(FilledRecord.Of<Line>(zero));

    [Theory, InlineData(true), InlineData(false)]
    public void A_message_reads_back_as_it_was(bool zero) => ReadsBack(FilledRecord.Of<Outgoing>(zero));

    [Theory, InlineData(true), InlineData(false)]
    public void A_portrait_with_everything_in_it_reads_back_as_it_was(bool zero)
    {
        var portrait = FilledRecord.Of<Portrait>(zero);

        Assert.Equal(portrait, PortraitText.Read(PortraitText.Write(portrait), new()));
    }

    [Fact]
    public void A_new_customer_takes_next_to_nothing_and_reads_back_with_empty_lists()
    {
        var text = DossierText.Write(Dossier.For("ann"));

        var read = DossierText.Read<Dossier>(text);

        Assert.InRange(text.Length, 1, 120);
        Assert.False(read.Enrollments.IsDefault);
        Assert.False(read.Ledger.Lots.IsDefault);
        Assert.Equal(0, read.Ledger.Balance);
    }

    [Fact]
    public void Letters_of_every_language_are_written_as_themselves()
    {
        var text = DossierText.Write(Dossier.For("ann") with { Profile = Profile.Unknown with { Name = "王芳 O'Neill" } });

        Assert.Contains("王芳 O'Neill", Encoding.UTF8.GetString(text), StringComparison.Ordinal);
    }

    static void ReadsBack<T>(T value)
    {
        var text = DossierText.Write(value);

        var read = DossierText.Read<T>(text);

        Assert.Equal(Encoding.UTF8.GetString(text), Encoding.UTF8.GetString(DossierText.Write(read)));
        Same(value, read, typeof(T).Name);
    }

    /// <summary>Deeper than the records' own equality, which compares lists by identity, and than text, which may leave the same thing out twice.</summary>
    static void Same(object? expected, object? actual, string path)
    {
        if (expected is IEnumerable and not string)
        {
            object?[] wanted = [.. ((IEnumerable)expected).Cast<object?>()], got = [.. ((IEnumerable)actual!).Cast<object?>()];
            Assert.True(wanted.Length == got.Length, $"{path} has {got.Length}, not {wanted.Length}");
            for (var i = 0; i < wanted.Length; i++) Same(wanted[i], got[i], $"{path}[{i}]");
        }
        else if (expected is not null and not string && expected.GetType() is { IsValueType: false } type)
        {
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                if (property.CanWrite) Same(property.GetValue(expected), property.GetValue(actual), $"{path}.{property.Name}");
        }
        else
        {
            Assert.True(Equals(expected, actual), $"{path} is {actual}, not {expected}");
        }
    }
}
