using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>Rows of a table as model input, with the columns they came from. Read-only once made.</summary>
/// <param name="Encoder">How columns became inputs.</param>
/// <param name="Batch">All rows, one tensor an input.</param>
/// <param name="RowNumbers">The rows' numbers in their file, from 0.</param>
/// <param name="Texts">Cells as the user wrote them, rows × columns of the encoder, row-major.</param>
/// <param name="Description">Where the rows come from, in words: "20 rows of train.csv".</param>
public sealed record EncodedTable(
    TableEncoder Encoder, InputBatch Batch, ImmutableArray<int> RowNumbers, ImmutableArray<string> Texts, string Description)
{
    /// <summary>Number of rows.</summary>
    public int RowCount => RowNumbers.Length;

    /// <summary>Number of features.</summary>
    public int ColumnCount => Encoder.Columns.Length;

    /// <summary>A numeric cell as the model sees it; NaN when missing.</summary>
    public double Number(int row, int column) => throw new NotImplementedException();

    /// <summary>A cell as the user wrote it.</summary>
    public string Text(int row, int column) => Texts[(row * ColumnCount) + column];
}
