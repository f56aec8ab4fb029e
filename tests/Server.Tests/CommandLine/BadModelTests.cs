using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Tests;
using Google.Protobuf;
using static ExplainLsp.Models.Tests.TinyModel;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Server.Tests.CommandLine;

/// <summary>Models that can be read but not run or differentiated: one sentence, and the exit code of its kind.</summary>
public sealed class BadModelTests : IDisposable
{
    private const int Unreadable = 3;
    private const int Failed = 4;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("predict", "rows.csv")]
    [InlineData("gradient", null)]
    public Task Graph_WithACycle_IsUnreadable(string verb, string? samples)
    {
        var model = Of(Node("Add", ["x", "b"], ["a"]), Node("Exp", ["a"], ["b"]), Node("Identity", ["b"], ["y"]));
        return FailAsync(Unreadable, model, ["m.onnx", "cycle"], verb, samples);
    }

    [Fact]
    public Task Model_TooBigForTheMemory_FailsWithTheSizeAskedFor()
    {
        // A row of two becomes 2 × 10¹² numbers.
        var model = Of(
            Node("Unsqueeze", ["x", "axis"], ["column"]), Node("Expand", ["column", "size"], ["large"]),
            Node("ReduceSum", ["large", "axis"], ["y"], Attribute("keepdims", 0)));
        model.Graph.Initializer.Add(Integers("axis", 2));
        model.Graph.Initializer.Add(Integers("size", 1, 1, 1_000_000_000_000));
        return FailAsync(Failed, model, ["m.onnx", "memory", "GiB"], "predict", "rows.csv");
    }

    [Fact]
    public Task Gradient_OfAnOutputThatDoesNotDependOnTheInput_IsUnreadable()
    {
        var model = Of(Node("Exp", ["x"], ["y"]), Node("Exp", ["z"], ["other"])).Input("z", DataType.Float, "N", 1).Output("other", DataType.Float, "N", 1);
        return FailAsync(Unreadable, model, ["m.onnx", "'other' does not depend on 'x'"], "gradient", null, "--output", "other", "--wrt", "x");
    }

    [Fact]
    public Task Gradient_ThroughIntegers_IsUnreadable()
    {
        var model = Of(
            Node("Cast", ["x"], ["whole"], Attribute("to", (long)DataType.Int64)), Node("Cast", ["whole"], ["y"], Attribute("to", (long)DataType.Float)));
        return FailAsync(Unreadable, model, ["m.onnx", "goes through integers"], "gradient", null);
    }

    private Task FailAsync(int exitCode, ModelProto model, string[] words, string verb, string? samples, params string[] more)
    {
        model.Input("x", DataType.Float, "N", 2).Output("y", DataType.Float, "N", 2);
        string[] rows = samples is null ? [] : [_folder.Write(samples, "a,b\n1,2\n")];
        return CommandRun.FailAsync(exitCode, words, [verb, _folder.Write("m.onnx", model.ToByteArray()), .. rows, .. more]);
    }

    private static TensorProto Integers(string name, params long[] values) =>
        new() { Name = name, DataType = (int)DataType.Int64, Dims = { values.Length }, Int64Data = { values } };
}
