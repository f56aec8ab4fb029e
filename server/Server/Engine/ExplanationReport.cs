using System.Collections.Immutable;
using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Samples;

namespace ExplainLsp.Server.Engine;

/// <summary>An explanation with everything that a reader needs to place it: which model, which data, which sample.</summary>
/// <param name="ModelPath">The model's path, as it is to be shown and written.</param>
/// <param name="ModelName">What people call it.</param>
/// <param name="ModelSha256">SHA-256 of its bytes, lower-case hex.</param>
/// <param name="Samples">Where the sample is from.</param>
/// <param name="Prediction">The sample and what the model says of it; null for a whole file.</param>
/// <param name="Explanation">Why.</param>
public sealed record ExplanationReport(
    string ModelPath, string ModelName, string ModelSha256, SampleSource Samples, SamplePrediction? Prediction, Explanation Explanation)
{
    /// <summary>The method's name as the field writes it: <c>KernelSHAP</c>.</summary>
    public required string MethodTitle { get; init; }

    /// <summary>What the target's numbers are.</summary>
    public required TargetScale Scale { get; init; }

    /// <summary>SHA-256 of the data, for receipts: of the table, or of the image or tensor.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>The image or tensor as the model sees it; null for tables.</summary>
    public GridSample? Grid { get; init; }

    /// <summary>The columns that the model sees, in the order of the attributions; empty for images and tensors.</summary>
    public ImmutableArray<FeatureColumn> Columns => Samples.Columns;

    /// <summary>Whether the model answers in steps (trees), so that its curves are drawn as steps.</summary>
    public bool AnswersInSteps { get; init; }

    /// <summary>The sample's number, from 0; null for a whole file.</summary>
    public int? Row => Prediction?.Row;

    /// <summary>Where the sample stands; for a whole file the file.</summary>
    public SamplePlace Place => Prediction?.Place ?? new SamplePlace(Samples.Path, null, null, Samples.Name);

    /// <summary>Whether a feature is a number to the model; its values are written as numbers then.</summary>
    public bool IsNumeric(string feature) => Columns.FirstOrDefault(column => column.Name == feature)?.IsNumeric ?? false;

    /// <summary>Where the sample stands, in words: <c>test.csv, row 13 (line 15)</c>, <c>shirt.png</c>.</summary>
    public string SampleName => Place.Words;

    /// <summary>What a figure's title and receipt say beside the explanation.</summary>
    public FigureContext Context => new(ModelName, SampleName, ModelSha256, DataSha256, ProductVersion.Text)
    {
        MethodTitle = MethodTitle,
        Scale = Scale,
    };
}
