namespace ExplainLsp.Server.Protocol;

/// <summary><c>explain/image</c> → <see cref="PanelView"/> of kind <c>image</c>: explains one picture. Coarse answers come as <see cref="PartialParams"/>.</summary>
/// <param name="TextDocument">The picture.</param>
/// <param name="Method">A method's id; null for the default.</param>
/// <param name="Target">A class index as text, or <c>predicted</c>; null for the predicted class.</param>
/// <param name="Other">A second class, by index as text: "why this and not that"; null for none.</param>
/// <param name="OtherMethod">A second method to show beside the first; null for none.</param>
/// <param name="Space"><c>raw</c> or <c>probability</c>; null for the default.</param>
/// <param name="Options">Options of the method by key; <c>layer</c> and <c>baseline</c> among them.</param>
/// <param name="WorkDoneToken">Where progress is reported; null for nowhere.</param>
public sealed record ExplainImageParams(
    TextDocumentIdentifier TextDocument, string? Method, string? Target, string? Other, string? OtherMethod, string? Space,
    IReadOnlyDictionary<string, string>? Options, string? WorkDoneToken);

/// <summary>
/// <c>explain/images</c> → <see cref="PanelView"/> of kind <c>sheet</c>: every picture of some files, folders or one list of images. Pictures come one
/// after another as <see cref="PartialParams"/>.
/// </summary>
/// <param name="Uris">Pictures, folders, or a table that lists pictures.</param>
/// <param name="Method">A method's id; null for the default.</param>
/// <param name="WorkDoneToken">Where progress is reported; null for nowhere.</param>
public sealed record ExplainImagesParams(IReadOnlyList<string> Uris, string? Method, string? WorkDoneToken);

/// <summary><c>explain/partial</c> (notification, server to client): what a request has found so far.</summary>
/// <param name="Token">The request's <c>workDoneToken</c>.</param>
/// <param name="View">A coarse answer to show while it is refined; of a sheet, only the pictures that are new.</param>
public sealed record PartialParams(string Token, PanelView View);

/// <summary><c>explain/imageAt</c> → <see cref="ImageAtResult"/>: the picture that is named at a place of a document.</summary>
/// <param name="TextDocument">The document.</param>
/// <param name="Position">The place.</param>
public sealed record ImageAtParams(TextDocumentIdentifier TextDocument, Position Position);

/// <summary>The picture at a place.</summary>
/// <param name="Uri">Its URI; null where none is named.</param>
public sealed record ImageAtResult(string? Uri);
