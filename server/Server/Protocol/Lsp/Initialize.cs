using Newtonsoft.Json.Linq;

namespace ExplainLsp.Server.Protocol;

/// <summary><c>initialize</c>.</summary>
/// <param name="ProcessId">The client's process; the server ends with it.</param>
/// <param name="RootUri">The folder, from clients without workspace folders.</param>
/// <param name="Capabilities">What the client can do.</param>
/// <param name="Trace"><c>off</c>, <c>messages</c> or <c>verbose</c>.</param>
/// <param name="WorkspaceFolders">The folders.</param>
/// <param name="InitializationOptions">Settings and theme for clients that are not asked for them later.</param>
public sealed record InitializeParams(
    int? ProcessId, string? RootUri, ClientCapabilities Capabilities, string? Trace, IReadOnlyList<WorkspaceFolder>? WorkspaceFolders,
    InitializationOptions? InitializationOptions);

/// <summary>What the client may send with <c>initialize</c>.</summary>
/// <param name="Settings">The section <c>explainLsp</c>.</param>
/// <param name="Theme">The editor's colours.</param>
public sealed record InitializationOptions(JObject? Settings, ThemeParams? Theme);

/// <summary>A workspace folder.</summary>
/// <param name="Uri">Where it is.</param>
/// <param name="Name">What it is called.</param>
public sealed record WorkspaceFolder(string Uri, string? Name);

/// <summary>The capabilities that matter to this server.</summary>
/// <param name="Workspace">About workspaces.</param>
/// <param name="Window">About windows.</param>
public sealed record ClientCapabilities(WorkspaceClientCapabilities? Workspace, WindowClientCapabilities? Window);

/// <summary>What the client can do about workspaces.</summary>
/// <param name="ApplyEdit">Whether it applies edits.</param>
/// <param name="Configuration">Whether it answers <c>workspace/configuration</c>.</param>
/// <param name="DidChangeWatchedFiles">How it watches files.</param>
/// <param name="InlayHint">How it refreshes inlay hints.</param>
/// <param name="CodeLens">How it refreshes CodeLenses.</param>
public sealed record WorkspaceClientCapabilities(
    bool? ApplyEdit, bool? Configuration, DynamicRegistrationCapability? DidChangeWatchedFiles, RefreshCapability? InlayHint,
    RefreshCapability? CodeLens);

/// <summary>Whether the client lets servers register.</summary>
/// <param name="DynamicRegistration">Whether it does.</param>
public sealed record DynamicRegistrationCapability(bool? DynamicRegistration);

/// <summary>Whether the client can be told to ask again.</summary>
/// <param name="RefreshSupport">Whether it can.</param>
public sealed record RefreshCapability(bool? RefreshSupport);

/// <summary>What the client can do about windows.</summary>
/// <param name="WorkDoneProgress">Whether it shows progress that the server begins.</param>
public sealed record WindowClientCapabilities(bool? WorkDoneProgress);

/// <summary>The answer to <c>initialize</c>.</summary>
/// <param name="Capabilities">What the server can do.</param>
/// <param name="ServerInfo">Who it is.</param>
public sealed record InitializeResult(ServerCapabilities Capabilities, ServerInfo ServerInfo);

/// <summary>Who the server is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
public sealed record ServerInfo(string Name, string Version);

/// <summary>What the server can do.</summary>
/// <param name="PositionEncoding">Always <c>utf-16</c>.</param>
/// <param name="TextDocumentSync">How documents are kept.</param>
/// <param name="HoverProvider">Hovers.</param>
/// <param name="CodeLensProvider">CodeLenses.</param>
/// <param name="InlayHintProvider">Inlay hints.</param>
/// <param name="Workspace">Workspace folders.</param>
public sealed record ServerCapabilities(
    string PositionEncoding, TextDocumentSyncOptions TextDocumentSync, bool HoverProvider, CodeLensOptions CodeLensProvider,
    bool InlayHintProvider, WorkspaceServerCapabilities Workspace);

/// <summary>How documents are kept.</summary>
/// <param name="OpenClose">Whether opening and closing is told.</param>
/// <param name="Change">2: increments.</param>
public sealed record TextDocumentSyncOptions(bool OpenClose, int Change);

/// <summary>How CodeLenses come.</summary>
/// <param name="ResolveProvider">Whether they are filled in later.</param>
public sealed record CodeLensOptions(bool ResolveProvider);

/// <summary>What the server can do about workspaces.</summary>
/// <param name="WorkspaceFolders">Folders.</param>
public sealed record WorkspaceServerCapabilities(WorkspaceFoldersOptions WorkspaceFolders);

/// <summary>How folders are followed.</summary>
/// <param name="Supported">Whether there can be several.</param>
/// <param name="ChangeNotifications">Whether changes are to be told.</param>
public sealed record WorkspaceFoldersOptions(bool Supported, bool ChangeNotifications);

/// <summary><c>initialized</c>: nothing is in it.</summary>
public sealed record InitializedParams;
