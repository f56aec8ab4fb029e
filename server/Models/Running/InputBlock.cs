using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace ExplainLsp.Models.Running;

/// <summary>Rows of a caller's array as a tensor of ONNX Runtime: in place where the rows fill the block, else padded with copies of a row.</summary>
internal static class InputBlock
{
    /// <param name="tensor">All rows.</param>
    /// <param name="start">First row of the block.</param>
    /// <param name="rows">Rows of the block.</param>
    /// <param name="padded">Rows of the tensor, at least as many.</param>
    public static OrtValue Create(ModelTensor tensor, int start, int rows, int padded)
    {
        var shape = new long[tensor.RowShape.Count + 1];
        shape[0] = padded;
        for (var i = 0; i < tensor.RowShape.Count; i++)
            shape[i + 1] = tensor.RowShape[i];
        return tensor.Data switch
        {
            float[] data => Numbers(data, shape, start, rows),
            double[] data => Numbers(data, shape, start, rows),
            long[] data => Numbers(data, shape, start, rows),
            int[] data => Numbers(data, shape, start, rows),
            bool[] data => Numbers(data, shape, start, rows),
            _ => Texts((string[])tensor.Data, shape, start, rows),
        };
    }

    private static OrtValue Numbers<T>(T[] data, long[] shape, int start, int rows)
        where T : unmanaged
    {
        var size = RowSize(shape);
        var padded = (int)shape[0];
        var memory = data.AsMemory(start * size, rows * size);
        if (padded > rows)
        {
            var copy = new T[padded * size];
            memory.CopyTo(copy);
            // A real row, so that a model that refuses some numbers does not refuse the padding.
            for (var row = rows; row < padded; row++)
                memory.Span[..size].CopyTo(copy.AsSpan(row * size));
            memory = copy;
        }

        return OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape);
    }

    private static OrtValue Texts(string[] data, long[] shape, int start, int rows)
    {
        var size = RowSize(shape);
        var padded = (int)shape[0];
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
        for (var row = 0; row < padded; row++)
        {
            var from = (start + (row < rows ? row : 0)) * size;
            for (var i = 0; i < size; i++)
                value.StringTensorSetElementAt(data[from + i].AsSpan(), (row * size) + i);
        }

        return value;
    }

    private static int RowSize(long[] shape)
    {
        var size = 1L;
        foreach (var dimension in shape.AsSpan(1))
            size *= dimension;
        return checked((int)size);
    }

    /// <summary>A row shape as people write it: <c>30</c>, <c>3 × 28 × 28</c>.</summary>
    public static string Describe(IReadOnlyList<int> rowShape) =>
        rowShape.Count == 0 ? "1" : string.Join(" × ", rowShape.Select(size => size < 0 ? "?" : size.ToString(CultureInfo.InvariantCulture)));
}
