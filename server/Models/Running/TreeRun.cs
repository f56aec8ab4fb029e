using System.Collections.Immutable;
using ExplainLsp.Models.Trees;

namespace ExplainLsp.Models.Running;

/// <summary>
/// Runs a model that consists of trees on our own layout of them, many times faster than the operator of ONNX Runtime. It is used only
/// where it was seen to give what ONNX Runtime gives, on rows made of the trees' own thresholds, their neighbours and missing values.
/// </summary>
internal sealed class TreeRun
{
    /// <summary>A few rows through ONNX Runtime: inputs, rows, output; row-major scores out.</summary>
    internal delegate double[] Reference(ModelTensor[] inputs, int rows, ScoreSource source);

    // A thread is worth its start from here on.
    private const int RowsPerPart = 2048;

    private readonly FlatEnsemble _flat;
    private readonly TreeScores _scores;
    private readonly ScoreSource _source;

    private TreeRun(FlatEnsemble flat, ScoreSource source)
    {
        _flat = flat;
        _scores = new TreeScores(flat.Trees);
        _source = source;
    }

    /// <summary>Whether the scores before the post transform give the log-odds of each probability.</summary>
    public bool HasLogOdds => _scores.HasLogOdds && _source.Output.Kind == OutputKind.Probabilities;

    /// <summary>The trees of a model, or null when it is more than trees or they give other scores than ONNX Runtime.</summary>
    /// <param name="file">The model.</param>
    /// <param name="plan">Its inputs.</param>
    /// <param name="sources">Its outputs.</param>
    /// <param name="reference">ONNX Runtime.</param>
    public static TreeRun? For(ModelFile file, InputPlan plan, ImmutableArray<ScoreSource> sources, Reference reference)
    {
        // A fixed batch may hold rows that look at one another; nobody exports trees so.
        if (plan.FixedBatch > 0 || !file.Nodes.Any(TreeEnsembleReader.IsTrees))
            return null;
        try
        {
            var trees = TreeEnsemble.Of(file, CancellationToken.None);
            var graph = new GraphTrace(file);
            var source = sources.FirstOrDefault(source => !source.AsMaps && trees.Outputs.Contains(graph.Original(source.Fetch)));
            if (source is null || !trees.Pipeline.PassesThrough || !TreeScores.Knows(trees) || source.Columns != trees.Elements)
                return null;
            var run = new TreeRun(FlatEnsemble.Of(trees), source);
            return run.Agrees(plan, reference) ? run : null;
        }
        catch (Exception exception) when (exception is ModelException or ModelRunException)
        {
            // The trees are damaged: whoever asks for the trees themselves is told.
            return null;
        }
    }

    /// <summary>Whether an output is that of the trees.</summary>
    public bool Serves(ScoreSource source) => source == _source;

    /// <summary>Scores of rows, as the model gives them.</summary>
    public void Run(ModelTensor[] inputs, int rows, Span<double> scores, int threads, CancellationToken cancellation) =>
        Run(inputs, rows, scores, _scores.Transform, threads, cancellation);

    /// <summary>Log-odds of each probability.</summary>
    public void RunLogOdds(ModelTensor[] inputs, int rows, Span<double> scores, int threads, CancellationToken cancellation) =>
        Run(inputs, rows, scores, _scores.ToLogOdds, threads, cancellation);

    private void Run(ModelTensor[] inputs, int rows, Span<double> scores, RowTransform transform, int threads, CancellationToken cancellation)
    {
        var columns = TreeProbe.Columns(_flat.Trees, inputs);
        var parts = Math.Clamp(rows / RowsPerPart, 1, threads);
        if (parts == 1)
        {
            Score(columns, 0, rows, scores, transform, cancellation);
            return;
        }

        // A span cannot cross threads.
        var found = new double[scores.Length];
        var width = _flat.Trees.Elements;
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts, CancellationToken = cancellation }, part =>
        {
            int from = (int)((long)rows * part / parts), to = (int)((long)rows * (part + 1) / parts);
            Score(columns, from, to - from, found.AsSpan(from * width, (to - from) * width), transform, cancellation);
        });
        found.CopyTo(scores);
    }

    private void Score(
        ImmutableArray<TreeColumn> columns, int from, int count, Span<double> scores, RowTransform transform, CancellationToken cancellation)
    {
        _flat.Margins(columns, from, count, scores, cancellation);
        var width = _flat.Trees.Elements;
        for (var row = 0; row < count; row++)
            transform(scores.Slice(row * width, width));
    }

    private bool Agrees(InputPlan plan, Reference reference)
    {
        var probe = new TreeProbe(_flat.Trees);
        var inputs = probe.Inputs(plan);
        var said = reference(inputs, TreeProbe.Rows, _source);
        var own = new double[said.Length];
        Run(inputs, TreeProbe.Rows, own, 1, CancellationToken.None);
        for (var i = 0; i < own.Length; i++)
        {
            // ONNX Runtime adds in single precision: its error grows with the numbers that it adds.
            if (!(Math.Abs(own[i] - said[i]) <= probe.Tolerance) && !own[i].Equals(said[i]))
                return false;
        }

        return true;
    }
}
