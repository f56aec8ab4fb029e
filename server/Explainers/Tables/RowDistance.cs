using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>
/// How far two rows lie apart: the sum over columns of |difference| / median absolute deviation (Wachter et al. 2017), and 1 where
/// categories differ or one value is missing.
/// </summary>
/// <remarks>
/// A column whose deviation is 0 because most rows hold one value takes the mean absolute deviation, and 1 where that is 0 as well.
/// Texts, truth values and numbers of at most two values are categories.
/// </remarks>
internal sealed class RowDistance
{
    // Two values in fewer rows than this say nothing about a column.
    private const int RowsThatTell = 10;

    private readonly EncodedTable background;
    private readonly double[] scales;
    private readonly Dictionary<string, int>[] texts;

    /// <param name="background">The rows that scales are taken from.</param>
    /// <param name="cancellation">Honoured between columns.</param>
    public RowDistance(EncodedTable background, CancellationToken cancellation)
    {
        this.background = background;
        scales = new double[background.ColumnCount];
        for (int column = 0; column < scales.Length; column++)
        {
            cancellation.ThrowIfCancellationRequested();
            scales[column] = Scale(column);
        }
        texts = [.. scales.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal))];
    }

    /// <summary>Whether values of a column are only the same or not.</summary>
    public bool IsCategory(int column) => double.IsNaN(scales[column]);

    /// <summary>The part of a column of numbers.</summary>
    public double Part(int column, double a, double b) => IsCategory(column) ? Same(a, b) ? 0 : 1 : Part(a / scales[column], b / scales[column], false);

    /// <summary>A row as a point: numbers in units of the column's scale, categories by number, NaN where a number is missing.</summary>
    /// <param name="rows">Rows with the background's columns.</param>
    /// <param name="row">One of them.</param>
    public double[] Point(EncodedTable rows, int row)
    {
        double[] point = new double[scales.Length];
        for (int column = 0; column < point.Length; column++)
        {
            if (background.Encoder.Columns[column].IsNumeric)
                point[column] = rows.Number(row, column) / (IsCategory(column) ? 1 : scales[column]);
            else if (!texts[column].TryGetValue(rows.Text(row, column), out int known))
                texts[column][rows.Text(row, column)] = (int)(point[column] = texts[column].Count);
            else
                point[column] = known;
        }
        return point;
    }

    /// <summary>The part of a column between two points.</summary>
    public double Part(int column, ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Part(a[column], b[column], IsCategory(column));

    /// <summary>The distance between two points.</summary>
    public double Between(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int column = 0; column < a.Length; column++)
            sum += Part(a[column], b[column], IsCategory(column));
        return sum;
    }

    private static double Part(double a, double b, bool category)
    {
        if (Same(a, b))
            return 0;
        double difference = Math.Abs(a - b);
        return category || double.IsNaN(difference) ? 1 : difference;
    }

    private static bool Same(double a, double b) => a == b || (double.IsNaN(a) && double.IsNaN(b));

    private double Scale(int column)
    {
        FeatureColumn feature = background.Encoder.Columns[column];
        if (!feature.IsNumeric || feature.ElementType == typeof(bool))
            return double.NaN;
        double[] numbers = [.. Enumerable.Range(0, background.RowCount).Select(row => background.Number(row, column)).Where(double.IsFinite)];
        if (background.RowCount >= RowsThatTell && numbers.Distinct().Take(3).Count() <= 2)
            return double.NaN;
        if (numbers.Length == 0)
            return 1;
        double median = Median(numbers);
        double[] deviations = [.. numbers.Select(number => Math.Abs(number - median))];
        double scale = Median(deviations);
        scale = scale > 0 ? scale : deviations.Average();
        return scale > 0 && double.IsFinite(scale) ? scale : 1;
    }

    /// <summary>The median; sorts the numbers.</summary>
    public static double Median(double[] numbers)
    {
        Array.Sort(numbers);
        int middle = numbers.Length / 2;
        return numbers.Length % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    }
}
