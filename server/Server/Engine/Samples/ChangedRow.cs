using System.Collections.Immutable;
using ExplainLsp.Explainers;
using ExplainLsp.Samples;
using ExplainLsp.Workspaces;

namespace ExplainLsp.Server.Engine;

/// <summary>
/// A row of a table as it would be with other values in some cells: "what if". Everything else, its background above all, is the table's.
/// The row in the file stays as it is, and its label is not this row's: nobody knows the truth about a row that was made up.
/// </summary>
public sealed record ChangedRow : SampleSource
{
    private readonly TableSource table;
    private readonly TableSource changed;
    private readonly int row;

    /// <summary>Changes cells of a row.</summary>
    /// <param name="table">The table.</param>
    /// <param name="row">The row, from 0.</param>
    /// <param name="changes">New values by column name; at least one.</param>
    /// <exception cref="ExplainerException">There is no such row, or the model does not see one of the columns.</exception>
    public ChangedRow(TableSource table, int row, IReadOnlyDictionary<string, string> changes)
        : base(table.Path)
    {
        if (row < 0 || row >= table.Count)
        {
            throw new ExplainerException($"Row {row} is past the end: {table.Name} has {table.Count} rows, counted from 0.");
        }

        (this.table, this.row, Changes) = (table, row, changes.ToImmutableSortedDictionary(StringComparer.Ordinal));
        Text = RowText.Write(table.Table, row, changes.ToDictionary(change => ColumnOf(change.Key).Column, change => change.Value));
        changed = table with { File = new SampleFile(table.Path, Table.Parse(Text, table.Table.Delimiter)) };
    }

    /// <summary>The changed cells: new values by column.</summary>
    public ImmutableSortedDictionary<string, string> Changes { get; }

    /// <summary>Header and changed row as the file would write them.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override TableBinding Binding => table.Binding;

    /// <inheritdoc/>
    public override SampleKinds Kind => SampleKinds.Rows;

    /// <inheritdoc/>
    public override int Count => table.Count;

    /// <inheritdoc/>
    public override ImmutableArray<FeatureColumn> Columns => table.Columns;

    /// <summary>What is wrong with the changed cells, by column; empty when the model can take them all.</summary>
    public IReadOnlyDictionary<string, string> Problems(CancellationToken cancellation)
    {
        var problems = new Dictionary<string, string>();
        foreach (var (column, value) in Changes)
        {
            try
            {
                var alone = new ChangedRow(table, row, new Dictionary<string, string> { [column] = value });
                alone.changed.EncodeRows([0], cancellation);
            }
            catch (CellException problem)
            {
                problems[column] = problem.AtTheCell;
            }
        }

        return problems;
    }

    /// <inheritdoc/>
    public override SamplePlace PlaceOf(int row)
    {
        var place = table.PlaceOf(row);
        return place with { Words = $"{place.Words}, {Changes.Count} cell{(Changes.Count == 1 ? "" : "s")} changed" };
    }

    /// <inheritdoc/>
    internal override string? LabelOf(ExplanationQuery query, int row) => null;

    /// <inheritdoc/>
    internal override IEnumerable<KeyedSample> Keys(
        IReadOnlyList<int> rows, Dictionary<int, string> problems, SampleStore store, CancellationToken cancellation) =>
        rows.Select(row => new KeyedSample(row, RowKey.Of(changed, 0)));

    /// <inheritdoc/>
    internal override IEnumerable<SampleBatch> Encode(
        IReadOnlyList<int> rows, Dictionary<int, string> problems, SampleStore store, CancellationToken cancellation) =>
        rows.Select(_ => new SampleBatch(changed.EncodeRows([0], cancellation).Batch, [row]));

    /// <inheritdoc/>
    internal override PreparedSample Prepare(ExplanationQuery query, int row, SampleStore store, CancellationToken cancellation) =>
        changed.Prepare(0, Background.Load(query, table, store.Tables, cancellation), cancellation);

    /// <inheritdoc/>
    internal override (ILocalExplainer Method, IReadOnlyDictionary<string, string> Options) DefaultMethod(
        EngineQuestion question, PreparedSample sample, CancellationToken cancellation) =>
        table.DefaultMethod(question, sample, cancellation);

    private FeatureColumn ColumnOf(string name) => Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new ExplainerException($"The model does not see a column {name}, so changing it changes nothing. Choose one of: {string.Join(", ", Columns.Select(column => column.Name))}.");
}
