using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Gradients;

/// <summary>One explanation by gradients while it is made: what was asked, what it took so far, and how it is told.</summary>
internal sealed class GradientRun
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly ILocalExplainer method;
    private readonly IProgress<ExplanationProgress>? progress;
    private readonly long rowsBefore;
    private readonly long clippedBefore;
    private double? predicted;

    public GradientRun(
        ILocalExplainer method, IReadOnlyList<ExplainerOption> known, LocalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        this.method = method;
        this.progress = progress;
        Request = request;
        rowsBefore = request.Predictor.ModelRows;
        clippedBefore = request.Predictor.ClippedRows;
        Options = new OptionReader(method.Id, known, request.Options);
        if (request.Sample is not (TableRow or GridSample))
            throw new ExplainerException($"{method.Id} explains rows of tables, images and tensors. Use another method for this sample.");
        if (request.Sample is TableRow && !method.Kinds.HasFlag(SampleKinds.Rows))
            throw new ExplainerException($"{method.Id} explains images and tensors only. Use integrated-gradients, exact-shap or kernel-shap for rows of tables.");
        Question = new GradientQuestion(request.Predictor, InputPoint.Of(request.Sample, method.Id), cancellation);
    }

    public string Id => method.Id;

    public LocalRequest Request { get; }

    public OptionReader Options { get; }

    public GradientQuestion Question { get; }

    public InputPoint Point => Question.Point;

    public Predictor Predictor => Request.Predictor;

    public CancellationToken Cancellation => Question.Cancellation;

    /// <summary>The model's value for the sample.</summary>
    public double Predicted => predicted ??= Predictor.PredictOne(Request.Sample, Cancellation);

    /// <summary>What there is to say besides numbers; in the order in which it was added.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>What is known about the quality of the result.</summary>
    public ImmutableSortedDictionary<string, object>.Builder Quality { get; } = ImmutableSortedDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);

    /// <summary>What was compared with, in words.</summary>
    public string? Background { get; set; }

    /// <summary>Whether someone watches.</summary>
    public bool Watched => progress is not null;

    /// <summary>The mean of the model's values over points.</summary>
    public double MeanOf(double[] points)
    {
        int rows = points.Length / Point.Elements;
        int block = GradientQuestion.RowsPerRun(Point.Elements);
        double sum = 0;
        double[] values = new double[Math.Min(block, rows)];
        for (int from = 0; from < rows; from += block)
        {
            int count = Math.Min(block, rows - from);
            var tensors = Point.ToTensors(points.AsSpan(from * Point.Elements, count * Point.Elements), count);
            var batch = new InputBatch([.. tensors.Select(tensor => new InputTensor(tensor.Name, tensor.Data, [.. tensor.RowShape]))], count) { Rows = count };
            Predictor.Predict(batch, values, Cancellation);
            for (int i = 0; i < count; i++)
                sum += values[i];
        }
        return sum / rows;
    }

    /// <summary>Says how far it is, with what there is so far.</summary>
    public void Report(long done, long total, Func<Explanation>? partial = null) =>
        progress?.Report(new ExplanationProgress(done, Math.Max(done, total)) { Partial = partial?.Invoke() });

    /// <summary>Tells the result.</summary>
    /// <param name="rows">One row of attributions.</param>
    /// <param name="baseValue">What attributions add up from; null where the method has none.</param>
    /// <param name="addsUpTo">What attributions should add up to; null where they need not.</param>
    /// <param name="remedy">What to do about a gap: "Raise steps to 100."</param>
    /// <param name="errors">Standard errors, as many as attributions; null where there are none.</param>
    public Explanation Tell(
        AttributionRows rows, double? baseValue = null, double? addsUpTo = null, string remedy = "", double[]? errors = null)
    {
        List<string> warnings = [.. Warnings];
        var quality = Quality.ToImmutable();
        double? gap = addsUpTo is { } whole ? whole - rows.Values.Sum() : null;
        if (gap is { } missing && addsUpTo is { } difference)
        {
            if (difference != 0)
                quality = quality.SetItem("relativeGap", Math.Abs(missing / difference));
            if (GapWarning(missing, difference, remedy) is { } warning)
                warnings.Add(warning);
        }
        if (errors is { Length: > 0 })
            quality = quality.SetItem("largestStandardError", errors.Max());
        warnings.AddRange(Question.Warnings);
        warnings.AddRange(Explainers.Warnings.Of(Predictor, clippedBefore));
        var row = rows.OfInputs ? Request.Sample as TableRow : null;
        return new Explanation
        {
            Method = Id,
            Options = Options.InForce,
            Seed = Request.Seed,
            Target = Predictor.Target,
            PredictedValue = Predicted,
            BaseValue = baseValue,
            CompletenessGap = gap,
            Attributions = row is null ? [] : OfColumns(row, rows.Values, errors),
            Tensor = row is null ? new AttributionTensor(rows.Name, rows.Shape, [.. rows.Values]) : null,
            Quality = quality,
            Cost = new Cost(Question.Passes, Predictor.ModelRows - rowsBefore + Question.Passes, clock.Elapsed.TotalMilliseconds),
            Background = Background,
            Warnings = [.. warnings.Distinct()],
        };
    }

    /// <summary>Warns where a probability is so close to 0 or 1 that its gradient says little.</summary>
    public void WarnIfSaturated()
    {
        const double Saturated = 0.995;
        if (Predictor.Target.Space != TargetSpace.Probability || (Predicted < Saturated && Predicted > 1 - Saturated))
            return;
        Warnings.Add(string.Create(CultureInfo.InvariantCulture,
            $"The output is saturated ({100 * Predicted:0.0#} %). Gradients are close to zero, so small changes look harmless. Use integrated-gradients or explain the logit."));
    }

    private static string? GapWarning(double gap, double difference, string remedy)
    {
        const double Large = 0.05;
        double share = Math.Abs(gap) / Math.Max(Math.Abs(difference), double.Epsilon);
        // A difference of nothing leaves a gap of rounding.
        if (Math.Abs(gap) < 1e-5 || share <= Large)
            return null;
        return string.Create(CultureInfo.InvariantCulture,
            $"The contributions miss the prediction by {gap:G2} ({Math.Min(100 * share, 9999):0} %). Bars may be too short or too long.{(remedy.Length > 0 ? " " : "")}{remedy}");
    }

    private ImmutableArray<Attribution> OfColumns(TableRow row, double[] values, double[]? errors)
    {
        var columns = row.Table.Encoder.Columns;
        return [.. row.Features.Select((feature, i) =>
        {
            int element = Point.Offset(columns[i].Input) + columns[i].Offset;
            return new Attribution(feature.Name, feature.Value, values[element]) { StandardError = errors?[element] };
        })];
    }
}
