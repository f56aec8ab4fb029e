namespace ExplainLsp.Server.Protocol;

/// <summary><c>workspace/didChangeWorkspaceFolders</c>.</summary>
/// <param name="Event">What changed.</param>
public sealed record DidChangeWorkspaceFoldersParams(WorkspaceFoldersChange Event);

/// <summary>Folders that came and went.</summary>
/// <param name="Added">New ones.</param>
/// <param name="Removed">Old ones.</param>
public sealed record WorkspaceFoldersChange(IReadOnlyList<WorkspaceFolder> Added, IReadOnlyList<WorkspaceFolder> Removed);

/// <summary><c>workspace/didChangeWatchedFiles</c>.</summary>
/// <param name="Changes">What changed on disk.</param>
public sealed record DidChangeWatchedFilesParams(IReadOnlyList<FileEvent> Changes);

/// <summary>A file that changed on disk.</summary>
/// <param name="Uri">The file.</param>
/// <param name="Type">1 created, 2 changed, 3 deleted.</param>
public sealed record FileEvent(string Uri, int Type);

/// <summary><c>client/registerCapability</c>.</summary>
/// <param name="Registrations">What to register.</param>
public sealed record RegistrationParams(IReadOnlyList<Registration> Registrations);

/// <summary>One registration.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Method">The method that is registered.</param>
/// <param name="RegisterOptions">Its options.</param>
public sealed record Registration(string Id, string Method, object? RegisterOptions);

/// <summary>Which files to watch.</summary>
/// <param name="Watchers">Patterns.</param>
public sealed record DidChangeWatchedFilesRegistrationOptions(IReadOnlyList<FileSystemWatcherPattern> Watchers);

/// <summary>A pattern of files to watch.</summary>
/// <param name="GlobPattern">The glob.</param>
public sealed record FileSystemWatcherPattern(string GlobPattern);

/// <summary><c>workspace/configuration</c>.</summary>
/// <param name="Items">Sections asked for.</param>
public sealed record ConfigurationParams(IReadOnlyList<ConfigurationItem> Items);

/// <summary>A section of the settings.</summary>
/// <param name="Section">Its name.</param>
public sealed record ConfigurationItem(string Section);

/// <summary><c>workspace/applyEdit</c>.</summary>
/// <param name="Label">What undo calls it.</param>
/// <param name="Edit">The edit.</param>
public sealed record ApplyWorkspaceEditParams(string Label, WorkspaceEdit Edit);

/// <summary>An edit of files.</summary>
/// <param name="DocumentChanges"><see cref="TextDocumentEdit"/> and <see cref="CreateFile"/>, in order.</param>
public sealed record WorkspaceEdit(IReadOnlyList<object> DocumentChanges);

/// <summary>Edits of one document.</summary>
/// <param name="TextDocument">The document and the version that the edits were made for.</param>
/// <param name="Edits">The edits.</param>
public sealed record TextDocumentEdit(OptionalVersionedTextDocumentIdentifier TextDocument, IReadOnlyList<TextEdit> Edits);

/// <summary>A document, at a version when it is open; a null version is sent as null.</summary>
/// <param name="Uri">Its URI.</param>
/// <param name="Version">Its version.</param>
public sealed record OptionalVersionedTextDocumentIdentifier(
    string Uri, [property: Newtonsoft.Json.JsonProperty(NullValueHandling = Newtonsoft.Json.NullValueHandling.Include)] int? Version);

/// <summary>One edit.</summary>
/// <param name="Range">What is replaced.</param>
/// <param name="NewText">What stands there afterwards.</param>
public sealed record TextEdit(LspRange Range, string NewText);

/// <summary>A file to create.</summary>
/// <param name="Kind"><c>create</c>.</param>
/// <param name="Uri">Where.</param>
/// <param name="Options">What if it exists.</param>
public sealed record CreateFile(string Kind, string Uri, CreateFileOptions Options);

/// <summary>What if a file to create exists.</summary>
/// <param name="IgnoreIfExists">Whether it then stays as it is.</param>
public sealed record CreateFileOptions(bool IgnoreIfExists);

/// <summary>The answer to <c>workspace/applyEdit</c>.</summary>
/// <param name="Applied">Whether it was done.</param>
/// <param name="FailureReason">Why not.</param>
public sealed record ApplyWorkspaceEditResult(bool Applied, string? FailureReason);
