using System.Globalization;

namespace ExplainLsp.Samples;

/// <summary>Writes a cell into the tensor that its column feeds.</summary>
internal static class CellWriter
{
    // From here on, doubles stand for several whole numbers each.
    private const double FirstInexact = 1L << 53;

    /// <summary>Makes the string of a text.</summary>
    public delegate string Pool(ReadOnlySpan<char> text);

    /// <summary>Writes a cell.</summary>
    /// <param name="encoder">How columns become inputs.</param>
    /// <param name="batch">Receives the value.</param>
    /// <param name="at">The batch's row.</param>
    /// <param name="column">The column, by its number among the encoder's.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="pool">Makes strings, for columns of text.</param>
    /// <returns>Why it cannot be; null when it is written.</returns>
    public static CellFault? Write(TableEncoder encoder, InputBatch batch, int at, int column, CellValue cell, Pool pool)
    {
        var (data, offset, width) = encoder.Cells(batch, column);
        var index = (at * width) + offset;
        CellFault? fault = null;
        switch (data)
        {
            case string[] texts: texts[index] = pool(cell.Text); break;
            case bool[] bools:
                if (cell.Truth is { } truth)
                    bools[index] = truth;
                else
                    fault = new("is not true or false", "Write true, false, 1 or 0");
                break;
            case float[] floats:
                fault = Number(cell, out var single);
                floats[index] = (float)single;
                if (float.IsInfinity(floats[index]) && double.IsFinite(single))
                    fault = new("is larger than a 32-bit float can hold", "Write a smaller number");
                break;
            case double[] doubles: fault = Number(cell, out doubles[index]); break;
            case long[] longs:
                fault = Whole(cell, long.MinValue, long.MaxValue, out longs[index]);
                break;
            case int[] ints:
                fault = Whole(cell, int.MinValue, int.MaxValue, out var small);
                ints[index] = (int)small;
                break;
        }
        return fault;
    }

    private static CellFault? Number(CellValue cell, out double number)
    {
        number = double.NaN;
        return cell.IsMissing || cell.TryNumber(out number) ? null : new("is not a number", "Write a number, or leave the cell empty");
    }

    private static CellFault? Whole(CellValue cell, long least, long most, out long whole)
    {
        if (cell.TryNumber(out var number) && number == Math.Floor(number) && Math.Abs(number) < FirstInexact)
            whole = (long)number;
        else if (!long.TryParse(cell.Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out whole))
            return cell.IsMissing ? new("is missing, and the model takes whole numbers here", "Write a whole number") : new("is not a whole number", "Write a whole number");
        return whole >= least && whole <= most ? null : new("is not a whole number", "Write a whole number");
    }
}

/// <summary>Why a cell cannot be model input.</summary>
/// <param name="What">What is wrong, after the cell: "is not a number".</param>
/// <param name="Remedy">What to do.</param>
internal sealed record CellFault(string What, string Remedy)
{
    /// <summary>What is wrong with a cell: <c>"abc" is not a number</c>.</summary>
    public string Of(ReadOnlySpan<char> text) => $"{(text.Length == 0 ? "the empty cell" : $"\"{Cells.Quote(text)}\"")} {What}";
}
