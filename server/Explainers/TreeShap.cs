using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Explainers.Numerics;
using ExplainLsp.Explainers.Pipelines;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Explainers.Trees;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// TreeSHAP (Lundberg et al. 2020): exact Shapley values of a tree ensemble read out of the file, interventional or path-dependent, in the
/// space in which the trees add up; the probability behind a logistic function by rescaling each background row's values, as SHAP does.
/// Behind a pipeline that keeps columns apart the players are the original columns: what a column was encoded into comes and goes together.
/// </summary>
public class TreeShap : ILocalExplainer
{
    /// <inheritdoc/>
    public virtual string Id => "tree-shap";

    /// <inheritdoc/>
    public virtual string Title => "TreeSHAP";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } = [TreeQuestion.ValueFunction];

    /// <inheritdoc/>
    public SampleKinds Kinds => SampleKinds.Rows;

    /// <inheritdoc/>
    public MethodNeeds Needs => MethodNeeds.Trees;

    /// <summary>Whether pairs of columns are wanted too.</summary>
    private protected virtual bool Interactions => false;

    /// <inheritdoc/>
    public Explanation Explain(LocalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Predictor predictor = request.Predictor;
        long rowsBefore = predictor.ModelRows;
        var options = new OptionReader(Id, Options, request.Options);
        (TableRow row, EncodedTable background) = TableRequest.RowOf(request, Id);
        TreeEnsemble trees = TreeEnsemble.Of(predictor.Session.File, cancellation);
        if (!trees.Pipeline.IsPerColumn)
            return Mixed(trees, request, options, progress, cancellation);
        TreeQuestion question = TreeQuestion.Of(predictor, background, options, cancellation);
        if (Interactions && question.Rescales)
            throw new ExplainerException("Interactions add up in log-odds, not in probability. Use --space raw.");

        double[] features = [.. PipelineFeatures.Of(predictor.Session, trees.Pipeline, row.Table, [row.Index], cancellation).Select(trees.Rounded)];
        RowBlock block = RowBlock.Of(features, trees.Sources.Length)[0];
        (double[] values, double baseValue, double[]? pairs) = Solve(question, block, cancellation);
        double[] byColumn = new double[row.Features.Count];
        int[] columns = PipelineFeatures.ColumnsOf(trees.Pipeline, row.Table);
        for (int feature = 0; feature < values.Length; feature++)
            byColumn[columns[feature]] += values[feature];

        double predicted = Predicted(question, features);
        double said = predictor.PredictOne(request.Sample, cancellation);
        return new Explanation
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            PredictedValue = predicted,
            BaseValue = baseValue,
            CompletenessGap = predicted - baseValue - byColumn.Sum(),
            Attributions = [.. row.Features.Select((feature, i) => new Attribution(feature.Name, feature.Value, byColumn[i]))],
            Tensor = pairs is null ? null : new AttributionTensor(
                "interactions", [byColumn.Length, byColumn.Length], [.. Matrix(pairs, values, columns, byColumn.Length)]),
            Quality = Quality(question),
            Cost = new Cost(1, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Background = question.Description,
            Warnings = [.. Warnings(question, predicted, said)],
        };
    }

    private Explanation Mixed(
        TreeEnsemble trees, LocalRequest request, OptionReader options, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        if (Interactions || TreeQuestion.IsPathDependent(options))
        {
            throw new ExplainerException(
                $"The pipeline before the trees does not keep columns apart ({trees.Pipeline.Obstacle}), so nothing but values of single columns by perturbation can be found. Use exact-shap or kernel-shap.");
        }
        return MixedPipeline.Explain(trees.Pipeline, "trees", request, progress, cancellation);
    }

    private static ImmutableSortedDictionary<string, object> Quality(TreeQuestion question)
    {
        var quality = ImmutableSortedDictionary<string, object>.Empty.Add("exact", !question.Rescales);
        return question.Trees.Pipeline.PassesThrough ? quality : quality.Add("pipeline", "per-column");
    }

    private (double[] Values, double BaseValue, double[]? Pairs) Solve(TreeQuestion question, RowBlock block, CancellationToken cancellation)
    {
        if (question.Rescales)
        {
            (double[] rescaled, double mean) = RescaledValues.Of(question, block, cancellation);
            return (rescaled, mean, null);
        }
        int features = question.Trees.Columns.Length;
        TreeValues found = new TreeShapley(question.Trees, question.Index, question.Background).Solve([block], Interactions, 1, null, cancellation);
        double[] values = [.. Enumerable.Range(0, features).Select(feature => found.Of(0, feature))];
        double[]? pairs = Interactions
            ? [.. Enumerable.Range(0, features * features).Select(at => found.Of(0, at / features, at % features))]
            : null;
        return (values, found.BaseValue, pairs);
    }

    /// <summary>SHAP's convention: each of a pair gets half of the interaction, the diagonal is what is left of the value.</summary>
    private static double[] Matrix(double[] pairs, double[] values, int[] columns, int size)
    {
        int features = values.Length;
        double[] matrix = new double[size * size];
        for (int i = 0; i < features; i++)
        {
            matrix[(columns[i] * size) + columns[i]] += values[i];
            for (int j = i + 1; j < features; j++)
            {
                double half = pairs[(i * features) + j] / 2;
                matrix[(columns[i] * size) + columns[j]] += half;
                matrix[(columns[j] * size) + columns[i]] += half;
                matrix[(columns[i] * size) + columns[i]] -= half;
                matrix[(columns[j] * size) + columns[j]] -= half;
            }
        }
        return matrix;
    }

    private static double Predicted(TreeQuestion question, double[] features)
    {
        double margin = question.Trees.Margin(features, question.Index);
        return question.Rescales ? LogisticSlope.Logistic(margin) : margin;
    }

    private static IEnumerable<string> Warnings(TreeQuestion question, double predicted, double said)
    {
        // Log-odds of single-precision probabilities are coarse near 0 and 1.
        double coarse = Math.Abs(said) > 8 ? 0.5 : 1e-3;
        if (Math.Abs(predicted - said) > coarse * Math.Max(1, Math.Abs(said)))
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"The trees read from the file give {predicted:G5}, the model says {said:G5}. These contributions may be wrong. Use kernel-shap.");
        }
        if (question.Rescales)
            yield return LogisticSlope.Warning;
    }
}

/// <summary>TreeSHAP with Shapley interaction indices of all pairs of columns (Fujimoto et al. 2006; Lundberg et al. 2020), as a matrix whose rows add up to the values.</summary>
public sealed class TreeShapInteractions : TreeShap
{
    /// <inheritdoc/>
    public override string Id => "tree-shap-interactions";

    /// <inheritdoc/>
    public override string Title => "TreeSHAP interactions";

    /// <inheritdoc/>
    private protected override bool Interactions => true;
}
