using System.Collections.Immutable;
using Parquet;
using Parquet.Schema;

namespace ExplainLsp.Samples;

/// <summary>A column of a table that is written: numbers or texts.</summary>
/// <param name="Name">Its name; no two columns of a table share one.</param>
/// <param name="Numbers">One a row, null where it is missing; default for a column of text.</param>
/// <param name="Texts">One a row, null where it is missing; default for a column of numbers.</param>
public sealed record WrittenColumn(string Name, ImmutableArray<double?> Numbers, ImmutableArray<string?> Texts);

/// <summary>Writes Apache Parquet files.</summary>
public static class ParquetFile
{
    /// <summary>A table as a file of one row group: numbers as doubles, texts in UTF-8, compressed with Snappy.</summary>
    public static byte[] Write(IReadOnlyList<WrittenColumn> columns)
    {
        using var stream = new MemoryStream();
        WriteAsync(columns, stream).GetAwaiter().GetResult();
        return stream.ToArray();
    }

    private static async Task WriteAsync(IReadOnlyList<WrittenColumn> columns, MemoryStream stream)
    {
        var fields = columns.Select(column => new DataField(column.Name, column.Numbers.IsDefault ? typeof(string) : typeof(double), isNullable: true)).ToArray();
        var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream).ConfigureAwait(false);
        await using var _ = writer.ConfigureAwait(false);
        using var group = writer.CreateRowGroup();
        foreach (var (field, column) in fields.Zip(columns))
        {
            if (column.Numbers.IsDefault)
                await group.WriteAsync(field, column.Texts!).ConfigureAwait(false);
            else
                await group.WriteAsync<double>(field, column.Numbers.AsMemory()).ConfigureAwait(false);
        }
        group.CompleteValidate();
    }
}
