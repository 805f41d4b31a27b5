namespace Cvm.Engine;

/// <summary>Where each step leads.</summary>
static class StepWays
{
    /// <summary>Every step that may follow, by index; <see cref="Step.Done"/> for the end. In the order of the file.</summary>
    public static IEnumerable<int> After(Step step) => step switch
    {
        Step.End => [Step.Done],
        Step.If fork => [fork.Then, fork.Else],
        Step.Choose choose => choose.Cases.Select(one => one.Then).Append(choose.Otherwise),
        Step.Split split => split.Arms.Select(arm => arm.Then),
        _ => [step.Next],
    };

    /// <summary>Whether somebody always stays a while: what follows happens in another turn. A message may wait, too, but need not.</summary>
    public static bool Rests(Step step) => step is Step.Wait or Step.Ask;
}
