using System.Collections.Immutable;
using ExplainLsp.Models;
using ExplainLsp.Samples;
using Microsoft.Extensions.FileSystemGlobbing;

namespace ExplainLsp.Workspaces;

/// <summary>Finds in a manifest what a schema cannot see: files, columns and classes that are not there.</summary>
internal sealed class ManifestCheck(Manifest manifest, ModelSignatureSource signatures)
{
    // Sample files whose headers are read; a glob may match thousands.
    private const int MostSamplesRead = 8;

    private static readonly string[] modelExtensions = [".onnx"];
    private static readonly string[] sampleExtensions = [.. TableFormats.Extensions, ".png", ".jpg", ".jpeg", ".bmp", ".webp", ".gif", ".npy", ".npz"];

    private readonly ImmutableArray<ManifestDiagnostic>.Builder found = ImmutableArray.CreateBuilder<ManifestDiagnostic>();
    private readonly Dictionary<string, Table?> tables = [];

    public ImmutableArray<ManifestDiagnostic> Run(CancellationToken cancellation)
    {
        foreach (var entry in manifest.Models)
        {
            cancellation.ThrowIfCancellationRequested();
            CheckModel(entry, cancellation);
            CheckBackground(entry, cancellation);
            CheckColumns(entry, CheckSamples(entry, cancellation));
        }
        return found.ToImmutable();
    }

    /// <summary>The sentence for an output that a model does not have.</summary>
    public static string UnknownOutput(string name, string modelPath, ModelSignature signature) =>
        $"{Path.GetFileName(modelPath)} has no output \"{name}\". Its outputs are {string.Join(", ", signature.Outputs.Select(output => output.Name))}.";

    private void CheckModel(ManifestModel entry, CancellationToken cancellation)
    {
        var path = manifest.FullPath(entry.Model.Value);
        if (!File.Exists(path))
        {
            Report(entry.Model, $"The model {entry.Model.Value} does not exist. {DidYouMean(entry.Model.Value, modelExtensions, cancellation)}");
            return;
        }
        ModelSignature signature;
        try
        {
            signature = signatures(path, cancellation);
        }
        catch (ModelException e)
        {
            Report(entry.Model, e.Message);
            return;
        }
        var output = signature.Outputs.FirstOrDefault();
        if (entry.Output is { } wanted)
        {
            output = signature.Outputs.FirstOrDefault(each => each.Name == wanted.Value);
            if (output is null)
                Report(wanted, UnknownOutput(wanted.Value, path, signature));
        }
        if (output is not null)
            CheckClasses(entry, path, output);
        if (entry.Preprocessing is { } preprocessing)
            CheckPreprocessing(entry, preprocessing, path, signature);
    }

    private void CheckPreprocessing(ManifestModel entry, ManifestPreprocessing preprocessing, string path, ModelSignature signature)
    {
        if (GridInput.Of(signature) is not { } input)
        {
            Report(preprocessing.Range, ManifestSeverity.Warning, $"{Path.GetFileName(path)} takes {GridInput.Describe(signature)}, not images. Remove preprocessing.");
            return;
        }
        var (found, problem) = new PreprocessingSource(entry, path).Find(input);
        try
        {
            // A picture of another size and proportion than any model's shows whether the words lead to the model's input.
            if (found is not null)
                ImageSample.Create(new Picture(61, 47, 3, new byte[61 * 47 * 3]), found, input);
        }
        catch (SampleException e) when (found!.Resize != ResizeMode.None)
        {
            problem = e.Message;
        }
        catch (SampleException)
        {
            // Without a resize the pictures themselves must have the right size, and no one can say yet.
        }
        if (problem is not null)
            Report(preprocessing.Range, ManifestSeverity.Error, problem);
    }

