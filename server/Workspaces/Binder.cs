using System.Collections.Immutable;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Workspaces;

/// <summary>Puts a model and its samples together, with what the manifest says of them.</summary>
/// <param name="manifest">The manifest that <paramref name="entry"/> stands in; null for none.</param>
/// <param name="entry">What the manifest says of the model; null for nothing.</param>
internal sealed class Binder(Manifest? manifest, ManifestModel? entry)
{
    private readonly List<string> warnings = [];

    /// <summary>Binds.</summary>
    /// <param name="modelPath">The model's full path.</param>
    /// <param name="signature">What it takes and gives.</param>
    /// <param name="table">The table.</param>
    /// <param name="labelColumn">The target column that was asked for; null for the manifest's or a proposal.</param>
    /// <param name="reason">Why this model; null to say how the columns were found.</param>
    /// <exception cref="SampleException">The columns do not fit, or the label column does not exist.</exception>
    /// <exception cref="ManifestException">The manifest names an output that the model does not have.</exception>
    /// <exception cref="ModelException">The model has nothing to explain.</exception>
    public TableBinding Bind(string modelPath, ModelSignature signature, Table table, string? labelColumn, string? reason)
    {
        var output = OutputOf(modelPath, signature);
        var names = ClassNames.Of(entry, modelPath, output, warnings);
        var ignored = Known(entry?.Ignore ?? [], table.Header, "ignored");
        var target = labelColumn is null
            ? entry?.Target is { } named ? Columns.IndexOf(table.Header, named.Value) : null
            : Columns.IndexOf(table.Header, labelColumn) ?? throw new SampleException(Columns.Unknown(labelColumn, table.Header, "the file"));
        var exclude = new HashSet<string>(ignored);
        if (target is { } known)
            exclude.Add(table.Header[known]);
        if (entry?.Target is { } alsoNamed && Columns.IndexOf(table.Header, alsoNamed.Value) is { } also)
            exclude.Add(table.Header[also]);
        var outputNames = signature.Outputs.Select(each => each.Name).ToArray();
        var mayGuess = labelColumn is null && entry?.Target is null;
        var inputs = signature.Inputs.Select(input => new InputSpec(input.Name, input.ElementType, input.RowShape)).ToArray();
        var encoder = TableEncoder.Bind(table, inputs, exclude, mayGuess, outputNames);
        if (mayGuess)
            target = Columns.ProposeTarget(table, encoder, ignored, outputNames, output, names);
        return new TableBinding
        {
            ModelPath = modelPath,
            ModelName = NameOf(modelPath),
            Encoder = encoder,
            Output = output,
            ClassNames = names,
            TargetColumn = target,
            Sensitive = Known(entry?.Sensitive ?? [], table.Header, "sensitive"),
            Constraints = ConstraintsOf(table.Header),
            PositiveClass = PositiveOf(output, names),
            BackgroundPath = BackgroundPath,
            BackgroundRows = entry?.BackgroundRows?.Value,
            Reason = reason ?? (encoder.ByName ? "the header names its inputs" : $"{encoder.Columns.Length} numeric columns"),
            Warnings = [.. warnings],
        };
    }

    /// <summary>Binds images and tensors.</summary>
    /// <param name="modelPath">The model's full path.</param>
    /// <param name="signature">What it takes and gives.</param>
    /// <param name="reason">Why this model.</param>
    /// <exception cref="SampleException">The model takes no image: several inputs, or one that is not of floating point numbers.</exception>
    /// <exception cref="ManifestException">The manifest names an output that the model does not have.</exception>
    /// <exception cref="ModelException">The model has nothing to explain.</exception>
    public GridBinding BindGrid(string modelPath, ModelSignature signature, string reason)
    {
        var input = GridInput.Of(signature)
            ?? throw new SampleException($"{NameOf(modelPath)} takes {GridInput.Describe(signature)}, and an image or a tensor needs a model with one floating point input. Name another model, or a table.");
        var output = OutputOf(modelPath, signature);
        var names = ClassNames.Of(entry, modelPath, output, warnings);
        var (preprocessing, problem) = new PreprocessingSource(entry, modelPath).Find(input);
        return new GridBinding
        {
            ModelPath = modelPath,
            ModelName = NameOf(modelPath),
            Input = input,
            Preprocessing = preprocessing,
            PreprocessingProblem = problem,
            Output = output,
            ClassNames = names,
            TargetName = entry?.Target?.Value,
            PositiveClass = PositiveOf(output, names),
            BackgroundPath = BackgroundPath,
            BackgroundRows = entry?.BackgroundRows?.Value,
            Reason = reason,
            Warnings = [.. warnings],
        };
    }

    private string? BackgroundPath => entry?.Background is { } background ? manifest!.FullPath(background.Value) : null;

    private int? PositiveOf(SessionOutput output, ImmutableArray<string> names)
    {
        if (entry?.PositiveClass is not { } text)
            return null;
        var positive = ClassNames.IndexOf(text.Value, names, output.ClassLabels);
        if (positive is null)
            warnings.Add($"explain.json: there is no class \"{text.Value}\". The classes are {string.Join(", ", names)}.");
        return positive;
    }

    /// <summary>The manifest's name, else the folder's for <c>model.onnx</c>, else the file's without extension.</summary>
    private string NameOf(string modelPath)
    {
        if (entry?.Name is { } name)
            return name.Value;
        var file = Path.GetFileNameWithoutExtension(modelPath);
        var folder = Path.GetFileName(Path.GetDirectoryName(modelPath));
        return file.Equals("model", StringComparison.OrdinalIgnoreCase) && !string.IsNullOrEmpty(folder) ? folder : file;
    }

    private SessionOutput OutputOf(string modelPath, ModelSignature signature)
    {
        if (signature.Outputs.IsEmpty)
            throw new ModelException($"{Path.GetFileName(modelPath)} has no output that can be explained. Export it with probabilities or scores.");
        if (entry?.Output is not { } wanted)
            return signature.Outputs[0];
        return signature.Outputs.FirstOrDefault(output => output.Name == wanted.Value) ?? throw new ManifestException(
            ManifestCheck.UnknownOutput(wanted.Value, modelPath, signature) + $" ({Manifest.FileName}, line {wanted.Range.StartLine + 1})");
    }

    private ImmutableDictionary<string, ColumnConstraint> ConstraintsOf(ImmutableArray<string> header)
    {
        var constraints = ImmutableDictionary.CreateBuilder<string, ColumnConstraint>();
        foreach (var (name, constraint) in entry?.Columns ?? [])
        {
            foreach (var known in Known([name], header, "constrained"))
                constraints[known] = constraint;
        }
        return constraints.ToImmutable();
    }

    private ImmutableArray<string> Known(ImmutableArray<ManifestText> names, ImmutableArray<string> header, string what)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        foreach (var name in names)
        {
            if (Columns.IndexOf(header, name.Value) is { } column)
                found.Add(header[column]);
            else
                warnings.Add($"explain.json calls the column \"{name.Value}\" {what}, and the file has no such column.");
        }
        return found.ToImmutable();
    }
}
