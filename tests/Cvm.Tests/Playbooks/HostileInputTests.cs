using System.Text;
using Cvm.Engine;

namespace Cvm.Tests.Playbooks;

/// <summary>Whatever a file holds, reading it ends soon and in problems, never in an exception.</summary>
public class HostileInputTests
{
    const string Path = "journeys/trial/journey.yaml";
    static readonly string Good = SmallPlaybook.Journey("  - if: orders > 1 and tagged('x')\n    then: [ wait: 1d, { send: we-miss-you, via: [email, sms] } ]\n  - wait: { for: 1d, until: opened }\n  - end: done\n");

    public static TheoryData<string, string> Files => new()
    {
        { "empty", "" },
        { "only a comment", "# nothing" },
        { "only a mark", "\uFEFF" },
        { "only separators", "---\n" },
        { "a list", "- a\n- b" },
        { "a word", "journey" },
        { "tabs", "\t\tjourney:\tx" },
        { "a null character", "journey: a\0b" },
        { "half a character", "journey: \uD800" },
        { "an escape", "journey: \u001B[31mred" },
        { "1 MB of text", new string('a', 1 << 20) },
        { "1 MB of brackets", new string('[', 1 << 20) },
        { "deep lists", new string('[', 5_000) },
        { "deep mappings", string.Concat(Enumerable.Repeat("{a: ", 5_000)) },
        { "deep blocks", string.Concat(Enumerable.Range(0, 400).Select(depth => new string(' ', depth) + "a:\n")) },
        { "deep steps", SmallPlaybook.Journey("  - " + string.Concat(Enumerable.Repeat("{ if: orders > 1, then: [ ", 200))) },
        { "many keys", string.Concat(Enumerable.Range(0, 20_001).Select(i => $"k{i}: 1\n")) },
        { "one long word", $"{new string('k', 100_000)}: 1" },
        { "a bomb", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]" },
        { "itself", "a: &a [*a]" },
        { "an alias of nothing", "a: *b" },
        { "a merge", "<<: { a: 1 }" },
        { "a tag", "a: !!python/object:os.system x" },
        { "a complex key", "? [a, b]\n: c" },
        { "two documents", "journey: a\n---\njourney: b" },
        { "a directive", "%YAML 99999999999999.1\n---\na: 1" },
        { "a bad escape", "a: \"\\uZZZZ\"" },
        { "an open quote", "a: \"b" },
        { "colons", ":::::" },
        { "signs", "@`%&*!|>-?" },
        { "the same key", "journey: a\njourney: b" },
        { "right to left", "journey: \u202Egnp.exe\u202C" },
        { "a huge number", "version: 99999999999999999999999999" },
        { "a deep condition", SmallPlaybook.Journey($"  - {{ if: '{new string('(', 1_900)}', then: [ wait: 1d ] }}") },
        { "a long condition", SmallPlaybook.Journey($"  - {{ if: '{new string('x', 9_000)}', then: [ wait: 1d ] }}") },
    };

    [Theory, MemberData(nameof(Files))]
    public void Any_journey_file_ends_in_problems(string what, string text)
    {
        var sources = SmallPlaybook.With((Path, text));

        Assert.Null(sources.Playbook);
        Assert.NotEmpty(sources.Problems);
        Assert.All(sources.Problems, problem => Assert.True(problem.What.Length < 400 && problem.At.File == Path, $"{what}: {problem}"));
    }

    [Theory, MemberData(nameof(Files))]
    public void Any_other_file_ends_in_problems_or_nothing(string what, string text)
    {
        foreach (var file in new[] { "segments.yaml", "surveys.yaml", "loyalty.yaml", "policies.yaml", "calendar.yaml" })
        {
            var sources = SmallPlaybook.Read((file, text));

            Assert.True(sources.Problems.IsEmpty == sources.Playbook is not null, what);
        }
    }

    [Fact]
    public void A_journey_with_windows_line_ends_and_a_mark_is_the_same_journey()
    {
        var steps = "  - if: |\n      orders > 1\n      and spent > 2\n    then:\n      - wait: 1d\n";
        var plain = SmallPlaybook.WithSteps(steps);

        var windows = SmallPlaybook.With((Path, "\uFEFF" + SmallPlaybook.Journey(steps).ReplaceLineEndings("\r\n")));

        Assert.Equal(PlaybookOutline.Of(plain.Playbook!), PlaybookOutline.Of(windows.Playbook!));
        Assert.Equal(plain.Texts[0], windows.Texts[0]);
    }

    [Fact]
    public void Any_text_may_stand_in_a_text()
    {
        var sources = SmallPlaybook.With((Path, SmallPlaybook.Journey("  - task: { for: agent, do: \"祝 🎂 \\u00e9 'x' {{name}}\" }")));

        var task = Assert.IsType<Step.Task>(sources.Playbook!.Journeys[0].Steps[0]);

        Assert.Equal("祝 🎂 é 'x' {{name}}", task.Do);
    }

    [Fact]
    public void A_journey_cut_off_or_mangled_anywhere_never_throws()
    {
        var strange = "{}[]:,'\"|>&*!%#-?\t\n\\ \u2028\uFFFD0";

        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var text = new StringBuilder(Good);
            for (var edits = random.Next(1, 4); edits > 0; edits--) Mangle(text, random, strange);

            var sources = SmallPlaybook.With((Path, text.ToString()));

            Assert.True(sources.Problems.IsEmpty == sources.Playbook is not null, $"seed {seed}");
            Assert.All(sources.Problems, problem => Assert.InRange(problem.At.Line, 0, text.Length + 1));
        }
    }

    static void Mangle(StringBuilder text, Random random, string strange)
    {
        var at = random.Next(text.Length);
        switch (random.Next(4))
        {
            case 0: text.Length = at + 1; break;
            case 1: text.Insert(at, strange[random.Next(strange.Length)]); break;
            case 2: text[at] = strange[random.Next(strange.Length)]; break;
            default: text.Remove(at, Math.Min(random.Next(1, 10), text.Length - at - 1)); break;
        }
    }

    [Fact]
    public void Files_that_are_no_text_are_problems()
    {
        var folder = Directory.CreateTempSubdirectory("cvm-playbook-").FullName;
        try
        {
            File.WriteAllBytes(System.IO.Path.Combine(folder, "policies.yaml"), [0x73, 0xFF, 0xFE]);
            File.WriteAllBytes(System.IO.Path.Combine(folder, "segments.yaml"), new byte[2 << 20]);

            var sources = PlaybookFolder.Load(folder);

            Assert.Equal(["This file is not UTF-8 text.", "This file is larger than 1024 KB."], sources.Problems.Select(problem => problem.What));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_problem()
    {
        var sources = PlaybookFolder.Load("no/such/folder");

        Assert.Equal("no/such/folder: There is no such folder. Name the folder that holds 'journeys'.", Assert.Single(sources.Problems).ToString());
    }
}
