using System.Text.RegularExpressions;
using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>What the page on operations tells people to write must work as written.</summary>
public sealed partial class OperationsTests
{
    static readonly string Page = File.ReadAllText(Repository.File("docs/operations.md"));

    static (SendersPlan? Plan, IReadOnlyList<Problem> Problems) Read(string text) => SendersFile.Read("senders.yaml", text, name => $"the value of {name}");

    [Fact]
    public void The_example_of_senders_is_read_and_names_every_kind()
    {
        var (plan, problems) = Read(Example().Match(Page).Groups[1].Value);

        Assert.Empty(problems);
        Assert.Equal(Enum.GetValues<OutboxKind>().Where(kind => kind != OutboxKind.Customer), plan!.Kinds.Keys);
        Assert.All(plan.Kinds.Where(pair => pair.Key != OutboxKind.Staff), pair => Assert.NotNull(pair.Value.Rate));
    }

    [Theory]
    [InlineData("x: 1")]
    [InlineData("email: { smtp: { host: a, x: 1 } }")]
    [InlineData("email: { x: 1 }")]
    [InlineData("email: { eml: a, x: 1 }")]
    [InlineData("sms: { gateway: { url: \"https://a.example\", x: 1 } }")]
    public void Every_key_that_the_program_knows_is_explained(string unknown)
    {
        var known = Read(unknown).Problems.SelectMany(problem => Known().Matches(problem.Fix ?? "")).SelectMany(match => match.Groups[1].Value.Split(", ")).ToList();

        Assert.All(known, key => Assert.Matches($"`{key}`|`{key}:", Page));
    }

    [GeneratedRegex("```yaml\n(email:.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"(?:Known: |one of the keys )([a-z, ]+)\.")]
    private static partial Regex Known();
}
