using System.Runtime.CompilerServices;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Trees;

/// <summary>What the tree methods ask of a request: trees on the target's scale, and what absent features mean.</summary>
/// <param name="Trees">The ensemble.</param>
/// <param name="Index">The element of the output.</param>
/// <param name="Background">What absent features mean.</param>
/// <param name="Description">The same in words.</param>
/// <param name="BackgroundBlocks">The background's rows.</param>
/// <param name="Rescales">Whether margins are rescaled to probabilities, background row by background row.</param>
internal sealed record TreeQuestion(
    TreeEnsemble Trees, int Index, ITreeBackground Background, string Description, RowBlock[] BackgroundBlocks, bool Rescales)
{
    /// <summary>The option <c>value-function</c>.</summary>
    public static ExplainerOption ValueFunction { get; } = new(
        "value-function", "interventional",
        "interventional: an absent column takes background rows' values; path-dependent: it follows the share of rows at each branch (counted from the background where the file has none).");

    // A file asks row by row: what the background means to each leaf is worked out once.
    private static readonly ConditionalWeakTable<EncodedTable, Dictionary<(TreeEnsemble, bool), (ITreeBackground, RowBlock[], string)>> Prepared = [];

    /// <summary>Whether a model is a tree ensemble that can be read.</summary>
    public static bool HasTrees(ModelSession session, CancellationToken cancellation)
    {
        if (!session.File.Nodes.Any(node => node.Operator.StartsWith("TreeEnsemble", StringComparison.Ordinal)))
            return false;
        try
        {
            TreeEnsemble.Of(session.File, cancellation);
            return true;
        }
        catch (ModelException)
        {
            return false;
        }
    }

    /// <summary>Reads trees, scale and background.</summary>
    /// <exception cref="ModelException">The model's trees cannot be read.</exception>
    /// <exception cref="ExplainerException">A scale on which trees do not add up.</exception>
    public static TreeQuestion Of(Predictor predictor, EncodedTable background, OptionReader options, CancellationToken cancellation)
    {
        bool pathDependent = options.Word("value-function", "interventional", "interventional", "path-dependent") == "path-dependent";
        TreeEnsemble trees = TreeEnsemble.Of(predictor.Session.File, cancellation);
        bool rescales = Rescaled(predictor, trees);
        if (rescales && pathDependent)
        {
            throw new ExplainerException(
                "Path-dependent values add up in log-odds, not in probability: the trees' sum goes through a logistic function. Use --space raw, or value-function=interventional.");
        }
        var known = Prepared.GetOrCreateValue(background);
        lock (known)
        {
            if (!known.TryGetValue((trees, pathDependent), out var found))
                known[(trees, pathDependent)] = found = Prepare(trees, background, pathDependent, cancellation);
            return new TreeQuestion(trees, predictor.Target.Index, found.Item1, found.Item3, found.Item2, rescales);
        }
    }

    private static (ITreeBackground, RowBlock[], string) Prepare(
        TreeEnsemble trees, EncodedTable background, bool pathDependent, CancellationToken cancellation)
    {
        RowBlock[] blocks = RowBlock.Of(trees, background, [.. Enumerable.Range(0, background.RowCount)]);
        if (!pathDependent)
            return (new InterventionalBackground(trees, blocks), blocks, background.Description);
        return trees.Covers.IsEmpty
            ? (new PathDependentBackground(trees, PathDependentBackground.Count(trees, blocks, cancellation)), blocks,
                $"node covers counted from {background.Description}")
            : (new PathDependentBackground(trees, trees.Covers), blocks, "node covers of the model file");
    }

    /// <summary>Whether the trees' sum is on the target's scale, so that their values add up as they are.</summary>
    public static bool AddsUp(Predictor predictor, TreeEnsemble trees) =>
        (predictor.Target.Space == TargetSpace.Probability) == SumIsProbability(predictor, trees);

    /// <summary>The column of each of the trees' features.</summary>
    public static int[] ColumnsOf(TreeEnsemble trees, EncodedTable table) =>
        [.. trees.Sources.Select(source => Enumerable.Range(0, table.ColumnCount)
            .First(i => table.Encoder.Columns[i].Input == source.Input && table.Encoder.Columns[i].Offset == source.Offset))];

    private static bool SumIsProbability(Predictor predictor, TreeEnsemble trees) =>
        trees.PostTransform == PostTransform.None && predictor.Output.Kind == OutputKind.Probabilities;

    /// <summary>Whether the target's scale is the trees' sum (false), or its logistic function (true).</summary>
    private static bool Rescaled(Predictor predictor, TreeEnsemble trees)
    {
        bool probability = predictor.Target.Space == TargetSpace.Probability;
        if (SumIsProbability(predictor, trees))
        {
            return probability ? false : throw new ExplainerException(
                "The leaves of these trees hold probabilities, which add up; their log-odds do not. Use --space probability.");
        }
        if (!probability)
            return false;
        return trees.PostTransform == PostTransform.Logistic && trees.Scores == 1 ? true : throw new ExplainerException(
            "The trees add up to scores, and the probabilities of several classes depend on all of them. Use --space raw, or kernel-shap for probabilities.");
    }
}
