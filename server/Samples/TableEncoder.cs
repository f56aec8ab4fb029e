using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>
/// How the columns of a table become the inputs of a model: by name where the header names the inputs (spelling differences such as
/// <c>marital-status</c> and <c>marital_status</c> forgiven), else by count: as many columns as the single input tensor has features,
/// in file order.
/// </summary>
public sealed class TableEncoder
{
    internal TableEncoder(ImmutableArray<FeatureColumn> columns, ImmutableArray<InputSpec> inputs, bool byName, ImmutableArray<string> header)
    {
        Columns = columns;
        Inputs = inputs;
        ByName = byName;
        Header = header;
        Widths = [.. inputs.Select(input => input.RowShape.Aggregate(1, (product, dimension) => product * dimension))];
    }

    /// <summary>The columns that the model sees, in table order.</summary>
    public ImmutableArray<FeatureColumn> Columns { get; }

    /// <summary>The model's inputs in its own order, with the dimensions that the model leaves open filled in.</summary>
    public ImmutableArray<InputSpec> Inputs { get; }

    /// <summary>Whether the header names the inputs; else columns were counted.</summary>
    public bool ByName { get; }

    /// <summary>Elements that one row takes in each input.</summary>
    internal ImmutableArray<int> Widths { get; }

    /// <summary>The header that was bound; tables with another header are refused.</summary>
    internal ImmutableArray<string> Header { get; }

    /// <summary>Finds the columns for a model's inputs.</summary>
    /// <param name="table">Header and a few rows (to tell numeric columns from text).</param>
    /// <param name="inputs">What the model wants.</param>
    /// <param name="exclude">Columns that are no features: the target column, ignored ones.</param>
    /// <param name="guessTarget">
    /// Whether a column too many may be taken for the target: one that is named like a label, else the last. False where the target is known.
    /// </param>
    /// <param name="targetNames">Further names of a target column, such as the model's output.</param>
    /// <exception cref="SampleException">They do not fit; the message says which input has no column, or how many columns are wanted.</exception>
    public static TableEncoder Bind(
        Table table, IReadOnlyList<InputSpec> inputs, IReadOnlyCollection<string> exclude, bool guessTarget = true,
        IReadOnlyCollection<string>? targetNames = null) =>
        new ColumnMatcher(table, inputs, exclude, guessTarget, targetNames ?? []).Bind();

    /// <summary>Encodes rows; every row is checked.</summary>
    /// <param name="table">A table with the header that was bound.</param>
    /// <param name="rows">Row numbers, from 0; a number may come more than once.</param>
    /// <param name="source">The file's name, for the description: "20 rows of train.csv".</param>
    /// <param name="cancellation">Honoured between rows.</param>
    /// <exception cref="SampleException">
    /// Too few or too many fields, or text where a number belongs; names row, line, column and cell. Empty cells, NA, NaN and null are
    /// missing: NaN for float inputs, refused for integers. Text inputs take the cell as it is written.
    /// </exception>
    public EncodedTable Encode(Table table, IReadOnlyList<int> rows, string? source = null, CancellationToken cancellation = default) =>
        new RowEncoder(this, table).Encode(rows, source, cancellation);

    /// <summary>An empty batch with room for <paramref name="rows"/> rows.</summary>
    public InputBatch Allocate(int rows)
    {
        var tensors = ImmutableArray.CreateBuilder<InputTensor>(Inputs.Length);
        for (var i = 0; i < Inputs.Length; i++)
        {
            var array = Array.CreateInstance(Inputs[i].ElementType, rows * Widths[i]);
            if (array is string[] texts)
                Array.Fill(texts, "");
            tensors.Add(new InputTensor(Inputs[i].Name, array, [.. Inputs[i].RowShape]));
        }
        return new InputBatch(tensors.MoveToImmutable(), rows);
    }

    /// <summary>Writes one number into a column of rows <paramref name="from"/> to <paramref name="from"/> + <paramref name="count"/> of a batch.</summary>
    /// <exception cref="ArgumentException">The column is text. Whole-number inputs take the nearest whole number, bool inputs whether it is not 0.</exception>
    public void SetColumn(InputBatch batch, int column, int from, int count, double number)
    {
        var (data, offset, width) = Cells(batch, column);
        switch (data)
        {
            case float[] floats: Strided.Fill(floats, offset, width, from, count, (float)number); break;
            case double[] doubles: Strided.Fill(doubles, offset, width, from, count, number); break;
            case long[] longs: Strided.Fill(longs, offset, width, from, count, (long)Math.Round(number)); break;
            case int[] ints: Strided.Fill(ints, offset, width, from, count, (int)Math.Round(number)); break;
            case bool[] bools: Strided.Fill(bools, offset, width, from, count, number != 0); break;
            default: throw new ArgumentException($"Column {Columns[column].Name} is text.", nameof(column));
        }
    }

    /// <summary>Writes one text into a text column of rows <paramref name="from"/> to <paramref name="from"/> + <paramref name="count"/> of a batch.</summary>
    /// <exception cref="ArgumentException">The column is numeric.</exception>
    public void SetColumn(InputBatch batch, int column, int from, int count, string text)
    {
        var (data, offset, width) = Cells(batch, column);
        if (data is not string[] texts)
            throw new ArgumentException($"Column {Columns[column].Name} is numeric.", nameof(column));
        Strided.Fill(texts, offset, width, from, count, text);
    }

    /// <summary>A column's tensor in a batch, its first element and the distance between rows.</summary>
    internal (Array Data, int Offset, int Width) Cells(InputBatch batch, int column) =>
        (batch.Tensors[Columns[column].Input].Data, Columns[column].Offset, Widths[Columns[column].Input]);
}

/// <summary>A column that feeds the model.</summary>
/// <param name="Name">The column's name as in the header.</param>
/// <param name="Column">Its number in the table.</param>
/// <param name="Input">Which of the model's inputs it feeds.</param>
/// <param name="Offset">Its place within that input's row.</param>
/// <param name="ElementType">The input's element type.</param>
public sealed record FeatureColumn(string Name, int Column, int Input, int Offset, Type ElementType)
{
    /// <summary>Whether the model takes it as a number.</summary>
    public bool IsNumeric => ElementType != typeof(string);
}
