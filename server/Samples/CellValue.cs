namespace ExplainLsp.Samples;

/// <summary>A cell, read once: a number where the file holds one, else a text.</summary>
internal readonly ref struct CellValue
{
    private readonly RowCursor? cursor;
    private readonly int column;
    private readonly bool isNumber;
    private readonly double number;
    private readonly ReadOnlySpan<char> text;

    /// <summary>A cell of the row at which a cursor stands.</summary>
    public CellValue(RowCursor cursor, int column)
    {
        this.cursor = cursor;
        this.column = column;
        isNumber = cursor.TryNumber(column, out number);
        text = isNumber ? [] : cursor.Text(column);
    }

    /// <summary>A cell as the user wrote it, or would.</summary>
    public CellValue(ReadOnlySpan<char> text) => this.text = text;

    /// <summary>Whether it says that its value is not known.</summary>
    public bool IsMissing => isNumber ? double.IsNaN(number) : Cells.IsMissing(text);

    /// <summary>The cell as text.</summary>
    public ReadOnlySpan<char> Text => isNumber ? cursor!.Text(column) : text;

    /// <summary>The cell as truth; null where it says neither.</summary>
    public bool? Truth => isNumber
        ? number switch { 1 => true, 0 => false, _ => null }
        : text.Trim() switch
        {
            var word when word.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
            var word when word.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
            "1" or "1.0" => true,
            "0" or "0.0" => false,
            _ => null,
        };

    /// <summary>The cell as number; false where its text is none.</summary>
    public bool TryNumber(out double value)
    {
        value = number;
        return isNumber || Cells.TryNumber(text, out value);
    }
}
