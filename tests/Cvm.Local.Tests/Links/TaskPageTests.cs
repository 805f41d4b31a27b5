using System.Net;
using Cvm.Engine;

namespace Cvm.Local.Tests.Links;

/// <summary>The team's tasks on their page and the customer's, and what is done with them there.</summary>
public sealed class TaskPageTests
{
    const string Id = "win-back:ann:1/task/9";

    static readonly StaffTask Call = new() { Id = Id, For = "account-manager", Do = "Call Ann", At = LinkShop.Noon.AddDays(-2), Kind = TaskKind.Call, DueAt = LinkShop.Noon.AddHours(3), Outcomes = ["reached", "not-reached"] };

    static async Task<LinkShop> Open(params StaffTask[] tasks)
    {
        var shop = await LinkShop.Open();
        var stored = await shop.Store.Load(LinkShop.Ann, "", default);
        Assert.Equal([Landing.Landed], await shop.Store.Commit([new(stored.Dossier, stored.Revision, stored.Dossier with { Tasks = [.. tasks] }, "", [])], default));
        return shop;
    }

    static Task<Answer> Post(LinkShop shop, string work, params (string, string)[] more) =>
        shop.Post("/tasks", [("customer", LinkShop.Ann), ("task", Id), ("work", work), ("by", "Kim"), ("back", "customer"), .. more]);

    [Fact]
    public async Task Tasks_stand_by_when_they_are_due_each_with_whom_what_and_why()
    {
        await using var shop = await Open(
            Call,
            Call with { Id = "a:x/1", Do = "Was due", DueAt = LinkShop.Noon.AddHours(-1) },
            Call with { Id = "a:x/2", Do = "On Sunday", DueAt = LinkShop.Noon.AddDays(6) },
            Call with { Id = "a:x/3", Do = "Next week", DueAt = LinkShop.Noon.AddDays(7) },
            Call with { Id = "contact:plan:ann:1", Plan = "regular", Do = "Some day", DueAt = null },
            Call with { Id = "a:x/4", Do = "Long done", DoneAt = LinkShop.Noon });

        var page = (await shop.Get("/tasks")).Text;

        string[] order = ["Overdue", "Was due", "Due since 1 Mar 12:00", "Today", "Call Ann", "Due 1 Mar 16:00", "This week", "On Sunday", "Later", "Next week", "Any time", "Some day", "Contact plan regular"];
        Assert.Equal(order, order.OrderBy(text => page.IndexOf(text, page.IndexOf("<main", StringComparison.Ordinal), StringComparison.Ordinal)));
        Assert.All(order, text => Assert.Contains(text, page));
        Assert.Contains("href=\"/customers/ann\">Ann Lee</a>", page);
        Assert.Contains("href=\"/journeys/win-back\">win-back</a>", page);
        Assert.DoesNotContain("Long done", page);
    }

    [Fact]
    public async Task The_list_is_narrowed_to_a_role_and_a_person()
    {
        await using var shop = await Open(Call with { Assignee = "Lee" }, Call with { Id = "a:x/1", Do = "For the director", For = "director" });

        var (director, lee, nobody, none) = ((await shop.Get("/tasks?role=director")).Text, (await shop.Get("/tasks?person=Lee")).Text, (await shop.Get("/tasks?person=-")).Text, (await shop.Get("/tasks?role=agent")).Text);

        Assert.Contains("For the director", director);
        Assert.DoesNotContain("Call Ann", director);
        Assert.Contains("Call Ann", lee);
        Assert.Contains("For the director", nobody);
        Assert.Contains("Nothing to do here.", none);
    }

    [Fact]
    public async Task A_task_is_done_with_outcome_and_note_and_leads_back()
    {
        await using var shop = await Open(Call);

        var done = await Post(shop, "done", ("outcome", "reached"), ("note", "Wants <b>tea</b>"));
        await Post(shop, "done", ("outcome", "not-reached"));

        Assert.Equal((HttpStatusCode.SeeOther, "/customers/ann"), (done.Status, done.Headers["Location"]));
        Assert.Contains((await shop.Lines()), line => Sentences.Of(line) == "Task 'Call Ann' done by Kim: reached; Wants <b>tea</b> (win-back)");
        Assert.Equal("reached", Assert.Single((await shop.Dossier()).Tasks).Outcome);
        Assert.Contains("Call for account-manager, done 1 Mar 13:00 by Kim, reached: Wants <b>tea</b>", (await shop.Get("/customers/ann")).Text);
    }

