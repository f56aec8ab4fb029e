using System.Numerics;
using ExplainLsp.Explainers.Trees;
using ExplainLsp.Models;
using ExplainLsp.Models.Tests.Trees;
using ExplainLsp.Samples;
using Google.Protobuf;

namespace ExplainLsp.Explainers.Tests.Trees;

/// <summary>
/// Thousands of random ensembles against the definition over all coalitions: missing values, thresholds that repeat and are met, features
/// that repeat on a path, chains, single leaves, depth 1 to 30, one and several outputs.
/// </summary>
public sealed class TreeShapPropertyTests
{
    private const int PerPart = 250;
    private const int BackgroundRows = 7;
    private static readonly string[] AllModes = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"];

    public static TheoryData<int> Parts => [.. Enumerable.Range(0, 8)];

    [Theory, MemberData(nameof(Parts))]
    public void Values_RandomEnsembles_EqualTheDefinition(int part)
    {
        string path = Path.Combine(Path.GetTempPath(), $"trees-{Guid.NewGuid():N}.onnx");
        try
        {
            for (int seed = part * PerPart; seed < (part + 1) * PerPart; seed++)
                Check(path, seed);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Check(string path, int seed)
    {
        var random = new Random(seed);
        int features = 1 + (seed % 5), outputs = 1 + (seed % 3 == 0 ? 2 : 0);
        // Chains and trees that end early reach any depth with few leaves.
        bool chain = seed % 4 == 0;
        int depth = seed % 11 == 0 ? 0 : chain ? 1 + (seed % 30) : 1 + (seed % 6);
        var listing = new TreeListing(features)
        {
            Modes = seed % 2 == 0 ? AllModes : ["BRANCH_LEQ"],
            IsChain = chain,
            Early = chain ? 0.02 : 0.25,
            Leaf = (each, _) => [(each.Next(outputs), (float)((each.NextDouble() * 4) - 2))],
        };
        File.WriteAllBytes(path, listing.Grow(random, 1 + (seed % 3), depth).Regressor(outputs).ToByteArray());
        TreeEnsemble trees = TreeEnsemble.Of(ModelFile.Read(path), default);
        EncodedTable samples = Rows(random, features, 3), background = Rows(random, features, BackgroundRows);
        RowBlock[] rows = RowBlock.Of(trees, samples, [0, 1, 2]), others = RowBlock.Of(trees, background, [.. Enumerable.Range(0, BackgroundRows)]);
        double[] covers = PathDependentBackground.Count(trees, others, default);
        int output = seed % outputs;
        for (int row = 0; row < 3; row++)
        {
            double[] x = Row(samples, row, features);
            AssertDefinition(
                seed, features, coalition => Enumerable.Range(0, BackgroundRows).Average(other =>
                {
                    double[] b = Row(background, other, features);
                    return trees.Margin([.. x.Select((value, i) => (coalition >> i & 1) == 1 ? value : b[i])], output);
                }),
                new TreeShapley(trees, output, new InterventionalBackground(trees, others)).Solve(rows, true, 1, null, default), row);
            AssertDefinition(
                seed, features, coalition => trees.Roots.Sum(root => Expected(trees, covers, root, x, coalition, output)),
                new TreeShapley(trees, output, new PathDependentBackground(trees, covers)).Solve(rows, true, 1, null, default), row);
        }
    }

    private static void AssertDefinition(int seed, int features, Func<int, double> value, TreeValues found, int row)
    {
        double[] worth = [.. Enumerable.Range(0, 1 << features).Select(value)];
        double scale = 1e-10 * Math.Max(1, worth.Max(Math.Abs));
        Near(worth[0], found.BaseValue, "base value");
        for (int i = 0; i < features; i++)
        {
            double shapley = 0;
            for (int coalition = 0; coalition < worth.Length; coalition++)
            {
                if ((coalition >> i & 1) == 0)
                    shapley += (worth[coalition | 1 << i] - worth[coalition]) / (features * Choose(features - 1, BitOperations.PopCount((uint)coalition)));
            }
            Near(shapley, found.Of(row, i), $"value {i}");
            for (int j = i + 1; j < features; j++)
            {
                double index = 0;
                for (int coalition = 0; coalition < worth.Length; coalition++)
                {
                    if ((coalition >> i & 1) == 0 && (coalition >> j & 1) == 0)
                    {
                        index += (worth[coalition | 1 << i | 1 << j] - worth[coalition | 1 << i] - worth[coalition | 1 << j] + worth[coalition])
                            / ((features - 1) * Choose(features - 2, BitOperations.PopCount((uint)coalition)));
                    }
                }
                Near(index, found.Of(row, i, j), $"pair {i}, {j}");
            }
        }

        void Near(double expected, double actual, string what) =>
            Assert.True(Math.Abs(expected - actual) <= scale, $"seed {seed}, row {row}, {what}: {expected} by the definition, {actual} here");
    }

    /// <summary>The expectation that path-dependent TreeSHAP defines (Lundberg et al. 2020, algorithm 1).</summary>
    private static double Expected(TreeEnsemble trees, double[] covers, int node, double[] x, int coalition, int output)
    {
        int feature = trees.Features[node];
        if (feature < 0)
            return trees.LeafValues[(node * trees.Scores) + output];
        (int yes, int no) = (trees.TrueNodes[node], trees.FalseNodes[node]);
        if ((coalition >> feature & 1) == 1)
            return Expected(trees, covers, trees.TakesTrue(node, x[feature]) ? yes : no, x, coalition, output);
        (double toYes, double toNo) = covers[node] > 0 ? (covers[yes] / covers[node], covers[no] / covers[node]) : (0.5, 0.5);
        return (toYes * Expected(trees, covers, yes, x, coalition, output)) + (toNo * Expected(trees, covers, no, x, coalition, output));
    }

    private static double Choose(int n, int k)
    {
        double product = 1;
        for (int i = 1; i <= k; i++)
            product = product * (n - k + i) / i;
        return product;
    }

    private static double[] Row(EncodedTable table, int row, int features) => [.. Enumerable.Range(0, features).Select(i => table.Number(row, i))];

    private static EncodedTable Rows(Random random, int features, int count)
    {
        string header = string.Join(',', Enumerable.Range(0, features).Select(i => $"c{i}"));
        var lines = Enumerable.Range(0, count).Select(_ => string.Join(',', Enumerable.Range(0, features).Select(i =>
            features > 1 && i > 0 && random.Next(8) == 0 ? "" : ((random.Next(13) / 2.0) - 3).ToString(System.Globalization.CultureInfo.InvariantCulture))));
        Table table = Table.Parse(header + "\n" + string.Join('\n', lines) + "\n");
        return TableEncoder.Bind(table, [new InputSpec("x", typeof(float), [features])], []).Encode(table, [.. Enumerable.Range(0, count)]);
    }
}
