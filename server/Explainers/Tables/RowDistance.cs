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

    /// <param name="background">The rows that scales are taken from.</param>
    public RowDistance(EncodedTable background)
    {
        this.background = background;
        scales = [.. Enumerable.Range(0, background.ColumnCount).Select(Scale)];
    }

    /// <summary>Whether values of a column are only the same or not.</summary>
    public bool IsCategory(int column) => double.IsNaN(scales[column]);

    /// <summary>The part of a column of numbers.</summary>
    public double Part(int column, double a, double b)
    {
        if (a.Equals(b))
            return 0;
        return IsCategory(column) || double.IsNaN(a) || double.IsNaN(b) ? 1 : Math.Abs(a - b) / scales[column];
    }

    /// <summary>The part of a column between two rows with the background's columns.</summary>
    public double Part(int column, EncodedTable left, int i, EncodedTable right, int j) => background.Encoder.Columns[column].IsNumeric
        ? Part(column, left.Number(i, column), right.Number(j, column))
        : left.Text(i, column) == right.Text(j, column) ? 0 : 1;

    /// <summary>The whole distance between two rows with the background's columns.</summary>
    public double Between(EncodedTable left, int i, EncodedTable right, int j)
    {
        double sum = 0;
        for (int column = 0; column < scales.Length; column++)
            sum += Part(column, left, i, right, j);
        return sum;
    }

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

    private static double Median(double[] numbers)
    {
        Array.Sort(numbers);
        int middle = numbers.Length / 2;
        return numbers.Length % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    }
}
