using System.Globalization;
using ExplainLsp.Samples;
using Parquet;
using Parquet.Schema;

// Writes a large table as CSV and as Parquet: rows of a small one, each number moved by up to a twentieth of itself. Arguments: the small
// table, the number of rows, the two files.
const int RowsOfGroup = 100_000;

var table = Table.Read(args[0]);
var rows = int.Parse(args[1], CultureInfo.InvariantCulture);
var label = table.Header.Length - 1;
double[][] cells = [.. Enumerable.Range(0, table.RowCount).Select(row =>
    table.Row(row).ToArray().Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];

using var csv = new StreamWriter(args[2]);
await using var file = File.Create(args[3]);
DataField[] fields = [.. table.Header.Select(name => new DataField<double>(name))];
await using var parquet = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file);
csv.WriteLine(string.Join(',', table.Header));
var random = new Random(1);
for (var from = 0; from < rows; from += RowsOfGroup)
{
    var columns = table.Header.Select(_ => new double[Math.Min(RowsOfGroup, rows - from)]).ToArray();
    for (var row = 0; row < columns[0].Length; row++)
    {
        var cell = cells[(from + row) % cells.Length];
        for (var column = 0; column < columns.Length; column++)
            columns[column][row] = column == label ? cell[column] : Math.Round(cell[column] * (0.95 + (0.1 * random.NextDouble())), 5);
        csv.WriteLine(string.Join(',', columns.Select(column => column[row].ToString(CultureInfo.InvariantCulture))));
    }
    using var group = parquet.CreateRowGroup();
    foreach (var (field, column) in fields.Zip(columns))
        await group.WriteAsync<double>(field, column.AsMemory());
}
