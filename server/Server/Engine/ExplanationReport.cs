using System.Collections.Immutable;
using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Samples;

namespace ExplainLsp.Server.Engine;

/// <summary>An explanation with everything that a reader needs to place it: which model, which data, which row.</summary>
/// <param name="ModelPath">The model's path, as it is to be shown and written.</param>
/// <param name="ModelName">What people call it.</param>
/// <param name="ModelSha256">SHA-256 of its bytes, lower-case hex.</param>
/// <param name="Samples">The table.</param>
/// <param name="Prediction">The row and what the model says of it; null for a whole file.</param>
/// <param name="Explanation">Why.</param>
public sealed record ExplanationReport(
    string ModelPath, string ModelName, string ModelSha256, SampleFile Samples, RowPrediction? Prediction, Explanation Explanation)
{
    /// <summary>The method's name as the field writes it: <c>KernelSHAP</c>.</summary>
    public required string MethodTitle { get; init; }

    /// <summary>What the target's numbers are.</summary>
    public required TargetScale Scale { get; init; }

    /// <summary>The columns that the model sees, in the order of the attributions.</summary>
    public required ImmutableArray<FeatureColumn> Columns { get; init; }

    /// <summary>Whether the model answers in steps (trees), so that its curves are drawn as steps.</summary>
    public bool AnswersInSteps { get; init; }

    /// <summary>The row, from 0; null for a whole file.</summary>
    public int? Row => Prediction?.Row;

    /// <summary>Whether a feature is a number to the model; its values are written as numbers then.</summary>
    public bool IsNumeric(string feature) => Columns.FirstOrDefault(column => column.Name == feature)?.IsNumeric ?? false;

    /// <summary>Where the sample stands, in words: <c>test.csv, row 13 (line 15)</c>.</summary>
    public string SampleName => Prediction is { } prediction
        ? $"{Samples.Name}, {NumberText.Row(prediction.Row, prediction.Line + 1)}"
        : Samples.Name;

    /// <summary>What a figure's title and receipt say beside the explanation.</summary>
    public FigureContext Context => new(ModelName, SampleName, ModelSha256, Samples.Table.Sha256, ProductVersion.Text)
    {
        MethodTitle = MethodTitle,
        Scale = Scale,
    };
}
