namespace ExplainLsp.Server.Protocol;

/// <summary><c>explain/rows</c> → list of <see cref="RowPlace"/>: where rows stand, and what the model says of them.</summary>
/// <param name="TextDocument">The table.</param>
/// <param name="Rows">The rows, from 0.</param>
public sealed record RowsParams(TextDocumentIdentifier TextDocument, IReadOnlyList<int> Rows);

/// <summary>A row of a table.</summary>
/// <param name="Row">Its number, from 0.</param>
/// <param name="StartLine">The line on which it starts, from 0.</param>
/// <param name="EndLine">The line on which it ends.</param>
/// <param name="EndCharacter">The character behind its last.</param>
/// <param name="Name">"row 13 (line 15)".</param>
/// <param name="Answer">"malignant 81.6 %, label benign"; empty when it cannot be read.</param>
public sealed record RowPlace(int Row, int StartLine, int EndLine, int EndCharacter, string Name, string Answer);
