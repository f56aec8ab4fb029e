using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Gradients;

/// <summary>One backward pass, with respect to the inputs or to a layer, and what is made of each gradient and the value it belongs to.</summary>
/// <param name="question">The model and the target.</param>
/// <param name="rules">The backward rules.</param>
/// <param name="layer">An inner tensor; null for the inputs.</param>
/// <param name="form">From gradient and value to attribution.</param>
internal sealed class GradientAttributor(GradientQuestion question, BackwardRules rules, string? layer, Func<double, double, double> form) : IAttributor
{
    /// <inheritdoc/>
    public long PassesPerPoint => 1;

    /// <inheritdoc/>
    public AttributionRows Attribute(ReadOnlySpan<double> points, int rows)
    {
        if (layer is null)
        {
            double[] values = question.OfInputs(rules, points, rows).Values;
            for (int i = 0; i < values.Length; i++)
                values[i] = form(values[i], points[i]);
            return new AttributionRows(question.Point.Name, question.Point.Shape, true, values);
        }
        LayerGradients inner = question.OfLayer(layer, points, rows);
        for (int i = 0; i < inner.Values.Length; i++)
            inner.Values[i] = form(inner.Values[i], inner.Activations[i]);
        return new AttributionRows(layer, inner.RowShape, false, inner.Values);
    }
}
