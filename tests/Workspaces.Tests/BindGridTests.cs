using System.Collections.Immutable;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Workspaces.Tests;

/// <summary>Which model explains an image, and how a picture becomes its input.</summary>
public sealed class BindGridTests : IDisposable
{
    private static readonly SessionOutput shoes = TemporaryWorkspace.Classes(2);

    private readonly TemporaryWorkspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void BindGrid_ModelAbove_BindsByTheShapeOfItsInput()
    {
        workspace.Wide("table.onnx", 3, shoes);
        var model = Pictures("net.onnx", 1, 28, 28);
        workspace.Write("labels.txt", "T-shirt/top\nBag\n");

        var binding = workspace.BindGrid("images/deep/a.png").Bound!;

        Assert.Equal(model, binding.ModelPath);
        Assert.Equal("it takes images", binding.Reason);
        Assert.Equal(["T-shirt/top", "Bag"], binding.ClassNames.AsEnumerable());
        Assert.Equal((28, 28, ChannelOrder.Grey), (binding.Preprocessing!.Height, binding.Preprocessing.Width, binding.Preprocessing.Order));
        Assert.Single(binding.Preprocessing.Guesses);
    }

    [Fact]
    public void BindGrid_ChannelsLast_IsAPicture()
    {
        Pictures("net.onnx", 32, 32, 3);

        Assert.Equal(GridLayout.ChannelsLast, workspace.BindGrid("a.png").Bound!.Preprocessing!.Layout);
    }

    [Fact]
    public void BindGrid_NearestOfTwo_Wins()
    {
        Pictures("far.onnx", 1, 28, 28);
        var near = Pictures("images/near.onnx", 3, 32, 32);

        Assert.Equal(near, workspace.BindGrid("images/a.png").Bound!.ModelPath);
    }

    [Fact]
    public void BindGrid_TwoAtTheSameDistance_AreCandidates()
    {
        Pictures("a.onnx", 1, 28, 28);
        Pictures("b.onnx", 3, 32, 32);

        var result = workspace.BindGrid("x.png");

        Assert.Null(result.Bound);
        Assert.Equal(["a.onnx", "b.onnx"], result.Candidates.Select(Path.GetFileName));
        Assert.Contains("2 models take images", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void BindGrid_OnlyTables_SaysWhatIsMissing()
    {
        workspace.Wide("table.onnx", 3, shoes);

        Assert.Contains("No model that takes images", workspace.BindGrid("x.png").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void BindGrid_ManifestGlob_GoesBeforeTheNearest()
    {
        Pictures("fashion/near.onnx", 1, 28, 28);
        var named = Pictures("m/model.onnx", 1, 28, 28);
        workspace.Write("explain.json", """{ "models": [ { "model": "m/model.onnx", "classNames": ["a", "b"], "samples": ["fashion/**/*.png"], "positiveClass": "b" } ] }""");

        var binding = workspace.BindGrid("fashion/test/x.png").Bound!;

        Assert.Equal((named, "named in explain.json", 1), (binding.ModelPath, binding.Reason, binding.PositiveClass!.Value));
    }

    [Fact]
    public void BindGrid_HuggingFaceFile_IsThePreprocessing()
    {
        Pictures("net.onnx", 1, 28, 28);
        workspace.Write("preprocessor_config.json", """{ "size": { "height": 28, "width": 28 }, "image_mean": [0.5], "image_std": [0.25], "resample": 3 }""");

        var preprocessing = workspace.BindGrid("a.png").Bound!.Preprocessing!;

        Assert.Equal("preprocessor_config.json", preprocessing.Origin);
        Assert.Equal(ResampleFilter.Bicubic, preprocessing.Filter);
        Assert.Empty(preprocessing.Guesses);
    }

    [Fact]
    public void BindGrid_ManifestPreprocessing_GoesBeforeHuggingFace()
    {
        Pictures("net.onnx", 3, 64, 48);
        workspace.Write("preprocessor_config.json", """{ "size": { "height": 64, "width": 48 }, "image_mean": [0.1, 0.2, 0.3], "image_std": [1, 2, 3] }""");
        workspace.Write("explain.json", """
            { "models": [ { "model": "net.onnx", "samples": ["*.png"], "preprocessing": { "size": [64, 48], "filter": "lanczos", "channels": "BGR", "scale": 1, "mean": 127.5 } } ] }
            """);

        var preprocessing = workspace.BindGrid("a.png").Bound!.Preprocessing!;

        Assert.Equal(("explain.json", ResampleFilter.Lanczos, ChannelOrder.Bgr), (preprocessing.Origin, preprocessing.Filter, preprocessing.Order));
        Assert.Equal((64, 48, 1.0), (preprocessing.Height, preprocessing.Width, preprocessing.Scale));
        Assert.Equal([127.5], preprocessing.Mean.AsEnumerable());
        Assert.Equal([1.0, 2, 3], preprocessing.Deviation.AsEnumerable());
    }

    [Fact]
    public void BindGrid_BrokenHuggingFaceFile_BindsAndSaysWhyNoPictureFits()
    {
        Pictures("net.onnx", 1, 28, 28);
        workspace.Write("preprocessor_config.json", "{ not json");

        var binding = workspace.BindGrid("a.npy").Bound!;

        Assert.Null(binding.Preprocessing);
        Assert.Contains("preprocessor_config.json is not JSON", binding.PreprocessingProblem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("T-shirt/top", 0)]
    [InlineData("T-shirt-top", 0)]
    [InlineData("t_shirt_top", 0)]
    [InlineData("1", 1)]
    [InlineData("trousers", null)]
    public void ClassOf_Label_ForgivesWhatAFolderCannotBeNamed(string label, int? index)
    {
        Pictures("net.onnx", 1, 28, 28);
        workspace.Write("labels.txt", "T-shirt/top\nBag\n");

        Assert.Equal(index, workspace.BindGrid("a.png").Bound!.ClassOf(label));
    }

    [Fact]
    public void ClassOfFolder_Number_IsNoClassUnlessOneIsNamedSo()
    {
        Pictures("net.onnx", 1, 28, 28);
        workspace.Write("labels.txt", "T-shirt/top\nBag\n");
        var binding = workspace.BindGrid("a.png").Bound!;

        Assert.Null(binding.ClassOfFolder("1"));
        Assert.Equal(1, binding.ClassOfFolder("bag"));
    }

    [Fact]
    public void BindGrid_ModelOfSeveralInputs_RefusesWithWhatItTakes()
    {
        var model = workspace.Named("table.onnx", ["a", "b"], shoes);

        var problem = Assert.Throws<SampleException>(() => workspace.Workspace.BindGrid(model, Path.Combine(workspace.Root, "a.png"), workspace.Signature, default));

        Assert.Contains("table takes 2 inputs", problem.Message, StringComparison.Ordinal);
    }

    private string Pictures(string path, int a, int b, int c) =>
        workspace.Model(path, [new SessionInput("pixels", typeof(float), [a, b, c])], shoes);
}
