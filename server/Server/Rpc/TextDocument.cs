using ExplainLsp.Samples;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Rpc;

/// <summary>An open document at one version. Immutable; its table is read when first asked for, once a version.</summary>
public sealed class TextDocument
{
    private readonly Lazy<Table> _table;

    /// <summary>A document as the client sent it.</summary>
    /// <param name="uri">Its URI as the client writes it.</param>
    /// <param name="version">Its version.</param>
    /// <param name="buffer">Its text.</param>
    public TextDocument(string uri, int version, TextBuffer buffer)
    {
        (Uri, Version, Buffer) = (uri, version, buffer);
        Path = DocumentUri.ToPath(uri);
        _table = new Lazy<Table>(() => Table.Parse(Text, Path?.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) == true ? '\t' : null));
    }

    /// <summary>Its URI as the client writes it.</summary>
    public string Uri { get; }

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
        new(Uri, version, changes.Aggregate(
            Buffer, (buffer, change) => change.Range is { } range ? buffer.Replace(range, change.Text) : TextBuffer.From(change.Text)));
}
