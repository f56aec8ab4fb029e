using System.Collections.Immutable;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Workspaces.Tests;

/// <summary>A folder of its own for a test. Its models are empty files; their signatures are given here, so that no model is run.</summary>
internal sealed class TemporaryWorkspace : IDisposable
{
    private readonly Dictionary<string, ModelSignature> signatures = [];

    public TemporaryWorkspace()
    {
        Root = Path.Combine(Path.GetTempPath(), $"explain-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Root);
        Workspace = new Workspace([Root]);
    }

    public string Root { get; }

    public Workspace Workspace { get; }

    /// <summary>How often a model was opened.</summary>
    public int Opened { get; private set; }

    public string Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    /// <summary>A model of one float tensor of some columns.</summary>
    public string Wide(string path, int columns, SessionOutput output) =>
        Model(path, [new SessionInput("X", typeof(float), [columns])], output);

    /// <summary>A model of one float input a column.</summary>
    public string Named(string path, string[] columns, SessionOutput output) =>
        Model(path, [.. columns.Select(name => new SessionInput(name, typeof(float), [1]))], output);

    public string Model(string path, ImmutableArray<SessionInput> inputs, params SessionOutput[] outputs)
    {
        var full = Write(path, "");
        signatures[full] = new ModelSignature(inputs, [.. outputs]);
        return full;
    }

    public static SessionOutput Classes(int width, params string[] labels) => new("probabilities", OutputKind.Probabilities, width, [.. labels]);

    public static SessionOutput Value() => new("progression", OutputKind.Value, 1, []);

    public ModelSignature Signature(string path, CancellationToken cancellation)
    {
        Opened++;
        return signatures.TryGetValue(path, out var known) ? known : throw new ModelException($"{Path.GetFileName(path)} is not an ONNX file.");
    }

    public BindingResult<TableBinding> Bind(string samplePath) =>
        Workspace.Bind(Path.Combine(Root, samplePath), Table.Read(Path.Combine(Root, samplePath)), Signature, default);

    public BindingResult<GridBinding> BindGrid(string samplePath) => Workspace.BindGrid(Path.Combine(Root, samplePath), Signature, default);

    public ImmutableArray<ManifestDiagnostic> Diagnose() =>
        Workspace.Diagnose(Path.Combine(Root, Manifest.FileName), Signature, default);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
