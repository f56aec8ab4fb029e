using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Explainers;
using ExplainLsp.Samples;
using ExplainLsp.Workspaces;

namespace ExplainLsp.Server.Engine;

/// <summary>Rows of a table.</summary>
/// <param name="File">The table.</param>
/// <param name="Binding">The model, and how columns become its inputs.</param>
public sealed record TableSource(SampleFile File, TableBinding Binding) : SampleSource(File.Path)
{
    /// <inheritdoc/>
    public override TableBinding Binding { get; } = Binding;

    /// <summary>The rows.</summary>
    public Table Table => File.Table;

    /// <inheritdoc/>
    public override SampleKinds Kind => SampleKinds.Rows;

    /// <inheritdoc/>
    public override int Count => Table.RowCount;

    /// <inheritdoc/>
    public override ImmutableArray<FeatureColumn> Columns => Binding.Encoder.Columns;

    /// <inheritdoc/>
    public override SamplePlace PlaceOf(int row)
    {
        var line = Table.LineOf(row);
        return new SamplePlace(Path, row, line, $"{Name}, {Figures.NumberText.Row(row, line + 1)}");
    }

    /// <inheritdoc/>
    internal override string? LabelOf(ExplanationQuery query, int row) => LabelReader.TextOf(this, LabelReader.ColumnOf(query, this), row);

    /// <inheritdoc/>
    internal override IEnumerable<KeyedSample> Keys(
        IReadOnlyList<int> rows, Dictionary<int, string> problems, SampleStore store, CancellationToken cancellation) =>
        rows.Select(row => new KeyedSample(row, RowKey.Of(this, row)));

    /// <inheritdoc/>
    internal override IEnumerable<SampleBatch> Encode(
        IReadOnlyList<int> rows, Dictionary<int, string> problems, SampleStore store, CancellationToken cancellation)
    {
        if (GoodRows.Encode(candidates => EncodeRows(candidates, cancellation), rows, problems, cancellation) is { } encoded)
        {
            yield return new SampleBatch(encoded.Batch, encoded.RowNumbers);
        }
    }

    /// <inheritdoc/>
    internal override PreparedSample Prepare(ExplanationQuery query, int row, SampleStore store, CancellationToken cancellation)
    {
        var background = Background.Load(query, this, store.Tables, cancellation);
        return Prepare(row, background, cancellation);
    }

    /// <summary>A row against a background.</summary>
    internal PreparedSample Prepare(int row, Background background, CancellationToken cancellation)
    {
        var sample = new TableRow(EncodeRows([row], cancellation), 0);
        using var key = new ContentKey.Builder();
        key.Add(RowKey.Of(this, row)).Add(background.Key);
        foreach (var (column, constraint) in Binding.Constraints.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            key.Add(column).Add(constraint.ToString());
        }

        return new PreparedSample(
            sample, new BackgroundMasker(sample, background.Rows), new References(background.Rows.Batch, background.Rows.Description),
            key.Build(), Table.Sha256, background.Warnings)
        {
            Constraints = Binding.Constraints,
        };
    }

    /// <inheritdoc/>
    internal override (ILocalExplainer Method, IReadOnlyDictionary<string, string> Options) DefaultMethod(
        EngineQuestion question, PreparedSample sample, CancellationToken cancellation) =>
        ExplainerCatalog.Default(sample.Masker!, question.Query.ModelRowBudget);

    /// <summary>Encodes rows.</summary>
    /// <exception cref="SampleException">A row that the model cannot take.</exception>
    internal EncodedTable EncodeRows(IReadOnlyList<int> rows, CancellationToken cancellation) =>
        Binding.Encoder.Encode(Table, rows, Name, cancellation);

    /// <summary>Encodes rows but faulty ones; warns about these, and where the rows are not all that there are.</summary>
    /// <exception cref="SampleException">No row can be read.</exception>
    internal (EncodedTable Rows, ImmutableArray<string> Warnings) EncodeGood(IReadOnlyList<int> rows, CancellationToken cancellation)
    {
        Dictionary<int, string> problems = [];
        var encoded = GoodRows.Encode(candidates => EncodeRows(candidates, cancellation), rows, problems, cancellation)
            ?? throw new SampleException(problems.Count == 0
                ? $"{Name} has no rows below its header. Choose a file with rows."
                : $"No row of {Name} can be read. {problems.MinBy(problem => problem.Key).Value}");
        return (encoded,
        [
            .. rows.Count == Count ? [] : new[] { string.Create(CultureInfo.InvariantCulture, $"The file is too large for this method to read whole: {rows.Count:N0} of {Count:N0} rows were read, an even spread.") },
            .. problems.Count == 0 ? [] : new[] { $"{problems.Count} of {rows.Count} rows could not be read and were left out. First: {problems.MinBy(problem => problem.Key).Value}" },
        ]);
    }
}
