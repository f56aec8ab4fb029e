using System.Collections.Immutable;
using ExplainLsp.Explainers;
using ExplainLsp.Samples;

namespace ExplainLsp.Server.Engine;

/// <summary>A tensor of attributions as one number a place: the sum over channels.</summary>
/// <param name="Height">Places down.</param>
/// <param name="Width">Places across.</param>
/// <param name="Values">Row-major, height × width.</param>
public sealed record AttributionMap(int Height, int Width, ImmutableArray<double> Values)
{
    /// <summary>Sums a tensor over its channels; they stand where the sample's do when the tensor has the sample's shape, else first.</summary>
    public static AttributionMap Of(AttributionTensor tensor, GridSample sample)
    {
        var grid = tensor.Shape.AsSpan().SequenceEqual(sample.Tensor.RowShape.AsSpan()) ? sample.Grid : Grids.Of(tensor.Shape);
        var values = new double[grid.Height * grid.Width];
        for (var channel = 0; channel < grid.Channels; channel++)
        {
            for (var place = 0; place < values.Length; place++)
            {
                values[place] += tensor.Values[grid.IndexOf(channel, place / grid.Width, place % grid.Width)];
            }
        }

        return new AttributionMap(grid.Height, grid.Width, [.. values]);
    }
}
