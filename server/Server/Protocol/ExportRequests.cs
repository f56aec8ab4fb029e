namespace ExplainLsp.Server.Protocol;

/// <summary>Something that a panel can save; made only when it is asked for.</summary>
/// <param name="Id">Names it in <c>explain/export</c>.</param>
/// <param name="Title">"Figure as SVG".</param>
/// <param name="Name">A name to save under: "test-row-13-tree-shap.svg".</param>
public sealed record PanelFile(string Id, string Title, string Name);

/// <summary><c>explain/export</c> → <see cref="ExportResult"/>: a file that a panel offers.</summary>
/// <param name="Id">Its <see cref="PanelFile.Id"/>.</param>
public sealed record ExportParams(string Id);

/// <summary>A file's content.</summary>
/// <param name="Content">Its bytes, base64.</param>
public sealed record ExportResult(string Content);
