namespace ExplainLsp.Server.Protocol;

/// <summary>Who sends a custom message, and whether it is answered.</summary>
public enum MessageKind
{
    /// <summary>A request of the client's.</summary>
    Request,

    /// <summary>A notification of the client's.</summary>
    ClientNotification,

    /// <summary>A notification of the server's.</summary>
    ServerNotification,
}

/// <summary>One message beyond LSP.</summary>
/// <param name="Method">Its name on the wire.</param>
/// <param name="Kind">Who sends it.</param>
/// <param name="Parameters">The record it carries.</param>
/// <param name="Result">The record (or list of records) that answers it; null for notifications.</param>
public sealed record CustomMessage(string Method, MessageKind Kind, Type Parameters, Type? Result);

/// <summary>All messages beyond LSP; <c>extension/src/protocol.ts</c> is generated from this list and the records it names.</summary>
public static class CustomRequests
{
    /// <summary>Explains one row.</summary>
    public const string Row = "explain/row";

    /// <summary>Checks changed cells of a row.</summary>
    public const string CheckCells = "explain/checkCells";

    /// <summary>Explains a model over a table.</summary>
    public const string Global = "explain/global";

    /// <summary>Explains one picture.</summary>
    public const string Image = "explain/image";

    /// <summary>Explains several pictures.</summary>
    public const string Images = "explain/images";

    /// <summary>Finds the picture that is named at a place.</summary>
    public const string ImageAt = "explain/imageAt";

    /// <summary>Tells what a request has found so far.</summary>
    public const string Partial = "explain/partial";

    /// <summary>Finds the row at a line.</summary>
    public const string RowAt = "explain/rowAt";

    /// <summary>Tells where rows stand and what the model says of them.</summary>
    public const string Rows = "explain/rows";

    /// <summary>Makes a file that a panel offers.</summary>
    public const string Export = "explain/export";

    /// <summary>Reads rows of a table.</summary>
    public const string TablePage = "explain/tablePage";

    /// <summary>Says what a hover on a table's cell says.</summary>
    public const string TableHover = "explain/tableHover";

    /// <summary>Lists models.</summary>
    public const string Models = "explain/models";

    /// <summary>Writes a choice of model to the manifest.</summary>
    public const string ChooseModel = "explain/chooseModel";

    /// <summary>Lists methods for rows.</summary>
    public const string Methods = "explain/methods";

    /// <summary>Describes a model.</summary>
    public const string ModelSummary = "explain/modelSummary";

    /// <summary>Tells the editor's colours.</summary>
    public const string Theme = "explain/theme";

    /// <summary>Tells the status item what to show.</summary>
    public const string Status = "explain/status";

    /// <summary>Tells panels that what they show is out of date.</summary>
    public const string Stale = "explain/stale";

    /// <summary>The messages in the order of ARCHITECTURE.md.</summary>
    public static IReadOnlyList<CustomMessage> All { get; } =
    [
        new(Row, MessageKind.Request, typeof(ExplainRowParams), typeof(PanelView)),
        new(CheckCells, MessageKind.Request, typeof(CheckCellsParams), typeof(IReadOnlyList<CellCheck>)),
        new(Global, MessageKind.Request, typeof(ExplainGlobalParams), typeof(PanelView)),
        new(Image, MessageKind.Request, typeof(ExplainImageParams), typeof(PanelView)),
        new(Images, MessageKind.Request, typeof(ExplainImagesParams), typeof(PanelView)),
        new(ImageAt, MessageKind.Request, typeof(ImageAtParams), typeof(ImageAtResult)),
        new(RowAt, MessageKind.Request, typeof(RowAtParams), typeof(RowAtResult)),
        new(Rows, MessageKind.Request, typeof(RowsParams), typeof(IReadOnlyList<RowPlace>)),
        new(Export, MessageKind.Request, typeof(ExportParams), typeof(ExportResult)),
        new(TablePage, MessageKind.Request, typeof(TablePageParams), typeof(TablePage)),
        new(TableHover, MessageKind.Request, typeof(TableHoverParams), typeof(TableHoverResult)),
        new(Models, MessageKind.Request, typeof(ExplainModelsParams), typeof(IReadOnlyList<ModelChoice>)),
        new(ChooseModel, MessageKind.Request, typeof(ChooseModelParams), typeof(ChooseModelResult)),
        new(Methods, MessageKind.Request, typeof(ExplainMethodsParams), typeof(IReadOnlyList<MethodChoice>)),
        new(ModelSummary, MessageKind.Request, typeof(ModelSummaryParams), typeof(PanelView)),
        new(Theme, MessageKind.ClientNotification, typeof(ThemeParams), null),
        new(Status, MessageKind.ServerNotification, typeof(StatusParams), null),
        new(Partial, MessageKind.ServerNotification, typeof(PartialParams), null),
        new(Stale, MessageKind.ServerNotification, typeof(StaleParams), null),
    ];
}
