namespace Cvm;

// Which way is taken at a split: by lot, or what won.
sealed partial class Deciding
{
    int TakeArm(Step.Split split, ref Enrollment e)
    {
        // Who comes by again keeps the arm, whatever has won meanwhile.
        var kept = e.Arms.TryGetValue(split.Id, out var name) ? ArmCalled(split, name) : null;
        var winner = kept is null ? playbook.WinnerAt(e.Journey, e.Version, split.Id) : null;
        var won = winner is null ? null : ArmCalled(split, winner.Arm);
        var arm = kept ?? won ?? ByLot(split, e);

        // Only where the lot decides are the ways alike in who takes them.
        var counts = kept is null && won is null && WatchArm(e, split.Id, arm.Name);
        e = e with { Arms = e.Arms.SetItem(split.Id, arm.Name) };
        Say(new(now, Happening.Took)
        {
            Journey = e.Journey,
            Step = split.Id,
            Subject = arm.Name,
            Because = won is not null ? $"it won, {winner!.Because}" : $"{arm.Share:0.#%} by lot",
            Measured = counts ? new(e.Version, Measured.ArmOf(split.Id, arm.Name)) : null,
        });
        return arm.Then;
    }

    static Arm? ArmCalled(Step.Split split, string name)
    {
        foreach (var arm in split.Arms) if (arm.Name == name) return arm;
        return null;
    }

    Arm ByLot(Step.Split split, Enrollment e)
    {
        var point = Chance.Of("split", e.Journey, split.Id, dossier.Customer);
        foreach (var arm in split.Arms)
        {
            if (point < arm.Share) return arm;
            point -= arm.Share;
        }

        return split.Arms[^1];
    }
}
