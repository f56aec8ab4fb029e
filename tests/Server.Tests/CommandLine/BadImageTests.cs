using System.Buffers.Binary;
using ExplainLsp.Samples;

namespace ExplainLsp.Server.Tests.CommandLine;

/// <summary>Everything that can be wrong with an image, a tensor, a list or their preprocessing: one sentence, and the exit code of its kind.</summary>
public sealed class BadImageTests : IDisposable
{
    private const int WrongUse = 2;
    private const int Unreadable = 3;
    private const string Shirt = "data/fashion-mnist/test/Shirt/00004.png";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Image_NotThere_IsUnreadable() => FailAsync(Unreadable, ["nowhere.png", "does not exist"], "nowhere.png");

    [Fact]
    public Task Image_OfText_IsUnreadable() => FailAsync(Unreadable, ["note.png", "not an image"], _folder.Write("note.png", "Dear diary"));

    [Fact]
    public async Task Image_Truncated_IsUnreadable()
    {
        var whole = await File.ReadAllBytesAsync(Path.Combine(Fixtures.Root, Shirt));
        await FailAsync(Unreadable, ["half.png"], _folder.Write("half.png", whole[..(whole.Length / 2)]));
    }

    [Theory]
    [InlineData(10_000u, 10_000u, "megapixel")]
    [InlineData(0u, 28u, "no pixels")]
    public async Task Image_OfImpossibleSize_IsUnreadable(uint width, uint height, string word)
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(Fixtures.Root, Shirt));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(20), height);
        await FailAsync(Unreadable, ["odd.png", word], _folder.Write("odd.png", bytes));
    }

    [Fact]
    public Task Image_ForAModelOfTables_IsUnreadable() =>
        CommandRun.FailAsync(Unreadable, ["adult-gbm", "inputs"], "explain", "models/adult-gbm", Shirt, "--format", "json");

    [Fact]
    public Task Table_ForAModelOfImages_IsUnreadable() => FailAsync(Unreadable, ["takes images"], "data/wine/test.csv");

    [Fact]
    public Task Tensor_OfAnotherShape_IsUnreadable()
    {
        var path = _folder.File("wide.npy");
        NumpyFile.Write(path, new float[30], [1, 5, 6]);
        return FailAsync(Unreadable, ["wide.npy", "1 × 5 × 6", "1 × 28 × 28"], path);
    }

    [Fact]
    public Task Folder_WithoutImages_IsUnreadable() => FailAsync(Unreadable, ["holds no image"], _folder.Path);

    [Fact]
    public Task List_WithAFileThatIsNotThere_NamesTheRow() =>
        FailAsync(Unreadable, ["list.csv", "row 1", "gone.png", "does not exist"], _folder.Write("list.csv", $"file,label\n{Path.Combine(Fixtures.Root, Shirt)},Shirt\ngone.png,Bag\n"));

    [Fact]
    public Task Preprocessing_ThatContradictsTheModel_IsUnreadable() => PreprocessingAsync(
        """{ "size": { "height": 32, "width": 32 }, "image_mean": [0.5], "image_std": [0.5] }""", "32 × 32", "28 × 28");

    [Fact]
    public Task Preprocessing_OfThreeChannelsForOne_IsUnreadable() => PreprocessingAsync(
        """{ "size": { "height": 28, "width": 28 }, "num_channels": 3, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5] }""", "3 channels", "takes 1");

    [Fact]
    public Task Preprocessing_NotJson_IsUnreadable() => PreprocessingAsync("{ size", "preprocessor_config.json", "not JSON");

    [Fact]
    public Task Rows_OfOneImage_IsWrongUse() => FailAsync(WrongUse, ["one sample", "--rows"], Shirt, "--rows", "0");

    [Fact]
    public Task Rows_PastTheEndOfAList_IsWrongUse() => FailAsync(WrongUse, ["background.csv"], "data/fashion-mnist/background.csv", "--rows", "100000");

    [Fact]
    public Task Method_OfTables_IsWrongUse() => CommandRun.FailAsync(
        WrongUse, ["TreeSHAP", "images", "occlusion"], "explain", "models/fashion-cnn", Shirt, "--method", "tree-shap");

    [Fact]
    public Task Background_WithoutImages_IsUnreadable() => FailAsync(Unreadable, ["no column of image files"], Shirt, "--background", "data/wine/train.csv");

    [Fact]
    public Task BackgroundRows_WithoutABackground_IsWrongUse() => FailAsync(WrongUse, ["--background"], Shirt, "--background-rows", "0-3");

    [Fact]
    public Task Global_OfImages_IsWrongUse() => CommandRun.FailAsync(
        WrongUse, ["only tables"], "global", "models/fashion-cnn", "data/fashion-mnist/test.csv", "--method", "permutation-importance");

    private Task PreprocessingAsync(string json, params string[] words)
    {
        _folder.Write("preprocessor_config.json", json);
        var model = _folder.Copy(Fixtures.Model("fashion-cnn"), "model.onnx");
        return CommandRun.FailAsync(Unreadable, words, "explain", model, Shirt, "--format", "json");
    }

    private static Task FailAsync(int code, string[] words, string sample, params string[] more) =>
        CommandRun.FailAsync(code, words, ["explain", "models/fashion-cnn", sample, "--method", "occlusion", .. more]);
}
