using System.Runtime.CompilerServices;
using ExplainLsp.Explainers.Pipelines;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Trees;

/// <summary>What the tree methods ask of a request: trees on the target's scale, and what absent features mean.</summary>
/// <param name="Trees">The ensemble.</param>
/// <param name="Session">The model, which makes the ensemble's features.</param>
/// <param name="Index">The element of the output.</param>
/// <param name="Background">What absent features mean.</param>
/// <param name="Description">The same in words.</param>
/// <param name="BackgroundBlocks">The background's rows.</param>
/// <param name="Rescales">Whether margins are rescaled to probabilities, background row by background row.</param>
internal sealed record TreeQuestion(
    TreeEnsemble Trees, ModelSession Session, int Index, ITreeBackground Background, string Description, RowBlock[] BackgroundBlocks, bool Rescales)
{
    /// <summary>The option <c>value-function</c>.</summary>
    public static ExplainerOption ValueFunction { get; } = new(
        "value-function", "interventional",
        "interventional: an absent column takes background rows' values; path-dependent: it follows the share of rows at each branch (counted from the background where the file has none).");

    // A file asks row by row: what the background means to each leaf is worked out once.
    private static readonly ConditionalWeakTable<EncodedTable, Dictionary<(TreeEnsemble, bool), (ITreeBackground, RowBlock[], string)>> Prepared = [];

    /// <summary>The trees of a model whose features can be led back to single columns; null where there are none.</summary>
    public static TreeEnsemble? TreesOf(ModelSession session, CancellationToken cancellation)
    {
        if (!session.File.Nodes.Any(node => node.Operator.StartsWith("TreeEnsemble", StringComparison.Ordinal)))
            return null;
        try
        {
            var trees = TreeEnsemble.Of(session.File, cancellation);
            return trees.Pipeline.IsPerColumn ? trees : null;
        }
        catch (ModelException)
        {
            return null;
        }
    }

    /// <summary>What the option <c>value-function</c> says.</summary>
    public static bool IsPathDependent(OptionReader options) =>
        options.Word("value-function", "interventional", "interventional", "path-dependent") == "path-dependent";

    /// <summary>Reads trees, scale and background.</summary>
    /// <exception cref="ModelException">The model's trees cannot be read.</exception>
    /// <exception cref="ExplainerException">A scale on which trees do not add up.</exception>
    public static TreeQuestion Of(Predictor predictor, EncodedTable background, OptionReader options, CancellationToken cancellation)
    {
        bool pathDependent = IsPathDependent(options);
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
                known[(trees, pathDependent)] = found = Prepare(predictor.Session, trees, background, pathDependent, cancellation);
            return new TreeQuestion(trees, predictor.Session, predictor.Target.Index, found.Item1, found.Item3, found.Item2, rescales);
        }
    }

    /// <summary>Rows of a table as the trees see them.</summary>
    public RowBlock[] Blocks(EncodedTable table, IReadOnlyList<int> rows, CancellationToken cancellation) =>
        BlocksOf(Session, Trees, table, rows, cancellation);

    private static RowBlock[] BlocksOf(
        ModelSession session, TreeEnsemble trees, EncodedTable table, IReadOnlyList<int> rows, CancellationToken cancellation) => trees.Pipeline.PassesThrough
        ? RowBlock.Of(trees, table, rows)
        : RowBlock.Of(PipelineFeatures.Of(session, trees.Pipeline, table, rows, cancellation), trees.Sources.Length);

    private static (ITreeBackground, RowBlock[], string) Prepare(
        ModelSession session, TreeEnsemble trees, EncodedTable background, bool pathDependent, CancellationToken cancellation)
    {
        RowBlock[] blocks = BlocksOf(session, trees, background, [.. Enumerable.Range(0, background.RowCount)], cancellation);
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
