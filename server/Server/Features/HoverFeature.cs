using System.Diagnostics;
using ExplainLsp.Samples;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;
using ExplainLsp.Server.Rpc;

namespace ExplainLsp.Server.Features;

/// <summary>
/// <c>textDocument/hover</c> on tables: the header's cells, the cells of columns that the model sees, and the row everywhere else (its
/// first cell, its label, its end). Answers within about 300 ms with what is there; an explanation that takes longer goes on in the
/// background and is there for the next hover.
/// </summary>
/// <param name="tables">Which model explains which table.</param>
/// <param name="images">Hovers on pictures that a document names.</param>
/// <param name="engines">Predicts and explains.</param>
/// <param name="progress">Shows what takes long.</param>
/// <param name="log">Hears of what failed.</param>
internal sealed class HoverFeature(BoundTables tables, ImageHoverFeature images, EngineSource engines, WorkProgress progress, ClientLog log) : IDisposable
{
    /// <summary>What stands where an explanation is being computed.</summary>
    public const string Working = "$(loading~spin) Working…";

    private readonly LatestWork<ExplanationReport> _rows = new();
    private readonly LatestWork<ExplanationReport> _importances = new();

    /// <summary>Registers the method.</summary>
    public void Register(Endpoints endpoints)
    {
        endpoints.OnRequest<TextDocumentPositionParams, Hover?>("textDocument/hover", HoverAsync);
        endpoints.OnRequest<TableHoverParams, TableHoverResult>(CustomRequests.TableHover, TableHoverAsync);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _importances.Dispose();
    }

    private async Task<Hover?> HoverAsync(TextDocumentPositionParams parameters, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        if (!snapshot.Settings.Hover.Enabled)
        {
            return null;
        }

        if (await images.HoverAsync(parameters, snapshot, cancellation).ConfigureAwait(false) is { } picture)
        {
            return picture;
        }

        if (tables.Find(snapshot, parameters.TextDocument.Uri, cancellation) is not { Samples: { } samples } lookup)
        {
            return null;
        }

        var place = parameters.Position;
        var column = samples.Table.CellAt(place.Line, place.Character)?.Column;
        return samples.Table.RowAt(place.Line) is { } row ? await AtAsync(lookup, snapshot, row, column, cancellation).ConfigureAwait(false) : null;
    }

    private async Task<TableHoverResult> TableHoverAsync(TableHoverParams parameters, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        var lookup = snapshot.Settings.Hover.Enabled ? tables.Find(snapshot, parameters.TextDocument.Uri, cancellation) : TableLookup.None;
        var hover = parameters.Row >= -1 && parameters.Row < lookup.Samples?.Table.RowCount
            && (parameters.Column is null || (parameters.Column >= 0 && parameters.Column < lookup.Samples.Table.Header.Length))
            ? await AtAsync(lookup, snapshot, parameters.Row, parameters.Column, cancellation).ConfigureAwait(false)
            : null;
        return new TableHoverResult(hover?.Contents.Value ?? "");
    }

    /// <summary>The hover on a row, or on a cell of it; row −1 is the header.</summary>
    private async Task<Hover?> AtAsync(TableLookup lookup, ServerSnapshot snapshot, int row, int? column, CancellationToken cancellation)
    {
        if (lookup.Bound is not { } table)
        {
            return lookup.IsProblem ? Say(RowHover.Problem(lookup.Reason), Ranges.OfRow(lookup.Samples!.Table, row)) : null;
        }

        var question = new Question(table, snapshot, Stopwatch.GetTimestamp());
        return row >= 0 ? await BodyAsync(question, row, column, cancellation).ConfigureAwait(false)
            : column is { } header ? await HeaderAsync(question, header, cancellation).ConfigureAwait(false)
            : null;
    }

    private async Task<Hover> BodyAsync(Question question, int row, int? column, CancellationToken cancellation)
    {
        var table = question.Table;
        var outcome = engines.Current.Predict(table.Query, [row], cancellation)[0];
        if (outcome.Prediction is not { } prediction)
        {
            return Say(RowHover.Problem(outcome.Problem!), Ranges.OfRow(table.Samples.Table, row));
        }

        var feature = table.Binding.Encoder.Columns.FirstOrDefault(candidate => candidate.Column == column);
        return feature is null || column == 0
            ? await RowAsync(question, row, prediction, cancellation).ConfigureAwait(false)
            : await CellAsync(question, row, feature, cancellation).ConfigureAwait(false);
    }

