using System.Globalization;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using ExplainLsp.Samples;
using Table = ExplainLsp.Samples.Table;

namespace ExplainLsp.Server.Tests.CommandLine;

/// <summary>The same data in every format gives the same answers to the last digit.</summary>
public sealed class TableFormatTests
{
    private const int Rows = 12;

    private static readonly string Model = Fixtures.Model("breast-cancer-gbm");

    [Fact]
    public async Task Predict_AnyFormat_SaysTheSame()
    {
        using var folder = new TemporaryFolder();
        var expected = (await CommandRun.SucceedAsync("predict", Model, Fixtures.Data("breast-cancer"), "--rows", "0-11", "--format", "json")).Output;
        foreach (var file in Write(folder))
        {
            Assert.Equal(expected, (await CommandRun.SucceedAsync("predict", Model, file, "--format", "json")).Output);
        }
    }

    [Fact]
    public async Task ExplainAndGlobal_ParquetWithFeatherBackground_SayTheSame()
    {
        using var folder = new TemporaryFolder();
        var files = Write(folder).ToDictionary(file => Path.GetExtension(file));
        var text = (await CommandRun.SucceedAsync("explain", Model, files[".tsv"], "--rows", "3", "--method", "tree-shap", "--space", "raw", "--background", files[".tsv"], "--format", "json")).Json;
        var binary = (await CommandRun.SucceedAsync("explain", Model, files[".parquet"], "--rows", "3", "--method", "tree-shap", "--space", "raw", "--background", files[".feather"], "--format", "json")).Json;
        Assert.Equal(text.GetProperty("attributions").GetRawText(), binary.GetProperty("attributions").GetRawText());

        string[] question = ["--method", "permutation-importance", "--label-column", "target", "--option", "repeats=2", "--format", "json"];
        var rows = (await CommandRun.SucceedAsync(["global", Model, files[".jsonl"], .. question])).Json;
        var columns = (await CommandRun.SucceedAsync(["global", Model, files[".parquet"], .. question])).Json;
        Assert.Equal(rows.GetProperty("attributions").GetRawText(), columns.GetProperty("attributions").GetRawText());
    }

    [Fact]
    public async Task Models_Folder_BindsEveryFormatByItsColumns()
    {
        using var folder = new TemporaryFolder();
        var files = Write(folder);
        folder.Copy(Model, "m.onnx");
        var survey = (await CommandRun.SucceedAsync("models", folder.Path, "--format", "json")).Output;
        Assert.All(files, file => Assert.Contains(Path.GetFileName(file), survey, StringComparison.Ordinal));
        Assert.DoesNotContain("No model", survey, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Out_CsvOrParquet_HoldsRows()
    {
        using var folder = new TemporaryFolder();
        var data = Fixtures.Data("breast-cancer");
        var json = (await CommandRun.SucceedAsync("explain", Model, data, "--rows", "2-3", "--method", "tree-shap", "--space", "raw", "--format", "json"))
            .Lines.Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        foreach (var name in new[] { "values.csv", "values.parquet" })
        {
            await CommandRun.SucceedAsync("explain", Model, data, "--rows", "2-3", "--method", "tree-shap", "--space", "raw", "--out", folder.File(name));
            var written = Table.Read(folder.File(name));
            Assert.Equal(2, written.RowCount);
            for (var row = 0; row < 2; row++)
            {
                Assert.Equal((row + 2).ToString(CultureInfo.InvariantCulture), written.Cell(row, written.Header.IndexOf("row")));
                foreach (var attribution in json[row].GetProperty("attributions").EnumerateArray())
                {
                    var cell = written.Cell(row, written.Header.IndexOf(attribution.GetProperty("feature").GetString()!));
                    Assert.Equal(attribution.GetProperty("attribution").GetDouble(), double.Parse(cell, CultureInfo.InvariantCulture));
                }
            }
        }

        await CommandRun.SucceedAsync("predict", Model, data, "--rows", "0-4", "--out", folder.File("said.parquet"));
        Assert.Equal(["sample", "row", "prediction", "probability malignant", "probability benign", "label", "correct"], Table.Read(folder.File("said.parquet")).Header.AsEnumerable());
    }

    [Theory]
    [InlineData("x.parquet", "PAR1 and nothing more", "cut short")]
    [InlineData("x.feather", "not an arrow", "no Arrow file")]
    [InlineData("x.jsonl", "[1, 2]\n", "no JSON object")]
    public async Task Predict_BrokenFile_FailsWithASentence(string name, string content, string words)
    {
        using var folder = new TemporaryFolder();
        await CommandRun.FailAsync(3, [words], "predict", Model, folder.Write(name, content));
    }

    /// <summary>The first rows of the test set as TSV, JSON lines, Parquet, Feather and an Arrow stream.</summary>
    private static string[] Write(TemporaryFolder folder)
    {
        var table = Table.Read(Fixtures.Data("breast-cancer"));
        var columns = Enumerable.Range(0, table.Header.Length).ToArray();
        double[] Numbers(int column) => [.. Enumerable.Range(0, Rows).Select(row => double.Parse(table.Cell(row, column), CultureInfo.InvariantCulture))];

        var lines = Enumerable.Range(-1, Rows + 1).Select(row => string.Join('\t', columns.Select(column => table.Cell(row, column))));
        var objects = Enumerable.Range(0, Rows).Select(row =>
            "{" + string.Join(", ", columns.Select(column => $"{JsonSerializer.Serialize(table.Header[column])}: {table.Cell(row, column)}")) + "}");
        var batch = new RecordBatch(
            new Schema.Builder().Also(schema =>
            {
                foreach (var name in table.Header)
                {
                    schema.Field(field => field.Name(name).DataType(Apache.Arrow.Types.DoubleType.Default));
                }
            }).Build(),
            columns.Select(column => (IArrowArray)new DoubleArray.Builder().AppendRange(Numbers(column)).Build()), Rows);
        using (var stream = File.Create(folder.File("d.feather")))
        using (var writer = new ArrowFileWriter(stream, batch.Schema, leaveOpen: false, new IpcOptions
        {
            CompressionCodec = CompressionCodecType.Lz4Frame,
            CompressionCodecFactory = new Apache.Arrow.Compression.CompressionCodecFactory(),
        }))
        {
            writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }

        using (var stream = File.Create(folder.File("e.arrows")))
        using (var writer = new ArrowStreamWriter(stream, batch.Schema))
        {
            writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }

        return
        [
            folder.Write("a.tsv", string.Join('\n', lines)), folder.Write("b.jsonl", string.Join('\n', objects)),
            folder.Write("c.parquet", ParquetFile.Write([.. columns.Select(column =>
                new WrittenColumn(table.Header[column], [.. Numbers(column).Select(number => (double?)number)], default))])),
            folder.File("d.feather"), folder.File("e.arrows"),
        ];
    }
}

/// <summary>Configures a builder in an expression.</summary>
file static class Building
{
    public static T Also<T>(this T builder, Action<T> configure)
    {
        configure(builder);
        return builder;
    }
}
