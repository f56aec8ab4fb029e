namespace ExplainLsp.Server.Engine;

/// <summary>What of a table a row's results depend on: the cells that the model sees and how they are fed to it, nothing else of the file.</summary>
internal static class RowKey
{
    /// <summary>The key of a row.</summary>
    public static ContentKey Of(TableSource source, int row)
    {
        using var key = new ContentKey.Builder();
        var fields = source.Table.Row(row);
        // A row with too many or too few fields is refused even when the cells that the model sees are there.
        key.Add(fields.Length - source.Table.Header.Length);
        foreach (var column in source.Binding.Encoder.Columns)
        {
            key.Add(column.Name).Add(column.Input).Add(column.Offset).Add(column.Column < fields.Length ? fields[column.Column] : null);
        }

        return key.Build();
    }
}
