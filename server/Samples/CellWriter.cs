namespace ExplainLsp.Samples;

/// <summary>Writes the text of a cell into the tensor that its column feeds.</summary>
internal static class CellWriter
{
    /// <summary>Writes a cell.</summary>
    /// <param name="encoder">How columns become inputs.</param>
    /// <param name="batch">Receives the value.</param>
    /// <param name="at">The batch's row.</param>
    /// <param name="column">The column, by its number among the encoder's.</param>
    /// <param name="text">The cell as the user wrote it, or would.</param>
    /// <returns>Why it cannot be; null when it is written.</returns>
    public static CellFault? Write(TableEncoder encoder, InputBatch batch, int at, int column, string text)
    {
        var (data, offset, width) = encoder.Cells(batch, column);
        var index = (at * width) + offset;
        CellFault? fault = null;
        switch (data)
        {
            case string[] texts: texts[index] = text; break;
            case bool[] bools:
                if (Bool(text) is { } truth)
                    bools[index] = truth;
                else
                    fault = new("is not true or false", "Write true, false, 1 or 0");
                break;
            case float[] floats:
                fault = Number(text, out var single);
                floats[index] = (float)single;
                if (float.IsInfinity(floats[index]) && double.IsFinite(single))
                    fault = new("is larger than a 32-bit float can hold", "Write a smaller number");
                break;
            case double[] doubles: fault = Number(text, out doubles[index]); break;
            case long[] longs:
                fault = Whole(text, long.MinValue, 0x7FFFFFFFFFFFFC00, out var large);
                longs[index] = (long)large;
                break;
            case int[] ints:
                fault = Whole(text, int.MinValue, int.MaxValue, out var small);
                ints[index] = (int)small;
                break;
        }
        return fault;
    }

    private static CellFault? Number(string text, out double number)
    {
        number = double.NaN;
        return Cells.IsMissing(text) || Cells.TryNumber(text, out number) ? null : new("is not a number", "Write a number, or leave the cell empty");
    }

    private static CellFault? Whole(string text, double least, double most, out double number)
    {
        if (Cells.TryNumber(text, out number) && number == Math.Floor(number) && number >= least && number <= most)
            return null;
        number = 0;
        return Cells.IsMissing(text)
            ? new("is missing, and the model takes whole numbers here", "Write a whole number")
            : new("is not a whole number", "Write a whole number");
    }

    private static bool? Bool(string text) => text.Trim().ToUpperInvariant() switch
    {
        "TRUE" or "1" or "1.0" => true,
        "FALSE" or "0" or "0.0" => false,
        _ => null,
    };
}

/// <summary>Why a cell cannot be model input.</summary>
/// <param name="What">What is wrong, after the cell: "is not a number".</param>
/// <param name="Remedy">What to do.</param>
internal sealed record CellFault(string What, string Remedy)
{
    /// <summary>What is wrong with a cell: <c>"abc" is not a number</c>.</summary>
    public string Of(string text) => $"{(text.Length == 0 ? "the empty cell" : $"\"{Cells.Quote(text)}\"")} {What}";
}
