namespace ExplainLsp.Server.Protocol;

/// <summary>
/// Everything a panel shows, as data: no HTML, ready words and numbers. One record serves local and global explanations and the model
/// summary, so the webview is one small renderer.
/// </summary>
/// <param name="Kind"><c>row</c>, <c>global</c>, <c>model</c>, <c>image</c> or <c>sheet</c>.</param>
/// <param name="TabTitle">"Row 13, malignant".</param>
/// <param name="Heading">"Why malignant?".</param>
/// <param name="SubLine">"test.csv, row 13 (line 15) · malignant 81.6 %, benign 18.4 %".</param>
/// <param name="Badge">What is known about its trustworthiness; null for none.</param>
/// <param name="Notes">At most two, worst first.</param>
/// <param name="Figure">The picture; null for none.</param>
/// <param name="FigureTitle">"From the average to this row".</param>
/// <param name="Table">The numbers, all of them.</param>
/// <param name="Pickers">What can be chosen; null entries and empty lists hide a picker.</param>
/// <param name="Receipt">Parts of the footer, most important first.</param>
/// <param name="Exports">The explanation as other programs read it.</param>
/// <param name="Image">A picture and its maps; null elsewhere.</param>
/// <param name="Sheet">A contact sheet; null elsewhere.</param>
/// <param name="Views">Other pictures of the same question, the one in force selected; null where there is only one.</param>
/// <param name="WhatIf">What changing cells of the row did; null for a row as it is in the file.</param>
/// <param name="Cards">A rule, changes, other rows; null for none.</param>
public sealed record PanelView(
    string Kind, string TabTitle, string Heading, string SubLine, PanelBadge? Badge, IReadOnlyList<PanelNote> Notes,
    PanelFigure? Figure, string FigureTitle, PanelTable Table, PanelPickers Pickers, IReadOnlyList<string> Receipt, PanelExports Exports,
    PanelImage? Image = null, PanelSheet? Sheet = null, IReadOnlyList<PanelChoice>? Views = null, PanelWhatIf? WhatIf = null,
    IReadOnlyList<PanelCard>? Cards = null);

/// <summary>The trust badge.</summary>
/// <param name="State"><c>ok</c>, <c>caution</c>, <c>stop</c> or <c>unknown</c>.</param>
/// <param name="Text">"Exact", "Estimate", "Not tested".</param>
/// <param name="Reasons">One sentence each, with the numbers.</param>
public sealed record PanelBadge(string State, string Text, IReadOnlyList<string> Reasons);

/// <summary>A note above the figure.</summary>
/// <param name="State"><c>info</c>, <c>caution</c> or <c>stop</c>.</param>
/// <param name="Text">What, why it matters, what to do.</param>
public sealed record PanelNote(string State, string Text);

/// <summary>A rendered figure.</summary>
/// <param name="Png">PNG, base64.</param>
/// <param name="Width">CSS pixels.</param>
/// <param name="Height">CSS pixels.</param>
/// <param name="Alt">The picture in words.</param>
/// <param name="Regions">Focusable marks in reading order.</param>
public sealed record PanelFigure(string Png, int Width, int Height, string Alt, IReadOnlyList<PanelRegion> Regions);

/// <summary>A focusable mark of a figure.</summary>
/// <param name="X">Left, CSS pixels.</param>
/// <param name="Y">Top, CSS pixels.</param>
/// <param name="Width">CSS pixels.</param>
/// <param name="Height">CSS pixels.</param>
/// <param name="Key">The table row it belongs to; null for the remainder.</param>
/// <param name="Label">What it shows, in words.</param>
/// <param name="Rows">Rows of the file that it stands for, from 0; null for none. A figure with such marks can be brushed.</param>
public sealed record PanelRegion(double X, double Y, double Width, double Height, string? Key, string Label, IReadOnlyList<int>? Rows = null);

/// <summary>A table.</summary>
/// <param name="Title">"All columns".</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows, in the order to show at first.</param>
/// <param name="SortedBy">The key of the column that the rows are sorted by at first; null for none.</param>
public sealed record PanelTable(string Title, IReadOnlyList<PanelColumn> Columns, IReadOnlyList<PanelRow> Rows, string? SortedBy);

/// <summary>A column of a table.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Title">Its heading, with unit.</param>
/// <param name="Numeric">Whether it is right-aligned and sorted by number.</param>
public sealed record PanelColumn(string Key, string Title, bool Numeric);

/// <summary>A row of a table.</summary>
/// <param name="Key">Its key, as regions name it.</param>
/// <param name="Cells">One a column.</param>
/// <param name="Place">The row of a file that it stands for, to be opened; null for none.</param>
public sealed record PanelRow(string Key, IReadOnlyList<PanelCell> Cells, PanelPlace? Place = null);

/// <summary>A cell of a table.</summary>
/// <param name="Text">What to show.</param>
/// <param name="Sort">What to sort by; null for text.</param>
/// <param name="Edit">How "what if" changes it; null where it cannot.</param>
public sealed record PanelCell(string Text, double? Sort, PanelEdit? Edit = null);

/// <summary>What can be chosen in the toolbar.</summary>
/// <param name="Targets">Classes or outputs.</param>
/// <param name="Methods">Methods.</param>
/// <param name="Spaces">Scales.</param>
/// <param name="Backgrounds">Files that can stand in for absent features.</param>
/// <param name="Evaluations">The budget; null where the method has none.</param>
/// <param name="Features">Columns, for curves; empty elsewhere.</param>
/// <param name="Others">Second classes of an image, "no other" first; null elsewhere.</param>
/// <param name="OtherMethods">Second methods of an image, "no other" first; null elsewhere.</param>
/// <param name="Layers">Layers that an image's method can look at; null elsewhere.</param>
/// <param name="Baselines">What stands in for absent pixels; null elsewhere.</param>
public sealed record PanelPickers(
    IReadOnlyList<PanelChoice> Targets, IReadOnlyList<PanelChoice> Methods, IReadOnlyList<PanelChoice> Spaces,
    IReadOnlyList<PanelChoice> Backgrounds, PanelNumber? Evaluations, IReadOnlyList<PanelChoice> Features,
    IReadOnlyList<PanelChoice>? Others = null, IReadOnlyList<PanelChoice>? OtherMethods = null,
    IReadOnlyList<PanelChoice>? Layers = null, IReadOnlyList<PanelChoice>? Baselines = null);

/// <summary>One choice of a picker.</summary>
/// <param name="Value">What is sent back.</param>
/// <param name="Text">What is shown.</param>
/// <param name="Selected">Whether it is in force.</param>
public sealed record PanelChoice(string Value, string Text, bool Selected);

/// <summary>A number that can be changed.</summary>
/// <param name="Value">In force.</param>
/// <param name="Minimum">Least.</param>
/// <param name="Maximum">Most.</param>
public sealed record PanelNumber(long Value, long Minimum, long Maximum);

/// <summary>The explanation as other programs read it.</summary>
/// <param name="Json">The object that the command line prints.</param>
/// <param name="Csv">The table as CSV; text that a spreadsheet would run is defused.</param>
/// <param name="Markdown">Headline, table and receipt.</param>
/// <param name="FileName">A name to save under, without extension.</param>
/// <param name="Png">The figure with title, legend and receipt, PNG, base64; empty when there is none, or when it is one of the files.</param>
/// <param name="Files">What can be saved beside that, in the order of the menu; null for nothing.</param>
public sealed record PanelExports(
    string Json, string Csv, string Markdown, string FileName, string Png, IReadOnlyList<PanelFile>? Files = null);
