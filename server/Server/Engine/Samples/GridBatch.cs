using ExplainLsp.Samples;

namespace ExplainLsp.Server.Engine;

/// <summary>Several grids as one batch of model input.</summary>
internal static class GridBatch
{
    /// <summary>Whether two samples can stand in one batch.</summary>
    public static bool Fit(GridSample one, GridSample other) =>
        one.Tensor.Data.GetType() == other.Tensor.Data.GetType() && one.Tensor.RowShape.AsSpan().SequenceEqual(other.Tensor.RowShape.AsSpan());

    /// <summary>Bytes of one row.</summary>
    public static long BytesOf(GridSample sample) => Buffer.ByteLength(sample.Tensor.Data);

    /// <summary>The batch; the samples must fit together.</summary>
    public static InputBatch Of(IReadOnlyList<GridSample> samples)
    {
        var first = samples[0].Tensor;
        var width = first.Data.Length;
        var data = Array.CreateInstance(first.Data.GetType().GetElementType()!, samples.Count * width);
        for (var i = 0; i < samples.Count; i++)
        {
            Array.Copy(samples[i].Tensor.Data, 0, data, i * width, width);
        }

        return new InputBatch([first with { Data = data }], samples.Count) { Rows = samples.Count };
    }
}
