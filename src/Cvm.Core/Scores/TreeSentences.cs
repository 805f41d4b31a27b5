using System.Globalization;

namespace Cvm;

/// <summary>A decision tree in words.</summary>
public static class TreeSentences
{
    /// <summary>One sentence on all customers, then one on each group, those who leave most first.</summary>
    public static ImmutableArray<string> Of(TreeNode tree, ImmutableArray<Feature> features)
    {
        if (tree.Customers == 0) return ["There are no customers to compare."];

        var all = $"Of {Number(tree.Customers)} customers {Percent(tree.Rate)} left.";
        if (tree.Split is null) return [all, "Nothing that is known of them tells leavers from stayers."];

        var groups = new List<(TreeNode Leaf, string Who)>();
        Collect(tree, features, [], groups);
        return [all, .. groups.OrderByDescending(group => group.Leaf.Rate).Select(group => $"Of {Number(group.Leaf.Customers)} with {group.Who}, {Percent(group.Leaf.Rate)} left.")];
    }

    static void Collect(TreeNode node, ImmutableArray<Feature> features, ImmutableArray<(int Feature, bool Above, double Bound)> path, List<(TreeNode Leaf, string Who)> groups)
    {
        if (node.Split is not { } split)
        {
            groups.Add((node, Who(features, path)));
            return;
        }

        Collect(split.Above, features, path.Add((split.Feature, true, split.Bound)), groups);
        Collect(split.Upto, features, path.Add((split.Feature, false, split.Bound)), groups);
    }

    // Of several bounds on the same side of a feature the last one asked is the narrowest.
    static string Who(ImmutableArray<Feature> features, ImmutableArray<(int Feature, bool Above, double Bound)> path) =>
        string.Join(" and ", path.GroupBy(step => step.Feature).Select(steps =>
        {
            var above = steps.LastOrDefault(step => step.Above);
            var upto = steps.LastOrDefault(step => !step.Above);
            var name = features[steps.Key].Name;
            if (upto.Bound == BinnedFeatures.Unknown) return $"{name} unknown";
            var lower = above.Bound == BinnedFeatures.Unknown ? "known" : $"above {Number(above.Bound)}";
            return (above.Above, steps.Any(step => !step.Above)) switch
            {
                (true, true) => $"{name} {lower} and up to {Number(upto.Bound)}",
                (true, false) => $"{name} {lower}",
                _ => $"{name} up to {Number(upto.Bound)}",
            };
        }));

    static string Number(double number) => number.ToString("#,0.####", CultureInfo.InvariantCulture);

    static string Percent(double share) => share.ToString("0%", CultureInfo.InvariantCulture);
}
