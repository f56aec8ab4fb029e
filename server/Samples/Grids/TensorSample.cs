using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>A tensor from a file as a sample: values as the model takes them, without any preprocessing.</summary>
public sealed class TensorSample : GridSample
{
    private TensorSample(string name, string? path, InputTensor tensor, GridShape grid)
    {
        (Name, Path, Tensor, Grid) = (name, path, tensor, grid);
        Sha256 = TensorHash.Of(tensor);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>The file's path; null for a tensor that is not from a file.</summary>
    public string? Path { get; }

    /// <inheritdoc/>
    public override string Sha256 { get; }

    /// <inheritdoc/>
    public override InputTensor Tensor { get; }

    /// <inheritdoc/>
    public override GridShape Grid { get; }

    /// <summary>Reads an <c>.npy</c>, or an <c>.npz</c> with one array or an array named like the input.</summary>
    /// <param name="path">The file. A leading dimension of 1 may stand before the row's shape.</param>
    /// <param name="input">The model's input, of <c>float</c> or <c>double</c>.</param>
    /// <param name="cancellation">Stops within 100 ms.</param>
    /// <exception cref="SampleException">Unreadable, or a shape that does not fit the input.</exception>
    public static TensorSample Read(string path, InputSpec input, CancellationToken cancellation = default)
    {
        var arrays = NumpyFile.ReadAll(path, cancellation);
        var named = arrays.FirstOrDefault(array => array.Name == input.Name).Array;
        return Create(named ?? (arrays.Count == 1 ? arrays[0].Array : NumpyFile.Read(path, null, cancellation)), System.IO.Path.GetFileName(path), path, input);
    }

    /// <summary>Reads every row of an array whose first dimension is the batch: <c>[N, …row]</c>; one sample a row, named <c>file[3]</c>.</summary>
    /// <exception cref="SampleException">Unreadable, or a shape that does not fit the input.</exception>
    public static IReadOnlyList<TensorSample> ReadRows(string path, InputSpec input, CancellationToken cancellation = default)
    {
        var array = NumpyFile.Read(path, null, cancellation);
        var name = System.IO.Path.GetFileName(path);
        if (array.Shape.Length == input.RowShape.Count || array.Shape is not [var rows, .. var row] || rows == 1)
            return [Create(array, name, path, input)];
        var size = array.Values.Length / Math.Max(rows, 1);
        return [.. Enumerable.Range(0, rows).Select(i =>
            Create(new NumpyArray([.. row], array.Values[(i * size)..((i + 1) * size)], array.Type), $"{name}[{i}]", path, input))];
    }

    /// <summary>Takes an array.</summary>
    /// <exception cref="SampleException">A shape that does not fit the input.</exception>
    public static TensorSample Create(NumpyArray array, string name, string? path, InputSpec input)
    {
        if (input.ElementType != typeof(float) && input.ElementType != typeof(double))
            throw new SampleException($"The input {input.Name} does not take floating point numbers, so {name} cannot be explained as a tensor. Name a model whose input is float or double.");
        var shape = Fit(array.Shape, input, name);
        Array data = input.ElementType == typeof(double) ? array.Values : Array.ConvertAll(array.Values, value => (float)value);
        return new TensorSample(name, path, new InputTensor(input.Name, data, shape), Grids.Of(shape));
    }

    private static ImmutableArray<int> Fit(ImmutableArray<int> shape, InputSpec input, string name)
    {
        var wanted = input.RowShape;
        foreach (var candidate in shape is [1, .. var rest] ? new[] { shape, [.. rest] } : [shape])
        {
            if (candidate.Length == wanted.Count && !candidate.Contains(0) && candidate.Zip(wanted).All(pair => pair.Second < 0 || pair.First == pair.Second))
                return candidate;
        }
        throw new SampleException($"{name} has shape {ShapeWords.Of(shape)}, the input {input.Name} takes {ShapeWords.Of(wanted)} a row. Save an array of that shape.");
    }
}
