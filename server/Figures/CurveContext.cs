using System.Collections.Immutable;

namespace ExplainLsp.Figures;

/// <summary>What a curve's figure shows beside the curve itself.</summary>
public sealed record CurveContext
{
    /// <summary>Nothing but the curve is known.</summary>
    public static CurveContext None { get; } = new();

    /// <summary>The feature to draw; null for the first that has a curve.</summary>
    public string? Feature { get; init; }

    /// <summary>The row of <see cref="Explainers.Curve.Rows"/> that is explained; null for none.</summary>
    public int? Row { get; init; }

    /// <summary>That row's own value, as the user wrote it; null when there is no row or the value is missing.</summary>
    public string? Value { get; init; }

    /// <summary>The prediction for that row as it is; null when there is no row.</summary>
    public double? Prediction { get; init; }

    /// <summary>How many rows the average is of; 0 when not known.</summary>
    public int AveragedRows { get; init; }

    /// <summary>The column's values in the file where they are numbers, for the density under the axis; empty for none.</summary>
    public ImmutableArray<double> Numbers { get; init; } = [];

    /// <summary>How many rows of the file hold each category of the grid, as long as the grid; empty for none or for numbers.</summary>
    public ImmutableArray<int> Counts { get; init; } = [];

    /// <summary>Whether the model answers in steps (trees), so that lines between grid values would claim what is not there.</summary>
    public bool Steps { get; init; }
}
