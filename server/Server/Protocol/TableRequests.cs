namespace ExplainLsp.Server.Protocol;

/// <summary><c>explain/tablePage</c> → <see cref="TablePage"/>: rows of a table as cells, for files that no text editor can show.</summary>
/// <param name="TextDocument">The table.</param>
/// <param name="From">The first row, from 0.</param>
/// <param name="Count">Rows at most, 1 to 1,000.</param>
public sealed record TablePageParams(TextDocumentIdentifier TextDocument, int From, int Count);

/// <summary>Rows of a table.</summary>
/// <param name="Columns">The columns of the whole table.</param>
/// <param name="RowCount">Rows of the whole table.</param>
/// <param name="From">The first row that is here.</param>
/// <param name="Rows">The rows; fewer than asked for at the end of the table.</param>
/// <param name="Model">What people call the model that explains the table; null for none.</param>
/// <param name="Problem">Why no model explains it, or why it cannot be read, in words; null when nothing is wrong.</param>
public sealed record TablePage(
    IReadOnlyList<TablePageColumn> Columns, int RowCount, int From, IReadOnlyList<TablePageRow> Rows, string? Model, string? Problem);

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Numeric">Whether it is right-aligned.</param>
/// <param name="Role"><c>feature</c>: the model sees it; <c>label</c>: the true label; <c>other</c>.</param>
/// <param name="Problem">Why its cells cannot be shown, in words; null when they can.</param>
public sealed record TablePageColumn(string Name, bool Numeric, string Role, string? Problem);

/// <summary>A row of a table.</summary>
/// <param name="Row">Its number, from 0.</param>
/// <param name="Cells">One text a column; empty where it is missing.</param>
/// <param name="Prediction">What the model says, as an inlay hint does: <c>→ &gt;50K 66 %</c>; empty where it says nothing.</param>
/// <param name="Tooltip">The same in a sentence, or why the row cannot be read.</param>
/// <param name="Right">Whether the model is right; null when it is not known.</param>
public sealed record TablePageRow(int Row, IReadOnlyList<string> Cells, string Prediction, string Tooltip, bool? Right);

/// <summary><c>explain/tableHover</c> → <see cref="TableHoverResult"/>: the hover on a row, a cell or a column's name, as on the line of a text.</summary>
/// <param name="TextDocument">The table.</param>
/// <param name="Row">The row, from 0; −1 for the header.</param>
/// <param name="Column">The column, by number; null for the whole row.</param>
public sealed record TableHoverParams(TextDocumentIdentifier TextDocument, int Row, int? Column);

/// <summary>A hover.</summary>
/// <param name="Markdown">Its text, with pictures as data; empty where there is nothing to say.</param>
public sealed record TableHoverResult(string Markdown);
