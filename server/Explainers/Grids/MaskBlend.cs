using System.Numerics.Tensors;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Grids;

/// <summary>Writes a sample through a soft mask over its pixels: baseline + mask · (sample − baseline), the same mask for all channels.</summary>
/// <param name="sample">What is masked.</param>
/// <param name="baseline">What shows where the mask is 0.</param>
internal sealed class MaskBlend(GridSample sample, GridBaseline baseline)
{
    private readonly float[] difference = Difference(sample, baseline);

    /// <summary>Writes row <paramref name="at"/> of a batch.</summary>
    /// <param name="mask">One value a pixel.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="at">The row.</param>
    public void Write(ReadOnlySpan<float> mask, InputBatch batch, int at)
    {
        GridShape grid = sample.Grid;
        int pixels = grid.Height * grid.Width;
        if (batch.Tensors[0].Data is float[] floats && grid.Layout != GridLayout.ChannelsLast)
        {
            Span<float> row = floats.AsSpan(at * grid.Elements, grid.Elements);
            for (int from = 0; from < grid.Elements; from += pixels)
                TensorPrimitives.MultiplyAdd(mask, difference.AsSpan(from, pixels), baseline.Row.AsSpan(from, pixels), row.Slice(from, pixels));
            return;
        }
        for (int i = 0; i < grid.Elements; i++)
        {
            int pixel = grid.Layout == GridLayout.ChannelsLast ? i / grid.Channels : i % pixels;
            float value = baseline.Row[i] + (mask[pixel] * difference[i]);
            if (batch.Tensors[0].Data is float[] single)
                single[(at * grid.Elements) + i] = value;
            else
                ((double[])batch.Tensors[0].Data)[(at * grid.Elements) + i] = value;
        }
    }

    private static float[] Difference(GridSample sample, GridBaseline baseline)
    {
        float[] difference = new float[sample.Grid.Elements];
        for (int i = 0; i < difference.Length; i++)
            difference[i] = (float)((sample.Tensor.Data is float[] floats ? floats[i] : ((double[])sample.Tensor.Data)[i]) - baseline.Row[i]);
        return difference;
    }
}
