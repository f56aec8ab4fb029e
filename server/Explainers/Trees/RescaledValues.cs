using ExplainLsp.Explainers.Numerics;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Trees;

/// <summary>
/// Values of a row in probability from values of the margin, background row by background row: those against row b are multiplied by
/// (p(x) − p(b)) / (m(x) − m(b)), as SHAP's TreeExplainer does for <c>model_output="probability"</c>. They add up to the difference of
/// probabilities; they are not the Shapley values of the probability itself.
/// </summary>
internal static class RescaledValues
{
    /// <summary>Values of one row, and the mean probability of the background.</summary>
    public static (double[] Values, double BaseValue) Of(TreeQuestion question, RowBlock row, CancellationToken cancellation)
    {
        TreeEnsemble trees = question.Trees;
        (int score, double factor, double offset) = trees.ScoreOf(question.Index);
        int features = trees.Columns.Length;
        int count = question.BackgroundBlocks.Sum(block => block.Count);
        double[] against = new double[count * features], margins = new double[count];
        Array.Fill(margins, offset);
        double own = offset;
        var background = (InterventionalBackground)question.Background;
        var rowDecisions = new TreeDecisions(trees);
        TreeDecisions[] decisions = [.. question.BackgroundBlocks.Select(_ => new TreeDecisions(trees))];
        ulong[] passes = new ulong[LeafPath.MostFeatures], patterns = new ulong[RowBlock.Size];
        Span<double> values = stackalloc double[LeafPath.MostFeatures];
        for (int tree = 0; tree < trees.Roots.Length; tree++)
        {
            cancellation.ThrowIfCancellationRequested();
            rowDecisions.Decide(tree, row);
            for (int b = 0; b < decisions.Length; b++)
                decisions[b].Decide(tree, question.BackgroundBlocks[b]);
            foreach (LeafPath path in background.Paths(tree))
            {
                double leaf = factor * trees.LeafValues[(path.Leaf * trees.Scores) + score];
                Span<double> found = values[..path.Features.Length];
                RowPatterns.Spread(path.Passes(rowDecisions, row.All, passes), patterns);
                ulong pattern = patterns[0], full = InterventionalGame.FullOf(path.Features.Length);
                own += pattern == full ? leaf : 0;
                for (int b = 0, first = 0; b < decisions.Length; first += question.BackgroundBlocks[b].Count, b++)
                {
                    RowPatterns.Spread(path.Passes(decisions[b], question.BackgroundBlocks[b].All, passes), patterns);
                    for (int i = 0; i < question.BackgroundBlocks[b].Count; i++)
                    {
                        ulong other = patterns[i];
                        margins[first + i] += other == full ? leaf : 0;
                        // Where both pass alike nothing differs, and where both fail a feature neither gets there.
                        if (other == pattern || (pattern | other) != full)
                            continue;
                        found.Clear();
                        InterventionalGame.AddValues(pattern, other, leaf, found);
                        for (int j = 0; j < found.Length; j++)
                            against[((first + i) * features) + path.Features[j]] += found[j];
                    }
                }
            }
        }

        double[] result = new double[features];
        double baseValue = 0;
        for (int i = 0; i < count; i++)
        {
            baseValue += LogisticSlope.Logistic(margins[i]) / count;
            double slope = LogisticSlope.Between(own, margins[i]);
            for (int feature = 0; feature < features; feature++)
                result[feature] += slope * against[(i * features) + feature] / count;
        }
        return (result, baseValue);
    }

}
