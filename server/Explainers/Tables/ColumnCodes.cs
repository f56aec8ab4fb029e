using System.Collections.Immutable;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>A column's distinct values in some rows, so that what is the same is computed once.</summary>
/// <param name="Of">The number of each row's value, by place among the rows, in order of appearance; missing values equal each other.</param>
/// <param name="Representatives">A row of the table for each distinct value.</param>
internal sealed record ColumnCodes(int[] Of, int[] Representatives)
{
    /// <summary>Distinct values.</summary>
    public int Count => Representatives.Length;

    /// <summary>Reads a column.</summary>
    public static ColumnCodes Read(EncodedTable table, ImmutableArray<int> rows, int column)
    {
        bool numeric = table.Encoder.Columns[column].IsNumeric;
        var codes = new Dictionary<object, int>();
        var representatives = new List<int>();
        int[] of = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            object value = numeric ? table.Number(rows[i], column) : table.Text(rows[i], column);
            if (!codes.TryGetValue(value, out of[i]))
            {
                of[i] = codes[value] = representatives.Count;
                representatives.Add(rows[i]);
            }
        }
        return new ColumnCodes(of, [.. representatives]);
    }
}
