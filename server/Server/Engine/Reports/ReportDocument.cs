using System.Collections.Immutable;
using ExplainLsp.Figures;

namespace ExplainLsp.Server.Engine;

/// <summary>A result for people, before it is text, Markdown or a page: words and tables, escaped by whoever writes them.</summary>
/// <param name="Title">The question or the subject: "Why malignant?".</param>
/// <param name="Lines">The answer, the most important first.</param>
/// <param name="Tables">The numbers.</param>
/// <param name="Notes">Warnings, the worst first.</param>
/// <param name="Receipt">What the result rests on, most important first.</param>
public sealed record ReportDocument(
    string Title, ImmutableArray<string> Lines, ImmutableArray<ReportTable> Tables, ImmutableArray<string> Notes, ImmutableArray<string> Receipt)
{
    /// <summary>The picture; null for none.</summary>
    public Figure? Figure { get; init; }
}

/// <summary>A table of words and numbers.</summary>
/// <param name="Title">What it holds; empty when the document's title says so.</param>
/// <param name="Columns">Headings, with units.</param>
/// <param name="Rows">Cells, one a column.</param>
public sealed record ReportTable(string Title, ImmutableArray<ReportColumn> Columns, ImmutableArray<ImmutableArray<string>> Rows);

/// <summary>A column of a table.</summary>
/// <param name="Title">Its heading, with unit.</param>
/// <param name="IsNumeric">Whether it is right-aligned.</param>
public sealed record ReportColumn(string Title, bool IsNumeric);
