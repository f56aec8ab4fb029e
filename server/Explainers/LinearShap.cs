using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Explainers.LinearModels;
using ExplainLsp.Explainers.Numerics;
using ExplainLsp.Explainers.Pipelines;
using ExplainLsp.Explainers.Shapley;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// Shapley values of a linear model, read out of the file (Štrumbelj and Kononenko 2014; Lundberg and Lee 2017, corollary 1):
/// φᵢ = Σ w (x − E[x]) over the features that column i was encoded into. Exact on the scale on which the model adds up. Correlated: absent
/// columns follow the present ones as under a normal distribution with the background's covariance, exact for few columns, sampled for many.
/// </summary>
public sealed class LinearShap : ILocalExplainer
{
    private const long DefaultEvaluations = 1 << 13;

    // Multiplications of a covariance that a hover can wait for.
    private const double MostWork = 2e9;

    /// <inheritdoc/>
    public string Id => "linear-shap";

    /// <inheritdoc/>
    public string Title => "Linear SHAP";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("value-function", "interventional",
            "interventional: an absent column takes background rows' values; correlated: its mean given the present columns, under a normal distribution with the background's covariance."),
        new("evaluations", "8192", "correlated only: coalitions at most, 2 to 16,777,216; exact where all fit, else random orders with their standard error."),
    ];

    /// <inheritdoc/>
    public SampleKinds Kinds => SampleKinds.Rows;

    /// <inheritdoc/>
    public MethodNeeds Needs => MethodNeeds.Linear;

    /// <inheritdoc/>
    public Explanation Explain(LocalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Predictor predictor = request.Predictor;
        long rowsBefore = predictor.ModelRows;
        var options = new OptionReader(Id, Options, request.Options);
        (TableRow row, EncodedTable background) = TableRequest.RowOf(request, Id);
        LinearModel model = LinearModel.Of(predictor.Session.File, predictor.Output.Name) ?? throw new ExplainerException(
            $"{predictor.Session.File.DisplayName} is no linear model that can be read. Use exact-shap or kernel-shap.");
        bool correlated = options.Word("value-function", "interventional", "interventional", "correlated") == "correlated";
        if (!model.Pipeline.IsPerColumn)
        {
            return correlated
                ? throw new ExplainerException($"The pipeline before the linear model does not keep columns apart ({model.Pipeline.Obstacle}). Leave value-function out, or use kernel-shap.")
                : MixedPipeline.Explain(model.Pipeline, "linear model", request, progress, cancellation);
        }
        bool probability = IsRescaled(predictor, model);
        LinearQuestion question = LinearQuestion.Of(predictor, model, background, cancellation);
        double[] features = PipelineFeatures.Of(predictor.Session, model.Pipeline, row.Table, [row.Index], cancellation);
        question.Check(features, row.Table, "this row");

        long evaluations = 1;
        ShapleyValues found = (correlated, probability) switch
        {
            (true, true) => throw new ExplainerException("Correlated values add up in log-odds, not in probability. Use --space raw."),
            (true, _) => Correlated(question, features, options, request.Seed, out evaluations, cancellation),
            (_, true) => Rescaled(question, features),
            _ => new ShapleyValues(
                question.ByColumn(i => question.Weights[i] * (features[i] - question.Means[i])), null, question.BaseValue, question.Margin(features)),
        };
        ImmutableArray<Attribution> attributions = ByColumn(found, model, row);
        double said = predictor.PredictOne(request.Sample, cancellation);
        return new Explanation
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            PredictedValue = found.Full,
            BaseValue = found.Empty,
            CompletenessGap = found.Full - found.Empty - attributions.Sum(attribution => attribution.Contribution),
            Attributions = attributions,
            Quality = Quality(model, found, exact: !probability),
            Cost = new Cost(evaluations, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Background = background.Description,
            Warnings =
            [
                .. ScaleWarnings(predictor, model, found.Full, said, probability),
                .. correlated && background.RowCount <= features.Length
                    ? [string.Create(CultureInfo.InvariantCulture, $"The covariance of {features.Length} features comes from {background.RowCount} rows, so much of it is chance. Give more background rows.")]
                    : Array.Empty<string>(),
            ],
        };
    }

    /// <summary>Whether the target's scale is the logistic function of the margin (true) or the margin itself (false).</summary>
    private static bool IsRescaled(Predictor predictor, LinearModel model)
    {
        if (predictor.Target.Space == TargetSpace.Raw)
            return false;
        return predictor.Output.Width == 2 && model.Link != LinearLink.None ? true : throw new ExplainerException(
            "The probabilities of several classes depend on all their scores and do not add up from columns. Use --space raw, or exact-shap for probabilities.");
    }

    private static ShapleyValues Correlated(LinearQuestion question, double[] features, OptionReader options, long seed, out long spent, CancellationToken cancellation)
    {
        if (question.BackgroundRows < 2)
            throw new ExplainerException("One background row has no covariance. Give more background rows, or leave value-function out.");
        long evaluations = options.WholeNumber("evaluations", DefaultEvaluations, 2, ShapleyExplainer.MostEvaluations);
        var game = new ConditionalLinearGame(question, features);
        double work = Math.Pow(features.Length, 3) / 2;
        bool exact = game.Players <= ExactShapley.LargestGame && 1L << game.Players is var all && all <= evaluations && (options.Has("evaluations") || all * work <= MostWork);
        long affordable = options.Has("evaluations") ? evaluations : Math.Min(evaluations, (long)(MostWork / work));
        long pairs = Math.Max(2, (affordable - 2) / Math.Max(1, PermutationShapley.EvaluationsPerPair(game.Players)));
        IShapleySolver solver = exact ? new ExactShapley(game.Players) : new PermutationShapley(game.Players, (int)pairs, seed);
        ShapleyValues found = solver.Solve(game, cancellation);
        spent = game.Evaluations;
        return found;
    }

    /// <summary>Values in probability from those of the margin, background row by background row, as those of trees.</summary>
    private static ShapleyValues Rescaled(LinearQuestion question, double[] features)
    {
        double own = question.Margin(features), baseValue = 0;
        double[] values = new double[question.Model.Pipeline.Columns.Length];
        for (int b = 0; b < question.BackgroundRows; b++)
        {
            double[] other = question.Background[(b * features.Length)..((b + 1) * features.Length)];
            double margin = question.Margin(other), slope = LogisticSlope.Between(own, margin) / question.BackgroundRows;
            double[] differences = question.ByColumn(i => slope * question.Weights[i] * (features[i] - other[i]));
            for (int i = 0; i < values.Length; i++)
                values[i] += differences[i];
            baseValue += LogisticSlope.Logistic(margin) / question.BackgroundRows;
        }
        return new ShapleyValues(values, null, baseValue, LogisticSlope.Logistic(own));
    }

    private static ImmutableArray<Attribution> ByColumn(ShapleyValues found, LinearModel model, TableRow row)
    {
        int[] columns = PipelineFeatures.ColumnsOf(model.Pipeline, row.Table);
        return [.. row.Features.Select((feature, column) => Array.IndexOf(columns, column) is >= 0 and var player
            ? new Attribution(feature.Name, feature.Value, found.Values[player]) { StandardError = found.StandardErrors?[player] }
            // A column that the model does not read is a dummy.
            : new Attribution(feature.Name, feature.Value, 0))];
    }

    private static ImmutableSortedDictionary<string, object> Quality(LinearModel model, ShapleyValues found, bool exact)
    {
        var quality = ImmutableSortedDictionary<string, object>.Empty.Add("exact", exact && found.StandardErrors is null);
        if (found.StandardErrors is { } errors)
            quality = quality.Add("largestStandardError", errors.Max());
        return model.Pipeline.PassesThrough ? quality : quality.Add("pipeline", "per-column");
    }

    private static IEnumerable<string> ScaleWarnings(Predictor predictor, LinearModel model, double predicted, double said, bool probability)
    {
        bool severalClasses = predictor.Output is { Width: > 2, Kind: OutputKind.Probabilities };
        if (severalClasses)
            yield return "Contributions are to the class's own score (decision function); its probability depends on the other classes' scores too. Use exact-shap for the probability.";
        // Log-odds of single-precision probabilities are coarse near 0 and 1.
        double coarse = !probability && Math.Abs(said) > 8 ? 0.5 : 1e-3;
        if (!severalClasses && Math.Abs(predicted - said) > coarse * Math.Max(1, Math.Abs(said)))
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"The linear model read from the file gives {predicted:G5}, the model says {said:G5}. These contributions may be wrong. Use kernel-shap.");
        }
        if (probability)
            yield return LogisticSlope.Warning;
    }
}
