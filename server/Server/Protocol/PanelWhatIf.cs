namespace ExplainLsp.Server.Protocol;

/// <summary>A cell that can be changed.</summary>
/// <param name="Text">Its value now, as it would be written in the file.</param>
/// <param name="Original">Its value in the file.</param>
/// <param name="Choices">What a column of few words can hold; empty for numbers and free text.</param>
public sealed record PanelEdit(string Text, string Original, IReadOnlyList<string> Choices);

/// <summary>What changing cells did.</summary>
/// <param name="Changed">How many cells differ from the file.</param>
/// <param name="Difference">"malignant 81.6 % → 42.0 %".</param>
/// <param name="Text">Header and row as the file would write them.</param>
public sealed record PanelWhatIf(int Changed, string Difference, string Text);

/// <summary>Something that an explanation found beside contributions: a rule, a change that turns the answer, rows that resemble.</summary>
/// <param name="Title">"benign 92.3 %".</param>
/// <param name="Text">One or two sentences.</param>
/// <param name="Table">Its numbers; null for none.</param>
/// <param name="Change">The change that it proposes; null for none.</param>
public sealed record PanelCard(string Title, string Text, PanelTable? Table, PanelChange? Change);

/// <summary>Changed cells that can be tried or written to a new file.</summary>
/// <param name="Edits">New values by column.</param>
/// <param name="Text">Header and changed row as the file would write them.</param>
public sealed record PanelChange(IReadOnlyDictionary<string, string> Edits, string Text);

/// <summary>A row of a file.</summary>
/// <param name="Uri">The file.</param>
/// <param name="Row">The row, from 0.</param>
public sealed record PanelPlace(string Uri, int Row);
