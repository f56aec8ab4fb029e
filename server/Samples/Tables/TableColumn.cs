using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ExplainLsp.Samples;

/// <summary>A column of a stretch of rows, as a columnar file holds it.</summary>
internal abstract class TableColumn
{
    /// <summary>Bytes that it takes in memory, roughly.</summary>
    public abstract long Bytes { get; }

    /// <summary>A cell as text, written so that it reads back to the same value; empty where it is missing.</summary>
    public abstract string Text(int row);

    /// <summary>A cell as number, NaN where it is missing; false for a column of text.</summary>
    public abstract bool TryNumber(int row, out double number);
}

/// <summary>Numbers of one type.</summary>
/// <param name="values">One a row; anything where it is missing.</param>
/// <param name="missing">Which rows have none; null when all have one. NaN is missing too.</param>
internal sealed class NumberColumn<T>(T[] values, bool[]? missing) : TableColumn
    where T : struct, INumber<T>
{
    /// <inheritdoc/>
    public override long Bytes => values.LongLength * (Unsafe.SizeOf<T>() + (missing is null ? 0 : 1));

    /// <inheritdoc/>
    public override string Text(int row) => IsMissing(row) ? "" : values[row].ToString(null, CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override bool TryNumber(int row, out double number)
    {
        number = IsMissing(row) ? double.NaN : double.CreateChecked(values[row]);
        return true;
    }

    private bool IsMissing(int row) => missing?[row] is true || T.IsNaN(values[row]);
}

/// <summary>True and false.</summary>
/// <param name="values">One a row; null where it is missing.</param>
internal sealed class BooleanColumn(bool?[] values) : TableColumn
{
    /// <inheritdoc/>
    public override long Bytes => values.LongLength * 2;

    /// <inheritdoc/>
    public override string Text(int row) => values[row] switch { true => "true", false => "false", null => "" };

    /// <inheritdoc/>
    public override bool TryNumber(int row, out double number)
    {
        number = values[row] switch { true => 1, false => 0, null => double.NaN };
        return true;
    }
}

/// <summary>Texts.</summary>
internal sealed class TextColumn : TableColumn
{
    // Categories repeat: one string a distinct text, as long as there are few of them.
    private const int MostPooled = 256;
    private const int BytesOfString = 24;

    private readonly string?[] values;

    /// <param name="values">One a row; null where it is missing.</param>
    public TextColumn(string?[] values)
    {
        this.values = values;
        var pool = new HashSet<string>(StringComparer.Ordinal);
        for (var row = 0; row < values.Length; row++)
        {
            if (values[row] is not { } text)
                continue;
            if (pool.TryGetValue(text, out var known))
            {
                values[row] = known;
                continue;
            }
            if (pool.Count < MostPooled)
                pool.Add(text);
            Bytes += BytesOfString + (text.Length * sizeof(char));
        }
        Bytes += values.LongLength * IntPtr.Size;
    }

    /// <inheritdoc/>
    public override long Bytes { get; }

    /// <inheritdoc/>
    public override string Text(int row) => values[row] ?? "";

    /// <inheritdoc/>
    public override bool TryNumber(int row, out double number)
    {
        number = 0;
        return false;
    }
}
