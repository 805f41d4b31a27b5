namespace Cvm;

/// <summary>How far a decision tree goes.</summary>
/// <param name="Depth">Questions in a row, at most.</param>
/// <param name="LeastShare">Share of all customers that each answer holds at least.</param>
/// <param name="LeastGain">Share of the whole impurity that a question takes away at least; less is taken for chance (as rpart's cp).</param>
public sealed record TreeRules(int Depth = 3, double LeastShare = 0.02, double LeastGain = 0.01);

/// <summary>A group of customers, and the question that divides it, if any does.</summary>
public sealed record TreeNode(int Customers, int Leavers, TreeSplit? Split)
{
    /// <summary>Share of leavers, from 0 to 1.</summary>
    public double Rate => Customers == 0 ? 0 : (double)Leavers / Customers;
}

/// <summary>A question: is the feature above the bound?</summary>
/// <param name="Feature">Its place among the features.</param>
/// <param name="Upto">Those for whom it is not.</param>
public sealed record TreeSplit(int Feature, double Bound, TreeNode Upto, TreeNode Above);

/// <summary>Tells leavers from stayers by a few questions: a classification tree (Breiman, Friedman, Olshen and Stone, Classification and Regression
/// Trees, 1984; Gini impurity), kept small so that it can be read.</summary>
/// <remarks>Of a feature with many values, 255 bounds spread evenly over the customers are tried. A value that is not a number counts as the lowest.
/// Among equal questions the first feature and the lowest bound win, so the same customers give the same tree.</remarks>
public static class DecisionTree
{
    /// <param name="values">One row after the other: all features of the first customer, of the second, ...</param>
    /// <param name="left">Whether each customer left.</param>
    public static TreeNode Grow(ReadOnlySpan<double> values, int features, ReadOnlySpan<bool> left, TreeRules rules)
    {
        if (features < 1 || values.Length != features * left.Length) throw new ArgumentException("Every customer has one value of each feature.", nameof(values));

        var binned = BinnedFeatures.Of(values, features);
        var (all, leavers) = (new int[left.Length], 0);
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = i;
            if (left[i]) leavers++;
        }

        var least = new Least(Math.Max(1, (int)Math.Ceiling(rules.LeastShare * all.Length)), Math.Max(1e-9, rules.LeastGain * Impurity(all.Length, leavers)));
        return Grow(binned, left, all, leavers, rules.Depth, least);
    }

    /// <summary>Gini impurity times the number of customers.</summary>
    internal static double Impurity(double customers, double leavers) => customers == 0 ? 0 : 2 * leavers * (customers - leavers) / customers;

    static TreeNode Grow(BinnedFeatures binned, ReadOnlySpan<bool> left, Span<int> who, int leavers, int depth, Least least)
    {
        if (depth <= 0 || binned.Best(left, who, leavers, least) is not var (feature, bin)) return new(who.Length, leavers, null);

        var upto = binned.Part(who, feature, bin);
        var leaversUpto = 0;
        foreach (var i in who[..upto]) if (left[i]) leaversUpto++;

        return new(who.Length, leavers, new(
            feature,
            binned.Bound(feature, bin),
            Grow(binned, left, who[..upto], leaversUpto, depth - 1, least),
            Grow(binned, left, who[upto..], leavers - leaversUpto, depth - 1, least)));
    }
}

/// <summary>What a question must bring: customers on either side, and impurity taken away.</summary>
readonly record struct Least(int Customers, double Gain);
