namespace ExplainLsp.Server.Protocol;

/// <summary>A document by address.</summary>
/// <param name="Uri">Its URI.</param>
public sealed record TextDocumentIdentifier(string Uri);

/// <summary><c>explain/row</c> → <see cref="PanelView"/>: explains one row of an open or saved table.</summary>
/// <param name="TextDocument">The table.</param>
/// <param name="Row">The row, from 0, without the header.</param>
/// <param name="Method">A method's id; null for the default.</param>
/// <param name="Target">A class index as text, or <c>predicted</c>; null for the predicted class.</param>
/// <param name="Space"><c>raw</c> or <c>probability</c>; null for the default.</param>
/// <param name="Background">A path of <see cref="PanelPickers.Backgrounds"/>; null for the default.</param>
/// <param name="Options">Options of the method by key.</param>
/// <param name="Width">Width of the figure's column, CSS pixels.</param>
/// <param name="WorkDoneToken">Where progress is reported; null for nowhere.</param>
/// <param name="View">One of <see cref="PanelView.Views"/>; null for the first.</param>
/// <param name="Edits">"What if": new values by column, none for the row as it is but ready to be changed; null for the row alone.</param>
public sealed record ExplainRowParams(
    TextDocumentIdentifier TextDocument, int Row, string? Method, string? Target, string? Space, string? Background,
    IReadOnlyDictionary<string, string>? Options, double? Width, string? WorkDoneToken, string? View = null,
    IReadOnlyDictionary<string, string>? Edits = null);

/// <summary><c>explain/global</c> → <see cref="PanelView"/>: explains a model over a whole table.</summary>
/// <param name="TextDocument">The table.</param>
/// <param name="Method">A method's id; null for the default.</param>
/// <param name="Target">A class index as text; null for the default.</param>
/// <param name="Space"><c>raw</c> or <c>probability</c>; null for the default.</param>
/// <param name="Background">A path of <see cref="PanelPickers.Backgrounds"/>; null for the default.</param>
/// <param name="Options">Options of the method by key.</param>
/// <param name="Width">Width of the figure's column, CSS pixels.</param>
/// <param name="WorkDoneToken">Where progress is reported; null for nowhere.</param>
/// <param name="View">One of <see cref="PanelView.Views"/>; null for the first that shows the method.</param>
/// <param name="Feature">The column that curves and dependence are about; null for the first that is.</param>
public sealed record ExplainGlobalParams(
    TextDocumentIdentifier TextDocument, string? Method, string? Target, string? Space, string? Background,
    IReadOnlyDictionary<string, string>? Options, double? Width, string? WorkDoneToken, string? View = null, string? Feature = null);

/// <summary><c>explain/models</c> → list of <see cref="ModelChoice"/>: the workspace's models, those that fit the table first.</summary>
/// <param name="TextDocument">The table; null for all models.</param>
public sealed record ExplainModelsParams(TextDocumentIdentifier? TextDocument);

/// <summary>A model that can be chosen.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Description">"30 columns → 2 classes", or why it does not fit.</param>
/// <param name="Fits">Whether it fits the table that was asked about.</param>
/// <param name="Bound">Whether it explains the table now.</param>
public sealed record ModelChoice(string Path, string Name, string Description, bool Fits, bool Bound);

/// <summary>
/// <c>explain/chooseModel</c> → <see cref="ChooseModelResult"/>: writes the choice to <c>explain.json</c> through
/// <c>workspace/applyEdit</c>, so that what the user is typing there is kept.
/// </summary>
/// <param name="TextDocument">The table.</param>
/// <param name="ModelPath">The model's full path.</param>
public sealed record ChooseModelParams(TextDocumentIdentifier TextDocument, string ModelPath);

/// <summary>What was written.</summary>
/// <param name="ManifestUri">The manifest, changed and not yet saved.</param>
public sealed record ChooseModelResult(string ManifestUri);

/// <summary><c>explain/modelSummary</c> → <see cref="PanelView"/> of kind <c>model</c>.</summary>
/// <param name="TextDocument">A table (its model is meant) or a model file.</param>
public sealed record ModelSummaryParams(TextDocumentIdentifier TextDocument);

/// <summary><c>explain/methods</c> → list of <see cref="MethodChoice"/>: the local methods for a table's rows.</summary>
/// <param name="TextDocument">The table.</param>
public sealed record ExplainMethodsParams(TextDocumentIdentifier TextDocument);

/// <summary>A method that can be chosen.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its name.</param>
/// <param name="Description">What it costs here: "4,096 coalitions × 20 rows, exact".</param>
public sealed record MethodChoice(string Id, string Title, string Description);

/// <summary><c>explain/theme</c> (notification, client to server): the editor's colours; rendered figures are dropped, explanations kept.</summary>
/// <param name="Kind"><c>dark</c>, <c>light</c>, <c>hc-dark</c> or <c>hc-light</c>.</param>
/// <param name="Hover">Colours on the hover's ground, token → hex (<c>ground</c>, <c>ink</c>, <c>strong</c>, …); missing ones take the kind's own.</param>
/// <param name="Panel">Colours on the panel's ground.</param>
public sealed record ThemeParams(string Kind, IReadOnlyDictionary<string, string> Hover, IReadOnlyDictionary<string, string> Panel);

/// <summary><c>explain/status</c> (notification, server to client): what the status item shows.</summary>
/// <param name="State"><c>ready</c>, <c>working</c> or <c>problem</c>.</param>
/// <param name="Text">"adult-gbm", "Explaining 340 of 4,000".</param>
/// <param name="Tooltip">One or two sentences.</param>
public sealed record StatusParams(string State, string Text, string Tooltip);

/// <summary><c>explain/stale</c> (notification, server to client): a model or its data changed; panels of it say so.</summary>
/// <param name="ModelPath">The model that changed; null when a manifest changed.</param>
/// <param name="Text">"The model changed on disk. Explain again."</param>
public sealed record StaleParams(string? ModelPath, string Text);
