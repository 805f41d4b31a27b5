using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>Random customers who order, tap, write and change their minds. A failure names its seed.</summary>
public sealed class SurveyPropertyTests
{
    const int Cases = 300;

    [Fact]
    public void Nobody_is_asked_two_surveys_within_the_rest()
    {
        var again = 0;
        for (var seed = 0; seed < Cases; seed++)
        {
            var asked = new List<DateTimeOffset>();
            Play(seed, change => asked.AddRange(change.Lines.Where(line => line is { What: Happening.Sent, Subject: "survey" or "text" }).Select(line => line.At)));

            Assert.True(asked.Zip(asked.Skip(1)).All(pair => pair.Second - pair.First >= TimeSpan.FromDays(30)), $"seed {seed}: {string.Join(", ", asked)}");
            again += asked.Count - 1;
        }

        Assert.True(again > Cases, "Too few are asked again to prove anything.");
    }

    [Fact]
    public void Tallies_are_exactly_the_answers_that_count()
    {
        var dropped = 0;
        for (var seed = 0; seed < Cases; seed++)
        {
            var (tallies, model) = (new Dictionary<Tally, long>(), new Dictionary<int, GivenAnswer>());
            Play(seed, change =>
            {
                Tallies.Add(change, tallies);
                foreach (var answer in change.After.Satisfaction.Answers) model[answer.Number] = answer; // what a dossier has dropped stays as it was
            });

            var counted = tallies.Where(pair => Tallies.Answers.Contains(pair.Key.Kind)).OrderBy(pair => $"{pair.Key}").Select(pair => $"{pair.Key} {pair.Value}");
            Assert.True(counted.SequenceEqual(Counted(model.Values)), $"seed {seed}");
            dropped += Math.Max(0, model.Count - Satisfaction.MaxAnswers);
        }

        Assert.True(dropped > Cases, "Too few answers are dropped to prove anything.");
    }

    [Fact]
    public void Unhappy_is_the_number_of_unhappy_answers()
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            var model = new Dictionary<int, GivenAnswer>();
            var last = Play(seed, change =>
            {
                foreach (var answer in change.After.Satisfaction.Answers) model[answer.Number] = answer;
            });

            Assert.Equal((model.Count, model.Values.Count(answer => answer.Score <= 2)), (last.Satisfaction.Given, last.Satisfaction.Unhappy));
            Assert.Equal(last.Satisfaction.Answers.OrderBy(answer => answer.At), last.Satisfaction.Answers);
        }
    }

    static IEnumerable<string> Counted(IEnumerable<GivenAnswer> answers)
    {
        var counts = new Dictionary<Tally, long>();
        foreach (var answer in answers)
        {
            var (day, scored, mood) = (DateOnly.FromDateTime(answer.At.UtcDateTime), $"{answer.Survey}/{answer.Score}", $"{answer.Survey}/{(answer.Score <= 2 ? "unhappy" : "other")}/");
            Add(Tallies.Answer, scored);
            if (answer.Product is { } product) Add(Tallies.AnswerProduct, $"{scored}/{product}");
            if (answer.Agent is { } agent) Add(Tallies.AnswerAgent, $"{scored}/{agent}");
            Add(Tallies.AnswerReason, mood);
            if (answer.Reasons.Length > 0) Add(Tallies.AnswerReason, mood + "*");
            foreach (var reason in answer.Reasons) Add(Tallies.AnswerReason, mood + reason);

            void Add(string kind, string detail) => counts[new(kind, "", detail, day)] = counts.GetValueOrDefault(new(kind, "", detail, day)) + 1;
        }

        return counts.OrderBy(pair => $"{pair.Key}").Select(pair => $"{pair.Key} {pair.Value}");
    }

    // Four months of a customer: orders, taps of people and of programs, forms, entered answers, numbers by SMS.
    static Dossier Play(int seed, Action<Change> see)
    {
        var random = new Random(seed);
        var (dossier, now, moves) = (Some.Ann, Polls.Now, seed % 3 == 0 ? 140 : 60);
        for (var move = 0; move < moves; move++)
        {
            now = now.AddSeconds(random.Next(6) switch { 0 => random.Next(12), 1 => random.Next(600), 2 => 3_600 * random.Next(1, 9), _ => 86_400 * random.Next(1, 5) });
            Turn(Kernel.Take(Polls.Playbook, dossier, new Signal.Woke(now), now));
            Turn(Kernel.Take(Polls.Playbook, dossier, Signal(random, move, dossier, now), now));
            foreach (var entry in dossier.Outbox.Where(entry => entry.DueAt <= now))
            {
                Turn(Kernel.Claim(Polls.Playbook, dossier, entry.Key, true, now));
                Turn(Kernel.Settle(Polls.Playbook, dossier, entry.Key, new Delivery.Accepted("ok"), now));
            }
        }

        return dossier;

        void Turn(Turn turn)
        {
            see(new(dossier, 1, turn.Dossier, "", turn.Lines));
            dossier = turn.Dossier;
        }
    }

    static Signal Signal(Random random, int move, Dossier dossier, DateTimeOffset now)
    {
        var ask = dossier.Asked is { Length: > 0 } asked ? asked[random.Next(asked.Length)].Key : "";
        var score = random.Next(1, 6);
        return random.Next(6) switch
        {
            0 or 1 => Some.Order($"o{move}", 10, now) with { Product = random.Next(2) == 0 ? "tea" : "pot" },
            2 => Polls.Tap(score, now, key: ask),
            3 => Polls.Said(score, now.AddDays(-random.Next(3)), random.Next(2) == 0 ? "" : "words", ask, random.Next(3) switch { 0 => [], 1 => ["price"], _ => ["delivery", "price"] }),
            4 => new Signal.Texted($"t{move}", now, $"{score}{(random.Next(2) == 0 ? "" : " slow")}"),
            _ => new Signal.Answered($"e{move}", now.AddDays(-random.Next(90)), "csat", score) { By = "maria", Agent = random.Next(2) == 0 ? "peter" : null },
        };
    }
}
