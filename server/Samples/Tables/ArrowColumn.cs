using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace ExplainLsp.Samples;

/// <summary>Arrow's arrays as columns.</summary>
internal static class ArrowColumn
{
    /// <summary>Copies an array out of Arrow's memory.</summary>
    /// <exception cref="InvalidDataException">An array of a type that no cell can show.</exception>
    public static TableColumn Of(IArrowArray array) => array switch
    {
        FloatArray values => Numbers(values),
        DoubleArray values => Numbers(values),
        HalfFloatArray values => Numbers(values),
        Int8Array values => Numbers(values),
        Int16Array values => Numbers(values),
        Int32Array values => Numbers(values),
        Int64Array values => Numbers(values),
        UInt8Array values => Numbers(values),
        UInt16Array values => Numbers(values),
        UInt32Array values => Numbers(values),
        UInt64Array values => Numbers(values),
        Decimal128Array values => Numbers(values.Length, values.GetValue),
        BooleanArray values => new BooleanColumn(Each(values.Length, values.GetValue)),
        StringArray values => Texts(values.Length, row => values.GetString(row)),
        LargeStringArray values => Texts(values.Length, row => values.GetString(row)),
        StringViewArray values => Texts(values.Length, row => values.GetString(row)),
        Date32Array values => Texts(values.Length, row => values.GetDateOnly(row) is { } date ? CellText.Of(date) : null),
        Date64Array values => Texts(values.Length, row => values.GetDateOnly(row) is { } date ? CellText.Of(date) : null),
        TimestampArray values => Texts(values.Length, row => values.GetTimestamp(row) is { } time ? CellText.Of(time.UtcDateTime) : null),
        Time32Array values => Texts(values.Length, row => values.GetTime(row) is { } time ? CellText.Of(time) : null),
        Time64Array values => Texts(values.Length, row => values.GetTime(row) is { } time ? CellText.Of(time) : null),
        NullArray values => new TextColumn(new string?[values.Length]),
        DictionaryArray values => Decoded(values),
        _ => throw new InvalidDataException($"arrays of {array.Data.DataType.Name}"),
    };

    private static NumberColumn<T> Numbers<T>(PrimitiveArray<T> array)
        where T : struct, INumber<T>, IEquatable<T>
    {
        var missing = array.NullCount == 0 ? null : Each(array.Length, array.IsNull);
        return new NumberColumn<T>(array.Values.ToArray(), missing);
    }

    private static NumberColumn<T> Numbers<T>(int count, Func<int, T?> value)
        where T : struct, INumber<T>
    {
        var values = Each(count, value);
        return new NumberColumn<T>(System.Array.ConvertAll(values, each => each.GetValueOrDefault()), System.Array.ConvertAll(values, each => each is null));
    }

    /// <summary>Categories: each row has the number of a value.</summary>
    private static TableColumn Decoded(DictionaryArray array)
    {
        var indices = Of(array.Indices);
        var values = Of(array.Dictionary);
        var rows = Each(array.Length, row => array.IsNull(row) || !indices.TryNumber(row, out var index) || double.IsNaN(index) ? -1 : (int)index);
        if (((DictionaryType)array.Data.DataType).ValueType is StringType or LargeStringType or StringViewType)
            return new TextColumn(System.Array.ConvertAll(rows, row => row < 0 ? null : values.Text(row)));
        return values.TryNumber(0, out _) || array.Dictionary.Length == 0
            ? new NumberColumn<double>(System.Array.ConvertAll(rows, row => row >= 0 && values.TryNumber(row, out var number) ? number : double.NaN), null)
            : new TextColumn(System.Array.ConvertAll(rows, row => row < 0 ? null : values.Text(row)));
    }

    private static TextColumn Texts(int count, Func<int, string?> text) => new(Each(count, text));

    private static T[] Each<T>(int count, Func<int, T> value)
    {
        var values = new T[count];
        for (var row = 0; row < count; row++)
            values[row] = value(row);
        return values;
    }
}
