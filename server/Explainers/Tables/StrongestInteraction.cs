using System.Collections.Immutable;

namespace ExplainLsp.Explainers;

/// <summary>
/// The column that a column's contributions depend on most beside its own value: the colour of a dependence plot. From interaction values
/// where they were computed; else approximated as in shap's <c>approximate_interactions</c> (Lundberg et al. 2020): among rows of about
/// the same value, how far contributions go with the other column.
/// </summary>
public static class StrongestInteraction
{
    private const int MostRows = 10_000;
    private const int MostInWindow = 50;

    /// <summary>The column's number; null where no other column makes a difference.</summary>
    /// <param name="samples">Attributions of rows.</param>
    /// <param name="feature">The column whose contributions are shown.</param>
    /// <param name="interactions">Interaction values, features × features or rows × features × features; null for none.</param>
    public static int? Of(SampleAttributions samples, int feature, AttributionTensor? interactions = null)
    {
        var strengths = interactions is { } tensor && tensor.Shape.Length >= 2 && tensor.Shape[^1] == samples.Features.Length && tensor.Shape[^2] == samples.Features.Length
            ? FromInteractions(tensor, feature)
            : Approximate(samples, feature);
        var strongest = -1;
        for (var other = 0; other < strengths.Length; other++)
        {
            if (other != feature && strengths[other] > 0 && (strongest < 0 || strengths[other] > strengths[strongest])) strongest = other;
        }

        return strongest < 0 ? null : strongest;
    }

    /// <summary>How strongly each column interacts with a column: sums of correlations, without unit, comparable among columns of one file.</summary>
    public static ImmutableArray<double> Approximate(SampleAttributions samples, int feature)
    {
        var (columns, all) = (samples.Features.Length, samples.Rows.Length);
        var count = Math.Min(all, MostRows);
        // An even spread of a long file; rows of one value keep the file's order, missing values come last.
        int[] rows = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * all / count))
            .OrderBy(row => float.IsNaN(samples.Values[(row * columns) + feature]) ? float.PositiveInfinity : samples.Values[(row * columns) + feature])];
        double[] contributions = [.. rows.Select(row => (double)samples.Contributions[(row * columns) + feature])];
        var window = Math.Max(Math.Min(count / 10, MostInWindow), 1);
        return [.. Enumerable.Range(0, columns).Select(other => other == feature ? 0 : Math.Max(
            Strength(row => samples.Values[(row * columns) + other]),
            Strength(row => float.IsNaN(samples.Values[(row * columns) + other]) ? 1 : 0)))];

        double Strength(Func<int, double> value)
        {
            double[] values = [.. rows.Select(value)];
            var sum = 0.0;
            for (var start = 0; start < count; start += window)
            {
                var length = Math.Min(window, count - start);
                sum += Math.Abs(Correlation(contributions.AsSpan(start, length), values.AsSpan(start, length)));
            }

            return sum;
        }
    }

    private static ImmutableArray<double> FromInteractions(AttributionTensor tensor, int feature)
    {
        var columns = tensor.Shape[^1];
        var strengths = new double[columns];
        for (var start = feature * columns; start < tensor.Values.Length; start += columns * columns)
        {
            for (var other = 0; other < columns; other++) strengths[other] += Math.Abs(tensor.Values[start + other]);
        }

        return [.. strengths];
    }

    /// <summary>Pearson's correlation; 0 where one of the two is constant or a value is missing.</summary>
    private static double Correlation(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double meanA = 0, meanB = 0;
        for (var i = 0; i < a.Length; i++) (meanA, meanB) = (meanA + (a[i] / a.Length), meanB + (b[i] / a.Length));
        double both = 0, ownA = 0, ownB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var (fromA, fromB) = (a[i] - meanA, b[i] - meanB);
            (both, ownA, ownB) = (both + (fromA * fromB), ownA + (fromA * fromA), ownB + (fromB * fromB));
        }

        return ownA > 0 && ownB > 0 && double.IsFinite(both) ? both / Math.Sqrt(ownA * ownB) : 0;
    }
}
