using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ExplainLsp.Models.Gradients;

/// <summary>Reads numbers of any type out of ONNX Runtime's tensors.</summary>
internal static class TensorValues
{
    /// <summary>The first numbers as doubles.</summary>
    public static double[] Read(OrtValue value, int count)
    {
        var numbers = new double[count];
        if (value.GetTensorTypeAndShape().ElementDataType == TensorElementType.Double)
        {
            value.GetTensorDataAsSpan<double>()[..count].CopyTo(numbers);
            return numbers;
        }

        var single = new float[count];
        Copy(value, single);
        for (var i = 0; i < count; i++)
            numbers[i] = single[i];
        return numbers;
    }

    /// <summary>Copies the first numbers.</summary>
    public static void Copy(OrtValue value, Span<float> to)
    {
        switch (value.GetTensorTypeAndShape().ElementDataType)
        {
            case TensorElementType.Float:
                value.GetTensorDataAsSpan<float>()[..to.Length].CopyTo(to);
                break;
            case TensorElementType.Double:
                Convert(value.GetTensorDataAsSpan<double>(), to, number => (float)number);
                break;
            case TensorElementType.Float16:
                Convert(value.GetTensorDataAsSpan<Float16>(), to, number => (float)number);
                break;
            case TensorElementType.Int64:
                Convert(value.GetTensorDataAsSpan<long>(), to, number => number);
                break;
            case TensorElementType.Int32:
                Convert(value.GetTensorDataAsSpan<int>(), to, number => number);
                break;
            case TensorElementType.UInt8:
                Convert(value.GetTensorDataAsSpan<byte>(), to, number => number);
                break;
            case TensorElementType.Int8:
                Convert(value.GetTensorDataAsSpan<sbyte>(), to, number => number);
                break;
            case TensorElementType.Bool:
                Convert(value.GetTensorDataAsSpan<bool>(), to, flag => flag ? 1 : 0);
                break;
            case var type:
                throw new ModelRunException($"A tensor of {type} was asked for, and only numbers can be given back. Choose another tensor.");
        }
    }

    private static void Convert<T>(ReadOnlySpan<T> from, Span<float> to, Func<T, float> convert)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = convert(from[i]);
    }
}
