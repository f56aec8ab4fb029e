using ExplainLsp.Samples;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Rpc;

/// <summary>An open document at one version. Immutable; its table is read when first asked for, once a version.</summary>
public sealed class TextDocument
{
    private readonly Lazy<Table> _table;

    /// <summary>A document as the client sent it.</summary>
    /// <param name="uri">Its URI as the client writes it.</param>
    /// <param name="languageId">Its language.</param>
    /// <param name="version">Its version.</param>
    /// <param name="buffer">Its text.</param>
    public TextDocument(string uri, string languageId, int version, TextBuffer buffer)
    {
        (Uri, LanguageId, Version, Buffer) = (uri, languageId, version, buffer);
        Path = DocumentUri.ToPath(uri);
        _table = new Lazy<Table>(() => ExplainLsp.Samples.Table.Parse(Text, Path ?? $"untitled.{languageId}"));
    }

    /// <summary>Its URI as the client writes it.</summary>
    public string Uri { get; }

    /// <summary>Its language as the client calls it.</summary>
    public string LanguageId { get; }

    /// <summary>Whether it is a table, by its name or, where it has none yet, by its language.</summary>
    public bool IsTable => Path is not null
        ? DocumentUri.IsTable(Path) && !TableFormats.IsBinary(Path)
        : LanguageId.StartsWith("csv", StringComparison.Ordinal) || LanguageId.StartsWith("tsv", StringComparison.Ordinal) || LanguageId == "jsonl";

    /// <summary>Whether it is a manifest.</summary>
    public bool IsManifest => Path is not null && System.IO.Path.GetFileName(Path) == "explain.json";

    /// <summary>Its path; null when it is not a file (untitled).</summary>
    public string? Path { get; }

    /// <summary>Its version.</summary>
    public int Version { get; }

    /// <summary>Its text, cheap to edit.</summary>
    public TextBuffer Buffer { get; }

    /// <summary>Its text.</summary>
    public string Text => Buffer.ToString();

    /// <summary>Its rows and columns.</summary>
    public Table Table => _table.Value;

    /// <summary>The document after changes, each on top of the one before.</summary>
    public TextDocument Apply(int version, IEnumerable<TextDocumentContentChange> changes) =>
        new(Uri, LanguageId, version, changes.Aggregate(
            Buffer, (buffer, change) => change.Range is { } range ? buffer.Replace(range, change.Text) : TextBuffer.From(change.Text)));
}
