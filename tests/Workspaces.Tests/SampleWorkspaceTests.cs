using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Workspaces.Tests;

/// <summary>The shipped sample workspace, with its real models.</summary>
public sealed class SampleWorkspaceTests : IDisposable
{
    private readonly SessionCache sessions = new(8, ModelSessionOptions.Default);
    private readonly string root = Root();

    public void Dispose() => sessions.Dispose();

    [Theory]
    [InlineData("adult/test.csv", "Census income", 12, 12, "<=50K", "named in explain.json")]
    [InlineData("adult/train-sample.csv", "Census income", 12, 12, "<=50K", "named in explain.json")]
    [InlineData("breast-cancer/test.csv", "Breast cancer", 30, 30, "malignant", "named in explain.json")]
    [InlineData("diabetes/test.csv", "Diabetes progression", 10, 10, null, "named in explain.json")]
    [InlineData("wine/test.csv", "wine-logreg", 13, 13, "class_0", "13 numeric columns")]
    public void Bind_EveryFile_FindsItsModel(string file, string model, int columns, int target, string? firstClass, string reason)
    {
        var path = Path.Combine(root, file);
        var table = Table.Read(path);
        var binding = new Workspace([root]).Bind(path, table, Signature, default).Bound!;

        Assert.Equal(model, binding.ModelName);
        Assert.Equal(columns, binding.Encoder.Columns.Length);
        Assert.Equal(target, binding.TargetColumn);
        Assert.Equal(firstClass, binding.ClassNames.FirstOrDefault());
        Assert.Equal(reason, binding.Reason);
        Assert.Empty(binding.Warnings);
        if (firstClass is not null)
            Assert.All(Enumerable.Range(0, table.RowCount), row => Assert.NotNull(binding.ClassOf(table.Cell(row, target))));
        Assert.Equal(table.RowCount, binding.Encoder.Encode(table, [.. Enumerable.Range(0, table.RowCount)]).RowCount);
    }

    [Fact]
    public void BindGrid_ListAndImages_FindTheirModelAndLabels()
    {
        var list = Path.Combine(root, "fashion", "images.csv");
        var workspace = new Workspace([root]);
        var binding = workspace.BindGrid(list, Signature, default).Bound!;
        var table = Table.Read(list);
        var columns = ImageList.Of(table, binding.TargetName)!;

        Assert.Equal(("Clothes", "T-shirt/top", "preprocessor_config.json"), (binding.ModelName, binding.ClassNames[0], binding.Preprocessing!.Origin));
        Assert.Empty(binding.Warnings);
        Assert.All(Enumerable.Range(0, table.RowCount), row =>
        {
            var image = Path.Combine(root, "fashion", table.Cell(row, columns.FileColumn));
            Assert.Equal("Clothes", workspace.BindGrid(image, Signature, default).Bound!.ModelName);
            Assert.NotNull(binding.ClassOf(table.Cell(row, columns.LabelColumn!.Value)));
            Assert.Equal(28 * 28, ImageSample.Create(Picture.Read(image), binding.Preprocessing, binding.Input).Grid.Elements);
        });
    }

    [Fact]
    public void Diagnose_Manifest_FindsNothing() =>
        Assert.Empty(new Workspace([root]).Diagnose(Path.Combine(root, "explain.json"), Signature, default));

    private ModelSignature Signature(string path, CancellationToken cancellation)
    {
        using var lease = sessions.Rent(path, cancellation);
        return ModelSignature.Of(lease.Session);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ExplainLsp.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("ExplainLsp.sln not found above the tests.");
        return Path.Combine(folder.FullName, "samples");
    }
}
