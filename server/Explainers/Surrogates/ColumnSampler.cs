using ExplainLsp.Explainers.Sampling;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Surrogates;

/// <summary>Draws values of one column around an instance, as the lime package does, and says where they lie in the surrogate's space.</summary>
internal abstract class ColumnSampler
{
    /// <summary>The instance's own coordinate in the surrogate's space.</summary>
    public abstract double Own { get; }

    /// <summary>Writes a drawn value into a row of the batch.</summary>
    /// <returns>Its coordinate minus the instance's.</returns>
    public abstract double Draw(SeededRandom random, InputBatch batch, int at);

    /// <summary>The sampler of a column.</summary>
    /// <param name="row">The instance.</param>
    /// <param name="background">The training rows.</param>
    /// <param name="column">The column.</param>
    /// <param name="quartiles">Whether numbers are cut into quartiles; else they are drawn from a normal distribution.</param>
    public static ColumnSampler Of(TableRow row, EncodedTable background, int column, bool quartiles)
    {
        Type type = row.Table.Encoder.Columns[column].ElementType;
        if (type == typeof(string) || type == typeof(bool))
            return new CategorySampler(row, background, column);
        return quartiles ? new QuartileSampler(row, background, column) : new NormalSampler(row, background, column);
    }
}

/// <summary>Categories, drawn as often as the training rows have them; 1 where it is the instance's own, else 0.</summary>
internal sealed class CategorySampler(TableRow row, EncodedTable background, int column) : ColumnSampler
{
    private readonly bool[] same = [.. Enumerable.Range(0, background.RowCount).Select(i => Same(row, background, column, i))];

    public override double Own => 1;

    public override double Draw(SeededRandom random, InputBatch batch, int at)
    {
        int drawn = (int)random.Below(background.RowCount);
        background.CopyColumn(column, [drawn], batch, at);
        return same[drawn] ? 0 : -1;
    }

    private static bool Same(TableRow row, EncodedTable background, int column, int other) =>
        row.Table.Encoder.Columns[column].IsNumeric
            ? row.Table.Number(row.Index, column).Equals(background.Number(other, column))
            : row.Table.Text(row.Index, column) == background.Text(other, column);
}

/// <summary>
/// Numbers in quartile bins (lime's QuartileDiscretizer): the bin is drawn as often as the training rows fall in it, the value within
/// it from a normal distribution with the bin's mean and deviation, cut off at its borders. 1 in the instance's own bin, else 0.
/// Missing values are a bin of their own.
/// </summary>
internal sealed class QuartileSampler : ColumnSampler
{
    private readonly EncodedTable background;
    private readonly int column;
    private readonly double[] borders;
    private readonly int[] binOfRow;
    private readonly Bin[] bins;
    private readonly int own;

    public QuartileSampler(TableRow row, EncodedTable background, int column)
    {
        this.background = background;
        this.column = column;
        ColumnStatistics known = background.Statistics(column);
        borders = [.. new[] { known.Quantile(0.25), known.Median, known.Quantile(0.75) }.Distinct()];
        double[] numbers = [.. Enumerable.Range(0, background.RowCount).Select(i => background.Number(i, column))];
        binOfRow = [.. numbers.Select(BinOf)];
        own = BinOf(row.Table.Number(row.Index, column));
        bins = new Bin[borders.Length + 1];
        for (int i = 0; i < bins.Length; i++)
        {
            double[] members = [.. numbers.Where((_, index) => binOfRow[index] == i)];
            double mean = members.Length == 0 ? 0 : members.Average();
            double variance = members.Length == 0 ? 0 : members.Average(value => (value - mean) * (value - mean));
            bins[i] = new Bin(
                i == 0 ? known.Minimum : borders[i - 1], i == borders.Length ? known.Maximum : borders[i], mean, Math.Sqrt(variance));
        }
    }

    public override double Own => 1;

    public override double Draw(SeededRandom random, InputBatch batch, int at)
    {
        int bin = binOfRow[random.Below(binOfRow.Length)];
        background.SetColumn(batch, column, at, 1, bin == bins.Length ? double.NaN : bins[bin].Draw(random));
        return bin == own ? 0 : -1;
    }

    /// <summary>Bin i holds border i−1 &lt; x ≤ border i; the last index is for missing values.</summary>
    private int BinOf(double value)
    {
        if (double.IsNaN(value))
            return borders.Length + 1;
        int bin = 0;
        while (bin < borders.Length && value > borders[bin])
            bin++;
        return bin;
    }

    private readonly record struct Bin(double Low, double High, double Mean, double Deviation)
    {
        /// <summary>
        /// By rejection. Mean and deviation are those of values inside the bin, so about half of all draws or more lie inside.
        /// </summary>
        public double Draw(SeededRandom random)
        {
            if (Deviation == 0)
                return Math.Clamp(Mean, Low, High);
            while (true)
            {
                double value = Mean + (Deviation * random.Normal());
                if (value >= Low && value <= High)
                    return value;
            }
        }
    }
}

/// <summary>Numbers from a normal distribution with the training rows' mean and deviation; standardised by them.</summary>
internal sealed class NormalSampler : ColumnSampler
{
    private readonly EncodedTable background;
    private readonly int column;
    private readonly double mean, deviation, own;
    private readonly bool whole;

    public NormalSampler(TableRow row, EncodedTable background, int column)
    {
        this.background = background;
        this.column = column;
        ColumnStatistics known = background.Statistics(column);
        mean = double.IsNaN(known.Mean) ? 0 : known.Mean;
        deviation = double.IsNaN(known.StandardDeviation) ? 0 : known.StandardDeviation;
        double value = row.Table.Number(row.Index, column);
        own = double.IsNaN(value) ? mean : value;
        whole = row.Table.Encoder.Columns[column].ElementType is { } type && type != typeof(float) && type != typeof(double);
    }

    // A constant column keeps its own unit, as scikit-learn's scaler does.
    private double Unit => deviation > 0 ? deviation : 1;

    public override double Own => (own - mean) / Unit;

    public override double Draw(SeededRandom random, InputBatch batch, int at)
    {
        double value = mean + (deviation * random.Normal());
        if (whole)
            value = Math.Round(value);
        background.SetColumn(batch, column, at, 1, value);
        return (value - own) / Unit;
    }
}