    private void CheckClasses(ManifestModel entry, string path, SessionOutput output)
    {
        var isRegression = output.Kind == OutputKind.Value;
        if (entry.ClassNamesRange is { } range)
        {
            if (isRegression)
                Report(range, ManifestSeverity.Warning, $"{Path.GetFileName(path)} predicts a value, not classes. Remove classNames.");
            else if (entry.ClassNames.Length != output.Width)
                Report(range, ManifestSeverity.Error, ClassNames.WrongCount("classNames", entry.ClassNames.Length, output.Width));
        }
        if (entry.PositiveClass is not { } positive)
            return;
        var names = ClassNames.Of(entry, path, output, []);
        if (isRegression)
            Report(positive.Range, ManifestSeverity.Warning, $"{Path.GetFileName(path)} predicts a value, not classes. Remove positiveClass.");
        else if (ClassNames.IndexOf(positive.Value, names, output.ClassLabels) is null)
        {
            var remedy = ColumnNames.Nearest(positive.Value, names) is { } nearest ? $"Did you mean \"{nearest}\"?" : $"The classes are {string.Join(", ", names)}.";
            Report(positive, $"There is no class \"{positive.Value}\". {remedy}");
        }
    }

    private List<Table> CheckSamples(ManifestModel entry, CancellationToken cancellation)
    {
        var read = new List<Table>();
        foreach (var glob in entry.Samples)
        {
            var matcher = new Matcher();
            matcher.AddInclude(glob.Value.Replace('\\', '/'));
            var files = matcher.GetResultsInFullPath(manifest.Folder).Order(StringComparer.Ordinal).ToArray();
            if (files.Length == 0)
                Report(glob.Range, ManifestSeverity.Warning, $"No file matches {glob.Value}. {DidYouMean(glob.Value, sampleExtensions, cancellation)}");
            read.AddRange(files.Where(TableFormats.IsTable).Take(MostSamplesRead).Select(file => TableOf(file, cancellation)).OfType<Table>());
        }
        return read;
    }

    private void CheckBackground(ManifestModel entry, CancellationToken cancellation)
    {
        if (entry.Background is not { } background)
            return;
        var path = manifest.FullPath(background.Value);
        if (!File.Exists(path) && !Directory.Exists(path))
            Report(background, $"The background file {background.Value} does not exist. {DidYouMean(background.Value, sampleExtensions, cancellation)}");
        else if (entry.BackgroundRows is { } rows && TableFormats.IsTable(path) && TableOf(path, cancellation) is { } table
            && !RowSelection.TryParse(rows.Value, table.RowCount, out _, out var error))
            Report(rows, error);
    }

    private void CheckColumns(ManifestModel entry, List<Table> samples)
    {
        var headers = samples.Where(table => !table.Header.IsEmpty).Select(table => table.Header).ToArray();
        if (headers.Length == 0)
            return;
        IEnumerable<ManifestText> columns = [.. entry.Ignore, .. entry.Sensitive, .. entry.Columns.Select(column => column.Name)];
        if (entry.Target is { } target)
            columns = columns.Prepend(target);
        foreach (var column in columns)
        {
            // A file without the target is fine: not every row has a label yet.
            if (!headers.Any(header => Columns.IndexOf(header, column.Value) is not null))
                Report(column, Columns.Unknown(column.Value, headers[0], headers.Length == 1 ? "the sample file" : "any of the sample files"));
        }
    }

    private Table? TableOf(string path, CancellationToken cancellation)
    {
        if (!tables.TryGetValue(path, out var table))
        {
            try
            {
                table = Table.Read(path, cancellation);
            }
            catch (SampleException)
            {
                table = null;
            }
            tables.Add(path, table);
        }
        return table;
    }

    private string DidYouMean(string wanted, string[] extensions, CancellationToken cancellation)
    {
        var known = WorkspaceFiles.Find(manifest.Folder, extensions, cancellation).Select(manifest.RelativePath).ToArray();
        var nearest = Array.Find(known, path => Path.GetFileName(path) == Path.GetFileName(wanted)) ?? ColumnNames.Nearest(wanted, known);
        return nearest is null ? "Correct the path; it starts at the folder of explain.json." : $"Did you mean {nearest}?";
    }

    private void Report(ManifestText text, string message) => Report(text.Range, ManifestSeverity.Error, message);

    private void Report(TextRange range, ManifestSeverity severity, string message) => found.Add(new ManifestDiagnostic(range, severity, message));
}
