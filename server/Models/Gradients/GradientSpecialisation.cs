using System.Globalization;
using ExplainLsp.Models.Running;
using Microsoft.ML.OnnxRuntime;

namespace ExplainLsp.Models.Gradients;

/// <summary>
/// Graphs for the shapes that were seen, where a rule needs them: first with the rows left open; should that not be enough, for one row at
/// a time; at last with the shapes that a run of one row shows.
/// </summary>
internal static class GradientSpecialisation
{
    /// <summary>The shapes of a row as a key.</summary>
    public static string KeyOf(IReadOnlyList<ModelTensor> inputs) => string.Join(
        ';', inputs.OrderBy(input => input.Name, StringComparer.Ordinal)
            .Select(input => $"{input.Name}:{string.Join(',', input.RowShape.Select(size => size.ToString(CultureInfo.InvariantCulture)))}"));

    /// <summary>Opens the graph for these shapes.</summary>
    /// <exception cref="ModelException">A shape cannot be known before the model runs.</exception>
    public static GradientSession Open(
        ModelFile file, GradientSource source, GradientRequest request, IReadOnlyList<ModelTensor> inputs, int width, string key)
    {
        try
        {
            var open = source.WithShapes(inputs, rows: null);
            return new GradientSession(file, open, GradientGraph.Build(open, request, keepOutputs: false), request, width, key, 0);
        }
        catch (ShapesNeededException)
        {
            // One row at a time fixes the last dimension that may be in the way.
        }

        var single = source.WithShapes(inputs, rows: 1);
        try
        {
            return OpenRowByRow(single);
        }
        catch (ShapesNeededException)
        {
            // What cannot be inferred can be seen in a run.
        }

        try
        {
            return OpenRowByRow(single.Observed(inputs) ?? single);
        }
        catch (ShapesNeededException needed)
        {
            throw GradientFailure.Refused(file.DisplayName, needed.Node, $"the shape of '{needed.Tensor}' is not known before it runs");
        }
        catch (OnnxRuntimeException exception)
        {
            throw OrtFailure.WhileRunning(file, exception);
        }

        GradientSession OpenRowByRow(GradientSource fixedShapes) =>
            new(file, fixedShapes, GradientGraph.Build(fixedShapes, request, keepOutputs: false), request, width, key, Math.Max(fixedShapes.FixedRows, 1));
    }
}
