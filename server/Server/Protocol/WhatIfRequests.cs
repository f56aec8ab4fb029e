namespace ExplainLsp.Server.Protocol;

/// <summary><c>explain/checkCells</c> → list of <see cref="CellCheck"/>: whether a model can take changed cells, before it is asked about them.</summary>
/// <param name="TextDocument">The table.</param>
/// <param name="Row">The row, from 0.</param>
/// <param name="Edits">New values by column.</param>
public sealed record CheckCellsParams(TextDocumentIdentifier TextDocument, int Row, IReadOnlyDictionary<string, string> Edits);

/// <summary>What is to be said about a changed cell.</summary>
/// <param name="Column">Its column.</param>
/// <param name="State"><c>stop</c>: the model cannot take it. <c>caution</c>: nothing like it is in the file.</param>
/// <param name="Text">What, and what to do.</param>
public sealed record CellCheck(string Column, string State, string Text);
