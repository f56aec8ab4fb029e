using System.Numerics;
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
        int features = trees.Sources.Length;
        int count = question.BackgroundBlocks.Sum(block => block.Count);
        double[] against = new double[count * features], margins = new double[count];
        Array.Fill(margins, offset);
        double own = offset;
        Span<ulong> patterns = stackalloc ulong[RowBlock.Size];
        Span<double> values = stackalloc double[LeafPath.MostFeatures];
        for (int tree = 0; tree < trees.Roots.Length; tree++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (LeafPath path in ((InterventionalBackground)question.Background).Paths(tree))
            {
                double leaf = factor * trees.LeafValues[(path.Leaf * trees.Scores) + score];
                patterns.Clear();
                Patterns(trees, row, path, patterns);
                ulong pattern = patterns[0], full = Full(path.Features.Length);
                own += pattern == full ? leaf : 0;
                for (int b = 0, first = 0; b < question.BackgroundBlocks.Length; first += question.BackgroundBlocks[b].Count, b++)
                {
                    patterns.Clear();
                    Patterns(trees, question.BackgroundBlocks[b], path, patterns);
                    for (int i = 0; i < question.BackgroundBlocks[b].Count; i++)
                    {
                        margins[first + i] += patterns[i] == full ? leaf : 0;
                        values[..path.Features.Length].Clear();
                        new InterventionalGame(path.Features.Length, [(patterns[i], leaf)]).AddValues(pattern, values);
                        for (int j = 0; j < path.Features.Length; j++)
                            against[((first + i) * features) + path.Features[j]] += values[j];
                    }
                }
            }
        }

        double[] result = new double[features];
        double baseValue = 0;
        for (int i = 0; i < count; i++)
        {
            double p = Logistic(margins[i]);
            baseValue += p / count;
            double difference = own - margins[i];
            double slope = Math.Abs(difference) > 1e-12 ? (Logistic(own) - p) / difference : p * (1 - p);
            for (int feature = 0; feature < features; feature++)
                result[feature] += slope * against[(i * features) + feature] / count;
        }
        return (result, baseValue);
    }

    /// <summary>1 / (1 + e⁻ᵐ).</summary>
    public static double Logistic(double margin) => 1 / (1 + Math.Exp(-margin));

    private static ulong Full(int features) => features == 64 ? ulong.MaxValue : (1UL << features) - 1;

    private static void Patterns(TreeEnsemble trees, RowBlock block, LeafPath path, Span<ulong> patterns)
    {
        for (int j = 0; j < path.Steps.Length; j++)
        {
            ulong passes = block.All;
            foreach (LeafStep step in path.Steps[j])
                passes &= step.TakesTrue ? block.TakesTrue(trees, step.Node) : ~block.TakesTrue(trees, step.Node);
            for (; passes != 0; passes &= passes - 1)
                patterns[BitOperations.TrailingZeroCount(passes)] |= 1UL << j;
        }
    }
}
