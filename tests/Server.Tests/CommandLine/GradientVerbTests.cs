using ExplainLsp.Models;

namespace ExplainLsp.Server.Tests.CommandLine;

/// <summary><c>gradient</c>: the model extended by its derivative, for anyone.</summary>
public sealed class GradientVerbTests : IDisposable
{
    private const int WrongUse = 2;
    private const int Unreadable = 3;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Gradient_Json_SaysWhatWasMade()
    {
        var json = (await CommandRun.SucceedAsync("gradient", "models/fashion-cnn", "--format", "json")).Json;

        Assert.Equal(
            ["schema", "model", "output", "wrt", "seed", "gradients", "operatorsAdded", "opset", "warnings", "saved"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("logits", json.GetProperty("output").GetString());
        Assert.Equal("pixel_values", Assert.Single(json.GetProperty("wrt").EnumerateArray()).GetString());
        Assert.Equal("10", json.GetProperty("seed").GetProperty("shape")[1].GetString());
        var gradient = Assert.Single(json.GetProperty("gradients").EnumerateArray());
        Assert.Equal("pixel_values", gradient.GetProperty("tensor").GetString());
        Assert.Equal(["1", "28", "28"], gradient.GetProperty("shape").EnumerateArray().Skip(1).Select(dimension => dimension.GetString()));
        Assert.True(json.GetProperty("operatorsAdded").GetInt32() > 0);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, json.GetProperty("saved").ValueKind);
    }

    [Fact]
    public async Task Gradient_Saved_IsAModelOfStandardOperatorsWithTheOutputsThatItNames()
    {
        var path = _folder.File("fashion.grad.onnx");

        var json = (await CommandRun.SucceedAsync(
            "gradient", "models/fashion-cnn", "--wrt", "pixel_values,/features/features.8/Conv_output_0", "--save", path, "--format", "json")).Json;

        Assert.Equal(path, json.GetProperty("saved").GetString());
        Assert.Equal("fashion.grad.onnx", Path.GetFileName(Assert.Single(Directory.GetFiles(_folder.Path))));
        var saved = ModelFile.Read(path);
        Assert.Equal(["ai.onnx"], saved.Opsets.Keys);
        Assert.Contains(json.GetProperty("seed").GetProperty("name").GetString(), saved.Inputs.Select(input => input.Name));
        Assert.Contains("logits", saved.Outputs.Select(output => output.Name));
        Assert.Equal(2, json.GetProperty("gradients").GetArrayLength());
        Assert.All(
            json.GetProperty("gradients").EnumerateArray(),
            gradient => Assert.Contains(gradient.GetProperty("name").GetString(), saved.Outputs.Select(output => output.Name)));
    }

    [Fact]
    public async Task Gradient_Table_SaysWhereItWasWritten()
    {
        var path = _folder.File("g.onnx");

        Assert.Contains($"Written to {path}", (await CommandRun.SucceedAsync("gradient", "models/digits-resnet", "--save", path)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public Task Gradient_OfTrees_IsRefusedByNameWithWhatStillWorks() =>
        CommandRun.FailAsync(Unreadable, ["TreeEnsembleClassifier", "occlusion"], "gradient", "models/adult-gbm");

    [Fact]
    public Task Gradient_OfATensorThatIsNotThere_IsUnreadable() =>
        CommandRun.FailAsync(Unreadable, ["no_such_tensor"], "gradient", "models/fashion-cnn", "--wrt", "no_such_tensor");

    [Fact]
    public Task Gradient_OfAnOutputBeforeTheTensor_IsUnreadable() => CommandRun.FailAsync(
        Unreadable, ["/features/features.0/Conv_output_0"],
        "gradient", "models/fashion-cnn", "--output", "/features/features.0/Conv_output_0", "--wrt", "/features/features.8/Conv_output_0");

    [Fact]
    public Task Save_OverTheModelItself_IsWrongUse()
    {
        var model = _folder.Copy(Fixtures.Model("fashion-cnn"), "model.onnx");
        return CommandRun.FailAsync(WrongUse, ["model itself"], "gradient", model, "--save", model);
    }

    [Fact]
    public Task Save_IntoAFolderThatIsNotThere_IsWrongUse() =>
        CommandRun.FailAsync(WrongUse, ["does not exist"], "gradient", "models/fashion-cnn", "--save", _folder.File("deep/down/g.onnx"));

    [Fact]
    public Task Format_Png_IsWrongUse() => CommandRun.FailAsync(WrongUse, ["no figure"], "gradient", "models/fashion-cnn", "--format", "png");
}
