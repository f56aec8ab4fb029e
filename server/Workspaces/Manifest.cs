using System.Collections.Immutable;
using ExplainLsp.Samples;
using Newtonsoft.Json;

namespace ExplainLsp.Workspaces;

/// <summary>
/// An <c>explain.json</c>: which model explains which files, and what people call things. Comments and trailing commas are read over;
/// what cannot be understood is a diagnostic with its place, and the rest stays in force. Immutable.
/// </summary>
public sealed class Manifest
{
    /// <summary>The name that a manifest has.</summary>
    public const string FileName = "explain.json";

    internal Manifest(string path, bool isWellFormed, ImmutableArray<ManifestModel> models, ImmutableArray<ManifestDiagnostic> diagnostics)
    {
        Path = path;
        IsWellFormed = isWellFormed;
        Models = models;
        Diagnostics = diagnostics;
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>The folder that its paths and globs start from.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Whether the text is JSON; when it is not, the last good manifest should stay in force.</summary>
    public bool IsWellFormed { get; }

    /// <summary>The models in the order of the text; entries without a model are left out.</summary>
    public ImmutableArray<ManifestModel> Models { get; }

    /// <summary>Syntax errors, unknown properties, values of the wrong type.</summary>
    public ImmutableArray<ManifestDiagnostic> Diagnostics { get; }

    /// <summary>A path of the manifest as a full path.</summary>
    public string FullPath(string relative) => System.IO.Path.GetFullPath(System.IO.Path.Combine(Folder, relative.Replace('\\', '/')));

    /// <summary>A full path as the manifest writes it: relative, with slashes.</summary>
    public string RelativePath(string path) => System.IO.Path.GetRelativePath(Folder, path).Replace('\\', '/');

    /// <summary>Reads a text; never throws.</summary>
    /// <param name="path">The manifest's full path.</param>
    /// <param name="text">Its text, perhaps not saved yet.</param>
    public static Manifest Parse(string path, string text)
    {
        var lines = new TextLines(text);
        try
        {
            return new ManifestReader(path, lines).Read(JsonNode.Parse(text, lines));
        }
        catch (JsonReaderException e)
        {
            var line = Math.Clamp(e.LineNumber - 1, 0, lines.Count - 1);
            var end = lines.Start(line) + Math.Max(0, e.LinePosition);
            var what = string.IsNullOrWhiteSpace(text) ? "explain.json is empty. Write { \"models\": [] }, or delete it." :
                $"explain.json is not JSON (line {line + 1}): {Reason(e.Message)}. The last readable version stays in force.";
            var range = new TextRange(line, Math.Max(0, e.LinePosition - 1), line, Math.Max(1, Math.Min(end, text.Length) - lines.Start(line)));
            return new Manifest(path, false, [], [new ManifestDiagnostic(range, ManifestSeverity.Error, what)]);
        }
    }

    /// <summary>The parser's sentence without its own words for place and path.</summary>
    private static string Reason(string message)
    {
        foreach (var cut in (ReadOnlySpan<string>)[" Path '", ", line ", ". "])
        {
            var at = message.IndexOf(cut, StringComparison.Ordinal);
            if (at > 0)
                message = message[..at];
        }
        message = message.Trim().TrimEnd('.');
        return message.Length == 0 ? "unexpected text" : char.ToLowerInvariant(message[0]) + message[1..];
    }
}

/// <summary>One model of a manifest.</summary>
/// <param name="Range">Where the entry stands.</param>
/// <param name="Model">The model's path, relative to the manifest.</param>
public sealed record ManifestModel(TextRange Range, ManifestText Model)
{
    /// <summary>What people call the model.</summary>
    public ManifestText? Name { get; init; }

    /// <summary>Class names in score order; empty when not given.</summary>
    public ImmutableArray<ManifestText> ClassNames { get; init; } = [];

    /// <summary>Where the list of class names stands.</summary>
    public TextRange? ClassNamesRange { get; init; }

    /// <summary>Globs of the sample files, relative to the manifest.</summary>
    public ImmutableArray<ManifestText> Samples { get; init; } = [];

    /// <summary>The column that holds the true label.</summary>
    public ManifestText? Target { get; init; }

    /// <summary>Columns that the model does not see.</summary>
    public ImmutableArray<ManifestText> Ignore { get; init; } = [];

    /// <summary>Columns about which care is due: race, sex, age.</summary>
    public ImmutableArray<ManifestText> Sensitive { get; init; } = [];

    /// <summary>What columns may become, for methods that change cells.</summary>
    public ImmutableArray<ManifestColumn> Columns { get; init; } = [];

    /// <summary>The file whose rows stand in for absent features, relative to the manifest.</summary>
    public ManifestText? Background { get; init; }

    /// <summary>Rows of it, in the words of the command line.</summary>
    public ManifestText? BackgroundRows { get; init; }

    /// <summary>The class that is explained by default: a name, the model's own label, or an index.</summary>
    public ManifestText? PositiveClass { get; init; }

    /// <summary>The model's output that is explained.</summary>
    public ManifestText? Output { get; init; }

    /// <summary>How pictures become the model's input.</summary>
    public ManifestPreprocessing? Preprocessing { get; init; }
}

/// <summary>A column of a manifest's model.</summary>
/// <param name="Name">The column.</param>
/// <param name="Constraint">What it may become.</param>
public sealed record ManifestColumn(ManifestText Name, ColumnConstraint Constraint);

/// <summary>A text of a manifest and its place, quotes included.</summary>
public readonly record struct ManifestText(string Value, TextRange Range);

/// <summary>How much a diagnostic matters.</summary>
public enum ManifestSeverity
{
    /// <summary>What was written cannot be used.</summary>
    Error,

    /// <summary>What was written has no effect.</summary>
    Warning,
}

/// <summary>Something wrong in a manifest.</summary>
/// <param name="Range">Where.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What, why, what to do.</param>
public sealed record ManifestDiagnostic(TextRange Range, ManifestSeverity Severity, string Message);
