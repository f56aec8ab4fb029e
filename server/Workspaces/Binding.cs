using System.Collections.Immutable;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Workspaces;

/// <summary>Which model explains some samples, and everything known about the pair.</summary>
public abstract record ModelBinding
{
    /// <summary>The model's full path.</summary>
    public required string ModelPath { get; init; }

    /// <summary>What people call it: the manifest's name, else the folder's for <c>model.onnx</c>, else the file's without extension.</summary>
    public required string ModelName { get; init; }

    /// <summary>The output that is explained.</summary>
    public required SessionOutput Output { get; init; }

    /// <summary>
    /// The classes in score order as people know them (manifest, <c>config.json</c>'s <c>id2label</c>, <c>labels.txt</c>, the model's own
    /// labels, else <c>class 0</c> …); empty for a regression.
    /// </summary>
    public required ImmutableArray<string> ClassNames { get; init; }

    /// <summary>The index of the class that is explained by default where a single one is meant (binary metrics); null for none.</summary>
    public int? PositiveClass { get; init; }

    /// <summary>The file or folder whose samples stand in for absent features; null for none named.</summary>
    public string? BackgroundPath { get; init; }

    /// <summary>Rows of it, in the words of the command line (<c>0-99</c>); null for an even spread of at most 100.</summary>
    public string? BackgroundRows { get; init; }

    /// <summary>Why this model: "named in explain.json", "the header names its inputs", "30 numeric columns", "it takes images".</summary>
    public required string Reason { get; init; }

    /// <summary>What is wrong with the pair but does not stop it: a list of class names that is too short, an ignored column that is not there.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>
    /// The class index that a label names: a class name, the model's own label, or an index; null when it names none. Numbers are
    /// compared as numbers: <c>1.0</c> is <c>1</c>.
    /// </summary>
    public virtual int? ClassOf(string label) => ClassNames.IsEmpty ? null : Workspaces.ClassNames.IndexOf(label, ClassNames, Output.ClassLabels);
}

/// <summary>A model and a table.</summary>
public sealed record TableBinding : ModelBinding
{
    /// <summary>How the file's columns become the model's inputs.</summary>
    public required TableEncoder Encoder { get; init; }

    /// <summary>The column that holds the true label, by number; null when there is none.</summary>
    public int? TargetColumn { get; init; }

    /// <summary>Columns the manifest calls sensitive.</summary>
    public ImmutableArray<string> Sensitive { get; init; } = [];

    /// <summary>What the manifest lets columns become, by their names in the header.</summary>
    public ImmutableDictionary<string, ColumnConstraint> Constraints { get; init; } = ImmutableDictionary<string, ColumnConstraint>.Empty;
}

/// <summary>A model with one floating point input, and images or tensors.</summary>
public sealed record GridBinding : ModelBinding
{
    /// <summary>The model's one input.</summary>
    public required InputSpec Input { get; init; }

    /// <summary>How a picture becomes the model's input; null when it cannot, and <see cref="PreprocessingProblem"/> says why.</summary>
    public ImagePreprocessing? Preprocessing { get; init; }

    /// <summary>Why no picture can become the model's input, in a sentence; null when one can. A tensor needs no preprocessing.</summary>
    public string? PreprocessingProblem { get; init; }

    /// <summary>The column of labels that the manifest names, for lists of images; null for none.</summary>
    public string? TargetName { get; init; }

    /// <summary>
    /// As for tables; besides, case and punctuation are forgiven, since a folder's name cannot hold them all: <c>T-shirt-top</c> is
    /// <c>T-shirt/top</c>.
    /// </summary>
    public override int? ClassOf(string label) => base.ClassOf(label) ?? Workspaces.ClassNames.IndexOfSimilar(label, ClassNames);

    /// <summary>The class that a folder is named after, by name and never by index; null for none.</summary>
    public int? ClassOfFolder(string name) => Workspaces.ClassNames.IndexOfSimilar(name, ClassNames);
}

/// <summary>The answer to "which model explains this file?": one, several, or none with reasons.</summary>
/// <param name="Bound">The model, when it is clear.</param>
/// <param name="Candidates">Full paths of models that fit when several do, best first.</param>
/// <param name="Reason">Why none or several, in words for people.</param>
/// <typeparam name="TBinding">A table's binding, or an image's.</typeparam>
public sealed record BindingResult<TBinding>(TBinding? Bound, ImmutableArray<string> Candidates, string Reason)
    where TBinding : ModelBinding
{
    /// <summary>None, for a reason.</summary>
    internal static BindingResult<TBinding> None(string reason) => new(null, [], reason);
}
