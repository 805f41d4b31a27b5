using System.CommandLine;
using Cvm.Engine;

namespace Cvm.Local;

/// <summary>Puts a version of a journey live, with a plan for everybody in flight.</summary>
static class PublishCommand
{
    public static Command Make()
    {
        var journey = new Argument<string?>("JOURNEY") { Description = "Journey to publish, as the playbook's folder has it; what differs from what is live is listed where none is named.", Arity = ArgumentArity.ZeroOrOne };
        var (wish, data, playbook) = (new InFlight(), Options.Data(), Options.Playbook());
        var command = new Command("publish", "Publish a journey: its version in the folder goes live, and whoever enters from now on goes by it. Says first what differs, and where everybody in flight stands in the old version and in the new one. Whoever is inside stays in the version they are in, unless they are moved. While 'cvm serve' runs, use the page of the journey; --plan works beside it.") { journey, wish.Plan, wish.Move, wish.All, wish.Pin, wish.By, data, playbook };

        command.SetAction(async (parsed, stop) =>
        {
            var name = parsed.GetValue(journey);
            if (name is not null) return await wish.Run(parsed, name, back: false, parsed.GetValue(data)!, parsed.GetValue(playbook)!, stop);

            await using var store = SqliteStore.OpenToRead(DataFolder.DatabaseIn(parsed.GetValue(data)!));
            var live = new LivePlaybook(PlaybookLoader.Load(parsed.GetValue(playbook)!), store, TimeProvider.System);
            await live.Look(stop);
            PublishPrint.Differing(live);
            return Cli.Done;
        });
        return command;
    }

    public static Command MakeBack()
    {
        var journey = new Argument<string>("JOURNEY") { Description = "Journey that goes back to the version that was live before." };
        var (wish, data, playbook) = (new InFlight(), Options.Data(), Options.Playbook());
        var command = new Command("back", "Go back: the version of a journey that was live before goes live again, and stays so over a restart, whatever the folder has. Whoever entered the newer one stays in it, unless they are moved. While 'cvm serve' runs, use the page of the journey; --plan works beside it.") { journey, wish.Plan, wish.Move, wish.All, wish.Pin, wish.By, data, playbook };

        command.SetAction((parsed, stop) => wish.Run(parsed, parsed.GetValue(journey)!, back: true, parsed.GetValue(data)!, parsed.GetValue(playbook)!, stop));
        return command;
    }

    /// <summary>What is to become of those inside.</summary>
    sealed class InFlight
    {
        public Option<bool> Plan { get; } = new("--plan") { Description = "Only say what would happen." };

        public Option<string[]> Move { get; } = new("--move") { Description = "Moves whoever stands at a step to a step of the new version, such as wait-5d=wait-7d, or 3/wait-5d=wait-7d for those of version 3 alone. May be given several times.", HelpName = "old=new", AllowMultipleArgumentsPerToken = false };

        public Option<bool> All { get; } = new("--move-all") { Description = "Moves everybody whose place is in the new version too: the step of the same id. The others stay." };

        public Option<bool> Pin { get; } = new("--pin") { Description = "Everybody stays in the version they are in. So it is where nothing else is said." };

        public Option<string?> By { get; } = new("--by") { Description = "Who publishes it; kept with the version. Needed unless --plan.", HelpName = "name" };

        public async Task<int> Run(ParseResult parsed, string name, bool back, string data, string playbook, CancellationToken stop)
        {
            var only = parsed.GetValue(Plan);
            var by = parsed.GetValue(By);
            if (!only && string.IsNullOrWhiteSpace(by)) throw new UserError("Say who publishes it, with --by NAME, or look at the plan with --plan.");

            if (only)
            {
                await using var store = SqliteStore.OpenToRead(DataFolder.DatabaseIn(data));
                var live = new LivePlaybook(PlaybookLoader.Load(playbook), store, TimeProvider.System);
                var looked = await Planned(new(store, store, live, TimeProvider.System), live, name, back, stop);
                PublishPrint.Plan(looked, Places(parsed, looked));
                return Cli.Done;
            }

            await using var workplace = await Workplace.Open(data, playbook, TimeProvider.System, publish: false);
            var plan = await Planned(workplace.Publisher, workplace.Live, name, back, stop);
            var places = Places(parsed, plan);
            PublishPrint.Plan(plan, places);
            return await Publish(workplace, plan, places, by!, back, stop);
        }

        static async Task<PublishingPlan> Planned(Publisher publisher, LivePlaybook live, string name, bool back, CancellationToken stop)
        {
            await live.Look(stop);
            var known = live.Folder.Texts.Select(text => text.Journey).Concat(live.Now.Texts.Select(text => text.Journey)).Distinct().ToList();
            if (!known.Contains(name)) throw new UserError($"There is no journey '{name}'. {Nearest.Hint(name, known)}");
            if (back) return await publisher.PlanBack(name, stop) ?? throw new UserError($"There is no version of {name} to go back to.");

            var text = live.Folder.Texts.FirstOrDefault(text => text.Journey == name) ?? throw new UserError($"The folder has no journey '{name}' any more. Its versions are listed by 'cvm versions {name}'.");
            var (plan, problems) = await publisher.Plan(name, text.Yaml, stop);
            return plan ?? throw new PlaybookProblems(problems);
        }

        ImmutableSortedDictionary<string, string> Places(ParseResult parsed, PublishingPlan plan)
        {
            var places = (parsed.GetValue(All) ? plan.MoveAll() : ImmutableSortedDictionary<string, string>.Empty).ToBuilder();
            foreach (var move in parsed.GetValue(Move) ?? [])
            {
                if (move.Split('=') is not [{ Length: > 0 } old, { Length: > 0 } step]) throw new UserError($"'{move}' is no move. Write it like wait-5d=wait-7d.");

                var meant = old.Split('/') is [var version, _] && int.TryParse(version, out _) ? [old] : plan.Others.Where(other => old == Enrollment.Holdout || other.Find(old) is not null).Select(other => Moves.PlaceOf(other.Version, old)).ToList();
                if (meant.Count == 0) throw new UserError($"No other version has a step '{old}'. {Nearest.Hint(old, [.. plan.Others.SelectMany(other => other.Steps).Select(known => known.Id).Distinct()])}");
                foreach (var place in meant) places[place] = step;
            }

            if (places.Count > 0 && parsed.GetValue(Pin)) throw new UserError("--pin lets everybody stay; leave it out, or --move and --move-all.");
            return plan.Wrong(places) is [var wrong, ..] ? throw new UserError(wrong) : places.ToImmutable();
        }

        static async Task<int> Publish(Workplace workplace, PublishingPlan plan, ImmutableSortedDictionary<string, string> places, string by, bool back, CancellationToken stop)
        {
            switch (await workplace.Publisher.Publish(plan, places, by, back ? PublishedFrom.Back : PublishedFrom.Command, stop))
            {
                case Published.Refused refused:
                    throw new UserError(string.Join(Environment.NewLine, refused.Reasons));
                case Published.Second second:
                    throw new UserError($"{second.First.By ?? "Another process"} has just published version {second.First.Version}. Nothing was changed; look at the plan again.");
            }

            var moved = (await workplace.Moving.GoOn(stop)).People;
            Screen.Print($"Version {plan.Candidate.Version} of {plan.Candidate.Name} is live.{(places.IsEmpty ? "" : $" {Web.Words.Count(moved, "person was", "people were")} moved to it.")}");
            return Cli.Done;
        }
    }
}
