using System.Globalization;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>Whether the model says the same of a row as of the explained one: the same class, or a value within a tolerance.</summary>
internal sealed class SamePrediction
{
    private readonly int element;
    private readonly double value;
    private readonly double tolerance;

    private SamePrediction(int element, double value, double tolerance)
    {
        this.element = element;
        this.value = value;
        this.tolerance = tolerance;
    }

    /// <summary>Reads the option <c>tolerance</c> of a regression.</summary>
    /// <param name="predictor">The model.</param>
    /// <param name="options">The method's options.</param>
    /// <param name="row">The explained row.</param>
    /// <param name="background">The background's scores, rows × width, whose median absolute deviation is the tolerance when none is given; null where it must be given.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    /// <exception cref="ExplainerException">A tolerance for classes, or none where it must be given.</exception>
    public static SamePrediction Of(Predictor predictor, OptionReader options, TableRow row, Func<double[]>? background, CancellationToken cancellation)
    {
        double[] scores = predictor.PredictAll(row.Encode(), Decision.Space(predictor), cancellation);
        if (predictor.IsClassifier)
        {
            return options.Has("tolerance")
                ? throw new ExplainerException("Option tolerance is for regressions: classes are the same or not. Leave it out.")
                : new SamePrediction(Decision.Class(scores), double.NaN, double.NaN);
        }
        double value = scores[predictor.Target.Index];
        if (!options.Has("tolerance") && background is null)
        {
            throw new ExplainerException(string.Create(CultureInfo.InvariantCulture,
                $"{predictor.Target.Name} is a value, and no rule holds a value exactly. Give the option tolerance, the largest difference that counts as the same: it is {value:G6} here."));
        }
        double fallback = background is null ? 0 : Vary(background(), predictor);
        return new SamePrediction(predictor.Target.Index, value, options.Number("tolerance", fallback, 0, double.MaxValue));
    }

    /// <summary>Whether a row's scores say the same.</summary>
    public bool Holds(ReadOnlySpan<double> scores) =>
        double.IsNaN(tolerance) ? Decision.Class(scores) == element : Math.Abs(scores[element] - value) <= tolerance;

    private static double Vary(double[] scores, Predictor predictor)
    {
        int width = predictor.Output.Width;
        double[] values = [.. Enumerable.Range(0, scores.Length / width).Select(i => scores[(i * width) + predictor.Target.Index])];
        double median = RowDistance.Median(values);
        return RowDistance.Median([.. values.Select(each => Math.Abs(each - median))]);
    }
}