    private async Task<Hover> RowAsync(Question question, int row, SamplePrediction prediction, CancellationToken cancellation)
    {
        var explaining = Explain(question, row);
        var (report, problem) = await ReadyAsync(explaining, question, () => _rows.GiveUp(KeyOf(question, row)), cancellation).ConfigureAwait(false);
        var text = report is null
            ? RowHover.Of(question.Table, prediction, problem is null ? Working : $"$(warning) {Markdown.Escape(problem)}")
            : RowHover.Of(question.Table, report, question.Theme);
        return Say(text, Ranges.OfRow(question.Table.Samples.Table, row));
    }

    private async Task<Hover> CellAsync(Question question, int row, FeatureColumn feature, CancellationToken cancellation)
    {
        var table = question.Table;
        var explaining = Explain(question, row);
        var curve = engines.Current.ExplainCell(table.HoverQuery(question.Snapshot.Settings), row, feature.Name, cancellation);
        var facts = ColumnFacts.Of(table.Samples.Table, feature.Column, feature.IsNumeric, cancellation);
        var (report, _) = await ReadyAsync(explaining, question, () => _rows.GiveUp(KeyOf(question, row)), cancellation).ConfigureAwait(false);
        var value = table.Samples.Table.Cell(row, feature.Column);
        return Say(
            CellHover.Of(table, feature.Name, value, report, curve, facts, question.Theme),
            Ranges.Of(table.Samples.Table.CellRange(row, feature.Column)));
    }

    private async Task<Hover> HeaderAsync(Question question, int column, CancellationToken cancellation)
    {
        var (table, range) = (question.Table, Ranges.Of(question.Table.Samples.Table.CellRange(-1, column)));
        var feature = table.Binding.Encoder.Columns.FirstOrDefault(candidate => candidate.Column == column);
        var isTarget = table.Binding.TargetColumn == column;
        var facts = ColumnFacts.Of(table.Samples.Table, column, feature?.IsNumeric ?? (isTarget && table.Binding.ClassNames.IsEmpty), cancellation);
        if (feature is null)
        {
            var role = isTarget ? "The true label; the model does not see it." : "The model does not see this column.";
            return Say(HeaderHover.Of(table, facts, null, role), range);
        }

        var key = (table.Samples, table.Binding);
        var running = _importances.Join(key, token => ImportanceAsync(table, token));
        var (report, problem) = await ReadyAsync(running, question, () => _importances.GiveUp(key), cancellation).ConfigureAwait(false);
        var note = report is not null ? "" : problem is null ? Working : $"$(warning) {Markdown.Escape(problem)}";
        return Say(HeaderHover.Of(table, facts, report, note), range);
    }

    private Task<ExplanationReport> Explain(Question question, int row) =>
        _rows.Join(KeyOf(question, row), token => progress.RunAsync(
            null, $"Explaining row {row}",
            (report, stop) => engines.Current.Explain(question.Table.HoverQuery(question.Snapshot.Settings), row, report, stop), token));

    private Task<ExplanationReport> ImportanceAsync(BoundTable table, CancellationToken cancellation) =>
        progress.RunAsync(
            null, $"Importance of columns in {table.Samples.Name}",
            (report, stop) => engines.Current.ExplainTable(
                table.Query with { Method = table.Binding.TargetColumn is null ? "mean-abs-shap" : "permutation-importance" }, report, stop),
            cancellation);

    private Task<(ExplanationReport? Report, string? Problem)> ReadyAsync(
        Task<ExplanationReport> running, Question question, Action giveUp, CancellationToken cancellation) =>
        Patience.ReadyAsync(running, question.Asked, giveUp, log, cancellation);

    private static object KeyOf(Question question, int row) => (question.Table.Samples, question.Table.Binding, question.Snapshot.Settings.Hover, row);

    /// <summary>A hover's text as the protocol carries it.</summary>
    public static Hover Say(HoverText text, LspRange range) => new(new MarkupContent("markdown", text.ToMarkdown()), range);

    private sealed record Question(BoundTable Table, ServerSnapshot Snapshot, long Asked)
    {
        public Figures.Theme Theme => EditorTheme.Hover(Snapshot.Theme);
    }
}
