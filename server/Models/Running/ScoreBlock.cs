using System.Collections.Immutable;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ExplainLsp.Models.Running;

/// <summary>Reads the scores of a block out of what a session returned.</summary>
internal static class ScoreBlock
{
    /// <summary>Numbers in a tensor; for a sequence of maps, numbers in all of them.</summary>
    public static long Count(OrtValue value, bool asMaps)
    {
        if (!asMaps)
            return value.GetTensorTypeAndShape().ElementCount;
        if (value.GetValueCount() is var rows && rows == 0)
            return 0;
        using var first = value.GetValue(0, OrtAllocator.DefaultInstance);
        using var scores = first.GetValue(1, OrtAllocator.DefaultInstance);
        return rows * scores.GetTensorTypeAndShape().ElementCount;
    }

    /// <summary>Copies the first rows, a single probability p unfolded into 1 − p and p.</summary>
    /// <exception cref="ModelRunException">A map that holds other classes than the others.</exception>
    public static void Read(OrtValue value, ScoreSource source, Span<double> scores)
    {
        var rows = scores.Length / source.Output.Width;
        if (source.AsMaps)
        {
            ReadMaps(value, rows, source.Columns, scores);
            return;
        }

        var count = rows * source.Columns;
        var unfold = source.Columns < source.Output.Width;
        switch (value.GetTensorTypeAndShape().ElementDataType)
        {
            case TensorElementType.Double:
                Copy(value.GetTensorDataAsSpan<double>()[..count], unfold, scores, number => number);
                break;
            case TensorElementType.Float16:
                Copy(value.GetTensorDataAsSpan<Float16>()[..count], unfold, scores, number => (float)number);
                break;
            default:
                Copy(value.GetTensorDataAsSpan<float>()[..count], unfold, scores, number => number);
                break;
        }
    }

    private static void Copy<T>(ReadOnlySpan<T> numbers, bool unfold, Span<double> scores, Func<T, double> convert)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            var number = convert(numbers[i]);
            if (unfold)
            {
                scores[2 * i] = 1 - number;
                scores[(2 * i) + 1] = number;
            }
            else
            {
                scores[i] = number;
            }
        }
    }

    private static void ReadMaps(OrtValue value, int rows, int columns, Span<double> scores)
    {
        for (var row = 0; row < rows; row++)
        {
            using var map = value.GetValue(row, OrtAllocator.DefaultInstance);
            using var values = map.GetValue(1, OrtAllocator.DefaultInstance);
            var numbers = values.GetTensorDataAsSpan<float>();
            if (numbers.Length != columns)
                throw new ModelRunException($"The model gave {numbers.Length} classes for one row and {columns} for another. Export it without ZipMap.");
            for (var i = 0; i < columns; i++)
                scores[(row * columns) + i] = numbers[i];
        }
    }

    /// <summary>The keys of the first map in a sequence, in its order.</summary>
    public static ImmutableArray<string> Keys(OrtValue value)
    {
        using var map = value.GetValue(0, OrtAllocator.DefaultInstance);
        using var keys = map.GetValue(0, OrtAllocator.DefaultInstance);
        return keys.GetTensorTypeAndShape().ElementDataType == TensorElementType.String
            ? [.. keys.GetStringTensorAsArray()]
            : [.. keys.GetTensorDataAsSpan<long>().ToArray().Select(key => key.ToString(CultureInfo.InvariantCulture))];
    }
}