    [Fact]
    public async Task A_task_is_given_put_off_by_the_teams_clock_and_cancelled()
    {
        await using var shop = await Open(Call);

        await Post(shop, "assign", ("to", "Lee"));
        await Post(shop, "put-off", ("until", "2027-03-05T10:30"), ("note", "On holiday"));
        var listed = (await shop.Get("/tasks")).Text;
        await Post(shop, "cancel", ("note", "Moved away"));

        Assert.Contains("Call for account-manager, with Lee", listed);
        Assert.Contains("Due 5 Mar 10:30, put off 1 time", listed);
        var task = Assert.Single((await shop.Dossier()).Tasks);
        Assert.Equal((new DateTimeOffset(2027, 3, 5, 9, 30, 0, TimeSpan.Zero), "Kim", "Moved away"), (task.DueAt, task.CancelledBy, task.Note));
        Assert.Contains("Nothing to do.", (await shop.Get("/tasks")).Text);
    }

    [Theory]
    [InlineData("put-off", "until", "2027-02-28T10:30")]
    [InlineData("put-off", "until", "tomorrow")]
    [InlineData("put-off", "until", "0001-01-01T00:00")]
    [InlineData("put-off", "until", "9999-12-31T23:59")]
    [InlineData("put-off", "note", "no time at all")]
    public async Task What_cannot_be_is_said_and_changes_nothing(string work, string field, string value)
    {
        await using var shop = await Open(Call);

        var answer = await Post(shop, work, (field, value));
        var page = (await shop.Get(answer.Headers["Location"])).Text;

        Assert.Contains("can only be put off to a day and time that are still to come", page);
        Assert.Equal(Call.DueAt, Assert.Single((await shop.Dossier()).Tasks).DueAt);
    }

    [Theory]
    [InlineData("https://evil.example/", "/tasks")]
    [InlineData("//evil.example", "/tasks")]
    [InlineData("/tasks?role=agent\r\nSet-Cookie: a=b", "/tasks")]
    [InlineData("/tasks?role=agent", "/tasks?role=agent")]
    [InlineData("customer", "/customers/ann")]
    public async Task It_leads_back_to_pages_of_ours_only(string back, string expected)
    {
        await using var shop = await Open(Call);

        var answer = await shop.Post("/tasks", ("customer", LinkShop.Ann), ("task", Id), ("work", "assign"), ("to", "Lee"), ("by", "Kim"), ("back", back));

        Assert.Equal(expected, answer.Headers["Location"]);
    }

    [Fact]
    public async Task Who_comes_second_is_told_and_a_button_that_does_not_exist_does_nothing()
    {
        await using var shop = await Open(Call);

        var strange = (await Post(shop, "explode")).Headers["Location"];
        await Post(shop, "done", ("outcome", "reached"));
        var second = (await Post(shop, "done", ("outcome", "reached"))).Headers["Location"];

        Assert.Contains("no such button", (await shop.Get(strange)).Text);
        Assert.Contains("somebody was first", (await shop.Get(second)).Text);
    }

    [Fact]
    public async Task Nobody_elses_task_is_touched_and_no_other_site_posts()
    {
        await using var shop = await Open(Call);

        var unknown = await shop.Post("/tasks", ("customer", "nobody"), ("task", Id), ("work", "done"));
        var foreign = await shop.Ask(HttpMethod.Post, "/tasks", new FormUrlEncodedContent([]), ("Origin", "https://evil.example"));

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.Forbidden), (unknown.Status, foreign.Status));
        Assert.True(Assert.Single((await shop.Dossier()).Tasks).Open);
        Assert.Equal(0, (await shop.Store.Load("nobody", "", default)).Revision);
    }

    [Fact]
    public async Task Hostile_words_stay_words()
    {
        await using var shop = await Open(Call with { Do = "<script>alert(1)</script>", Assignee = "\"><script>", Outcomes = ["<img src=x>"] });

        var raw = await new HttpClient { BaseAddress = shop.Address }.GetStringAsync(new Uri("/tasks", UriKind.Relative));

        Assert.DoesNotContain("<script", raw, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img src=x", raw, StringComparison.OrdinalIgnoreCase);
    }
}
