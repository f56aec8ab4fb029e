namespace ExplainLsp.Samples;

/// <summary>Reads the rows of a table one after another. Fastest in ascending order; not safe for use from several threads.</summary>
internal abstract class RowCursor
{
    /// <summary>Goes to a row that can be read: <see cref="Table.FlawOf"/> is null.</summary>
    public abstract void MoveTo(int row);

    /// <summary>A cell as text; empty where it is missing. Valid until the next call.</summary>
    public abstract ReadOnlySpan<char> Text(int column);

    /// <summary>A cell as the number that the file holds, NaN for a missing one; false where the file holds text.</summary>
    public abstract bool TryNumber(int column, out double number);
}
