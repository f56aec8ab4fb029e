namespace ExplainLsp.Server.Protocol;

/// <summary>
/// <c>explain/rowAt</c> → <see cref="RowAtResult"/>: which row a line belongs to. Only the server's reader knows: quoted fields hold line
/// breaks, and blank lines are no rows.
/// </summary>
/// <param name="TextDocument">The table.</param>
/// <param name="Line">The line, from 0, as in the editor.</param>
public sealed record RowAtParams(TextDocumentIdentifier TextDocument, int Line);

/// <summary>The row at a line.</summary>
/// <param name="Row">The row, from 0, without the header; null on the header or where there is no row.</param>
/// <param name="Image">The picture that the row names, its URI, in a list of images; null elsewhere.</param>
public sealed record RowAtResult(int? Row, string? Image = null);
