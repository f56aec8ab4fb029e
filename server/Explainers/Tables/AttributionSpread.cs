using System.Collections.Immutable;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>
/// An even spread of rows with their attributions, kept while a file goes by: all rows, or every second, fourth, eighth … of them, so
/// that memory stays bounded however many there are. Which rows stay depends on their order only, not on the stretches they come in.
/// </summary>
internal sealed class AttributionSpread
{
    private const int MostRows = 2000;
    private const int MostCells = 1 << 19;

    private readonly TableEncoder encoder;
    private readonly int most;
    private readonly List<KeptRow> kept = [];
    private readonly double[] contributions;
    private long seen;
    private long stride = 1;

    /// <param name="encoder">The columns.</param>
    public AttributionSpread(TableEncoder encoder)
    {
        this.encoder = encoder;
        contributions = new double[encoder.Columns.Length];
        most = Math.Clamp(MostCells / Math.Max(1, contributions.Length), 2, MostRows);
    }

    /// <summary>Writes a row's contributions, one a column, zero before.</summary>
    /// <param name="place">The row's place among those that are added.</param>
    /// <param name="contributions">Receives them.</param>
    public delegate void Contributions(int place, Span<double> contributions);

    /// <summary>Adds the next rows of the file.</summary>
    /// <param name="table">A table with the columns.</param>
    /// <param name="rows">Rows of it, by index.</param>
    /// <param name="contributionsOf">Asked for those rows only that are kept.</param>
    public void Add(EncodedTable table, ReadOnlySpan<int> rows, Contributions contributionsOf)
    {
        for (int place = 0; place < rows.Length; place++)
        {
            if (seen++ % stride != 0)
                continue;
            Array.Clear(contributions);
            contributionsOf(place, contributions);
            kept.Add(Keep(table, rows[place]));
            if (kept.Count <= most)
                continue;
            stride *= 2;
            int at = 0;
            kept.RemoveAll(_ => at++ % 2 == 1);
        }
    }

    /// <summary>What was kept.</summary>
    /// <param name="baseValue">The value with every feature absent.</param>
    /// <param name="totalRows">Rows of the file.</param>
    public SampleAttributions Build(double baseValue, int totalRows) => new(
        [.. kept.Select(row => row.Number)], [.. encoder.Columns.Select(column => column.Name)], Values(),
        [.. kept.SelectMany(row => row.Texts)], [.. kept.SelectMany(row => row.Contributions)],
        [.. kept.Select(row => baseValue + row.Sum)], baseValue, totalRows);

    private KeptRow Keep(EncodedTable table, int row) => new(
        table.RowNumbers[row],
        [.. encoder.Columns.Select((column, i) => column.IsNumeric ? (float)table.Number(row, i) : float.NaN)],
        [.. encoder.Columns.Select((_, i) => table.Text(row, i))],
        [.. contributions.Select(value => (float)value)],
        contributions.Sum());

    /// <summary>Numbers as they are; texts by the rank of their first appearance.</summary>
    private ImmutableArray<float> Values()
    {
        var ranks = encoder.Columns.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal)).ToArray();
        float[] values = new float[kept.Count * encoder.Columns.Length];
        for (int at = 0; at < values.Length; at++)
        {
            (int row, int column) = Math.DivRem(at, encoder.Columns.Length);
            string text = kept[row].Texts[column];
            values[at] = kept[row].Values[column];
            if (encoder.Columns[column].IsNumeric || text.Length == 0)
                continue;
            ranks[column].TryAdd(text, ranks[column].Count);
            values[at] = ranks[column][text];
        }
        return [.. values];
    }

    private sealed record KeptRow(int Number, float[] Values, string[] Texts, float[] Contributions, double Sum);
}
