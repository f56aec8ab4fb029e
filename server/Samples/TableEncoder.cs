using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>
/// How the columns of a table become the inputs of a model: by name where the header names the inputs (spelling differences such as
/// <c>marital-status</c> and <c>marital_status</c> forgiven), else by count: as many columns as the single input tensor has features,
/// in file order.
/// </summary>
public sealed class TableEncoder
{
    private TableEncoder() { }

    /// <summary>The columns that the model sees, in table order.</summary>
    public ImmutableArray<FeatureColumn> Columns => throw new NotImplementedException();

    /// <summary>The model's inputs in its own order.</summary>
    public ImmutableArray<InputSpec> Inputs => throw new NotImplementedException();

    /// <summary>Finds the columns for a model's inputs.</summary>
    /// <param name="table">Header and a few rows (to tell numeric columns from text).</param>
    /// <param name="inputs">What the model wants.</param>
    /// <param name="exclude">Columns that are no features: the target column, ignored ones.</param>
    /// <exception cref="SampleException">They do not fit; the message says which input has no column, or how many columns are wanted.</exception>
    public static TableEncoder Bind(Table table, IReadOnlyList<InputSpec> inputs, IReadOnlyCollection<string> exclude) =>
        throw new NotImplementedException();

    /// <summary>Encodes rows; every row is checked.</summary>
    /// <exception cref="SampleException">
    /// Too few or too many fields, or text where a number belongs; names row, line, column and cell. Empty cells, NA, NaN and null are
    /// missing: NaN for float inputs, refused for integers, the empty text for strings.
    /// </exception>
    public EncodedTable Encode(Table table, IReadOnlyList<int> rows) => throw new NotImplementedException();
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
