using System.Collections.Immutable;

namespace ExplainLsp.Server.Engine;

/// <summary>What a model says about a sample, and what the file says.</summary>
public sealed record SamplePrediction
{
    /// <summary>The sample's number among those of its source, from 0: of a table the row, without the header.</summary>
    public required int Row { get; init; }

    /// <summary>Where it stands.</summary>
    public required SamplePlace Place { get; init; }

    /// <summary>The probability of each class in score order; empty for a regression.</summary>
    public ImmutableArray<double> Probabilities { get; init; } = [];

    /// <summary>The classes in the same order, as people know them; for a regression the names of its values.</summary>
    public required ImmutableArray<string> Names { get; init; }

    /// <summary>The regression's values in the target's unit; empty for a classifier.</summary>
    public ImmutableArray<double> Values { get; init; } = [];

    /// <summary>The class of largest probability (the first of equals); 0 for a regression.</summary>
    public required int Index { get; init; }

    /// <summary>Its name, or the regression output's.</summary>
    public string Name => Names[Index];

    /// <summary>Its probability, or the regression's value.</summary>
    public double Value => IsClassifier ? Probabilities[Index] : Values[Index];

    /// <summary>Whether the model chooses between classes.</summary>
    public bool IsClassifier => !Probabilities.IsEmpty;

    /// <summary>The true label as the file writes it; null where there is none.</summary>
    public string? Label { get; init; }

    /// <summary>The label as people know it: the name of its class, where the file writes an index or the model's own label.</summary>
    public string? LabelName => LabelIndex is { } index ? Names[index] : Label;

    /// <summary>The class that the label names; null for a regression, and where it names none.</summary>
    public int? LabelIndex { get; init; }

    /// <summary>Whether the prediction is the label; null where that cannot be said.</summary>
    public bool? IsRight => IsClassifier && LabelIndex is { } label ? label == Index : null;
}

/// <summary>The prediction of a sample, or why there is none.</summary>
/// <param name="Row">The sample's number, from 0.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Prediction">What the model says; null when the sample cannot be read.</param>
/// <param name="Problem">What, where, what to do; null when there is a prediction.</param>
public sealed record SampleOutcome(int Row, SamplePlace Place, SamplePrediction? Prediction, string? Problem);
