using System.Collections.Immutable;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Gradients;

/// <summary>
/// A sample as one point in the space that its model's floating point inputs span: all elements of all inputs, one after another, as
/// doubles. Rows of such points become model input again.
/// </summary>
internal sealed class InputPoint
{
    private readonly ImmutableArray<InputTensor> tensors;
    private readonly int[] offsets;

    private InputPoint(ImmutableArray<InputTensor> tensors)
    {
        this.tensors = tensors;
        offsets = new int[tensors.Length + 1];
        for (int i = 0; i < tensors.Length; i++)
            offsets[i + 1] = checked(offsets[i] + tensors[i].RowShape.Aggregate(1, (product, size) => product * size));
        Names = [.. tensors.Select(tensor => tensor.Name)];
        Values = Flatten(tensors, 1);
    }

    /// <summary>The inputs' names, in order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The sample's own values, as the model sees them.</summary>
    public double[] Values { get; }

    /// <summary>Numbers in a point.</summary>
    public int Elements => offsets[^1];

    /// <summary>The row shape of the only input; of several, all their elements in one line.</summary>
    public ImmutableArray<int> Shape => tensors.Length == 1 ? tensors[0].RowShape : [Elements];

    /// <summary>The only input's name; of several, all names.</summary>
    public string Name => string.Join(", ", Names);

    /// <summary>Where an input's elements start.</summary>
    public int Offset(int input) => offsets[input];

    /// <summary>The point of a sample.</summary>
    /// <exception cref="ExplainerException">An input that takes text or whole numbers, or a value that is missing.</exception>
    public static InputPoint Of(Sample sample, string method)
    {
        var batch = sample.Encode();
        if (batch.Tensors.Any(tensor => tensor.Data is not (float[] or double[])))
            throw NotSmooth(sample, batch, method);
        var point = new InputPoint(batch.Tensors);
        int missing = Array.FindIndex(point.Values, value => !double.IsFinite(value));
        if (missing >= 0)
        {
            throw new ExplainerException(
                $"{method} needs a number everywhere, and {point.Describe(sample, missing)} is missing or not finite. Fill it in, or use kernel-shap or occlusion.");
        }
        return point;
    }

    /// <summary>Rows of model input as points, one after another.</summary>
    /// <exception cref="ExplainerException">They are not of this sample's kind.</exception>
    public double[] PointsOf(InputBatch batch)
    {
        bool fits = batch.Tensors.Length == tensors.Length;
        for (int i = 0; fits && i < tensors.Length; i++)
            fits = batch.Tensors[i].Name == tensors[i].Name && batch.Tensors[i].RowShape.AsSpan().SequenceEqual(tensors[i].RowShape.AsSpan());
        return fits ? Flatten(batch.Tensors, batch.Rows)
            : throw new ExplainerException("The background has another shape than the sample. Give samples of the same size as background.");
    }

    /// <summary>Points as model input.</summary>
    public ModelTensor[] ToTensors(ReadOnlySpan<double> points, int rows)
    {
        var inputs = new ModelTensor[tensors.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            int width = offsets[i + 1] - offsets[i];
            Array data;
            if (tensors[i].Data is double[])
            {
                double[] doubles = new double[rows * width];
                for (int row = 0; row < rows; row++)
                    points.Slice((row * Elements) + offsets[i], width).CopyTo(doubles.AsSpan(row * width));
                data = doubles;
            }
            else
            {
                float[] floats = new float[rows * width];
                for (int row = 0; row < rows; row++)
                {
                    ReadOnlySpan<double> from = points.Slice((row * Elements) + offsets[i], width);
                    for (int k = 0; k < width; k++)
                        floats[(row * width) + k] = (float)from[k];
                }
                data = floats;
            }
            inputs[i] = new ModelTensor(tensors[i].Name, data, tensors[i].RowShape);
        }
        return inputs;
    }

    private static double[] Flatten(ImmutableArray<InputTensor> tensors, int rows)
    {
        int[] widths = [.. tensors.Select(tensor => tensor.RowShape.Aggregate(1, (product, size) => product * size))];
        int elements = widths.Sum();
        double[] points = new double[checked(rows * elements)];
        for (int i = 0, offset = 0; i < widths.Length; offset += widths[i++])
        {
            for (int row = 0; row < rows; row++)
            {
                Span<double> into = points.AsSpan((row * elements) + offset, widths[i]);
                for (int k = 0; k < into.Length; k++)
                    into[k] = tensors[i].Data is float[] floats ? floats[(row * widths[i]) + k] : ((double[])tensors[i].Data)[(row * widths[i]) + k];
            }
        }
        return points;
    }

    private string Describe(Sample sample, int element)
    {
        if (sample is TableRow row)
        {
            foreach (FeatureColumn column in row.Table.Encoder.Columns)
            {
                if (offsets[column.Input] + column.Offset == element)
                    return column.Name;
            }
        }
        return $"element {element} of {Name}";
    }

    private static ExplainerException NotSmooth(Sample sample, InputBatch batch, string method)
    {
        string[] names = sample is TableRow row
            ? [.. row.Table.Encoder.Columns.Where(column => column.ElementType != typeof(float) && column.ElementType != typeof(double)).Select(column => column.Name)]
            : [.. batch.Tensors.Where(tensor => tensor.Data is not (float[] or double[])).Select(tensor => tensor.Name)];
        string shown = string.Join(", ", names.Take(3)) + (names.Length > 3 ? $" and {names.Length - 3} more" : "");
        return new ExplainerException(
            $"{method} needs inputs of floating point numbers, and the model takes text or whole numbers in {shown}: there is no gradient. "
            + "Use exact-shap, kernel-shap, permutation-shap, lime or occlusion.");
    }
}
