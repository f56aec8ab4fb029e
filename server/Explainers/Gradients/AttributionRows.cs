using System.Collections.Immutable;

namespace ExplainLsp.Explainers.Gradients;

/// <summary>Attributions of several points, all of one shape.</summary>
/// <param name="Name">The tensor that they are attributions of.</param>
/// <param name="Shape">The shape of one.</param>
/// <param name="OfInputs">Whether they are attributions of the inputs' own elements, so that a table's columns have them.</param>
/// <param name="Values">Row-major.</param>
internal sealed record AttributionRows(string Name, ImmutableArray<int> Shape, bool OfInputs, double[] Values)
{
    /// <summary>Numbers in one.</summary>
    public int Width => Shape.Aggregate(1, (product, size) => product * size);
}

/// <summary>A method as a function from points to attributions, so that one method can stand on another.</summary>
internal interface IAttributor
{
    /// <summary>Forward and backward passes that one point takes, about.</summary>
    long PassesPerPoint { get; }

    /// <summary>Attributions of rows of points.</summary>
    AttributionRows Attribute(ReadOnlySpan<double> points, int rows);
}
