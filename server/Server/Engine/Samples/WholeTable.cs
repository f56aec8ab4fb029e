using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Explainers;
using ExplainLsp.Samples;

namespace ExplainLsp.Server.Engine;

/// <summary>All rows of a table for a method: in memory, or, of one that is too large, in blocks or as an even spread of its rows.</summary>
/// <param name="table">The table.</param>
/// <param name="labelColumn">The column of labels, by number; null for none.</param>
/// <param name="options">What is too large.</param>
internal sealed class WholeTable(TableSource table, int? labelColumn, EngineOptions options)
{
    private EncodedBlocks? _stream;
    private ImmutableArray<string> _warnings = [];

    /// <summary>What was left out, known once the method is done.</summary>
    public IEnumerable<string> Warnings => _stream?.Warning is { } warning ? [warning] : _warnings;

    /// <summary>The method's request.</summary>
    /// <exception cref="SampleException">No row can be read.</exception>
    public GlobalRequest Ask(
        IGlobalExplainer method, EngineQuestion question, Target target, Background background, CancellationToken cancellation)
    {
        var columns = Math.Max(1, table.Binding.Encoder.Columns.Length);
        var isLarge = (long)table.Count * columns > options.TableCells;
        EncodedTable rows;
        if (isLarge && method.ReadsStreams)
        {
            _stream = new EncodedBlocks(table.Table, table.Binding.Encoder, table.Name, (int)Math.Clamp(options.BlockCells / columns, 1, int.MaxValue));
            rows = table.EncodeRows([], cancellation);
        }
        else
        {
            (rows, _warnings) = table.EncodeGood(RowSelection.EvenSpread(table.Count, isLarge ? (int)Math.Max(1, options.TableCells / columns) : table.Count), cancellation);
        }

        return new GlobalRequest(
            question.PredictorFor(target), rows, labelColumn is null ? null : [.. rows.RowNumbers.Select(LabelOf)], background.Rows,
            question.Query.Options, question.Query.Seed)
        {
            Stream = _stream,
            LabelOf = labelColumn is null ? null : LabelOf,
        };

        double LabelOf(int row) => LabelReader.NumberOf(table, question.Choice.IsClassifier, LabelReader.TextOf(table, labelColumn, row));
    }
}
