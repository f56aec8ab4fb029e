using System.Collections.Immutable;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Workspaces;

/// <summary>Which model explains a sample file, and everything known about the pair.</summary>
/// <param name="ModelPath">The model's full path.</param>
/// <param name="ModelName">What people call it: the manifest's name, else the folder's for <c>model.onnx</c>, else the file's without extension.</param>
/// <param name="Encoder">How the file's columns become the model's inputs.</param>
/// <param name="Output">The output that is explained.</param>
/// <param name="ClassNames">
/// The classes in score order as people know them (manifest, <c>config.json</c>'s <c>id2label</c>, <c>labels.txt</c>, the model's own labels,
/// else <c>class 0</c> …); empty for a regression.
/// </param>
/// <param name="TargetColumn">The column that holds the true label, by number; null when there is none.</param>
/// <param name="Sensitive">Columns the manifest calls sensitive.</param>
/// <param name="PositiveClass">The index of the class that is explained by default where a single one is meant (binary metrics); null for none.</param>
/// <param name="BackgroundPath">The file whose rows stand in for absent features; null for the sample file itself.</param>
/// <param name="BackgroundRows">Rows of it, in the words of the command line (<c>0-99</c>); null for an even spread of at most 100.</param>
/// <param name="Reason">Why this model: "named in explain.json", "the header names its inputs", "30 numeric columns".</param>
public sealed record Binding(
    string ModelPath, string ModelName, TableEncoder Encoder, SessionOutput Output, ImmutableArray<string> ClassNames,
    int? TargetColumn, ImmutableArray<string> Sensitive, int? PositiveClass, string? BackgroundPath, string? BackgroundRows, string Reason)
{
    /// <summary>What is wrong with the pair but does not stop it: a list of class names that is too short, an ignored column that is not there.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>
    /// The class index that a label cell names: a class name, the model's own label, or an index; null when it names none. Numbers are
    /// compared as numbers: <c>1.0</c> is <c>1</c>.
    /// </summary>
    public int? ClassOf(string cell) => ClassNames.IsEmpty ? null : Workspaces.ClassNames.IndexOf(cell, ClassNames, Output.ClassLabels);
}

/// <summary>The answer to "which model explains this file?": one, several, or none with reasons.</summary>
/// <param name="Bound">The model, when it is clear.</param>
/// <param name="Candidates">Full paths of models that fit when several do, best first.</param>
/// <param name="Reason">Why none or several, in words for people.</param>
public sealed record BindingResult(Binding? Bound, ImmutableArray<string> Candidates, string Reason);
