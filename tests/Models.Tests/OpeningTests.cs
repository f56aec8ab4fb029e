using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;
using static ExplainLsp.Models.Tests.TinyModel;

namespace ExplainLsp.Models.Tests;

/// <summary>Models that ONNX Runtime does not take, and what a person reads then.</summary>
public sealed class OpeningTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ai.onnx", "Frobnicate", "uses operator Frobnicate (domain ai.onnx), which this ONNX Runtime does not have in opset 17")]
    [InlineData("com.acme", "Foo", "uses operator Foo (domain com.acme), which this ONNX Runtime does not have in opset 3")]
    public void Open_UnknownOperator_IsNamed(string domain, string name, string message)
    {
        var model = Of(Node(name, ["x"], ["y"]).In(domain == "ai.onnx" ? "" : domain))
            .Input("x", DataType.Float, "N", 2).Output("y", DataType.Float, "N", 2);
        if (domain != "ai.onnx")
            model.OpsetImport.Add(new Onnx.OperatorSetIdProto { Domain = domain, Version = 3 });

        AssertRefused(model, message);
    }

    [Fact]
    public void Open_OpsetOfTheFuture_IsNamed()
    {
        var model = Linear(1);
        model.OpsetImport[0].Version = 99;

        AssertRefused(model, "uses opset 99; this ONNX Runtime knows ai.onnx up to opset");
    }

    [Fact]
    public void Open_IrVersionOfTheFuture_IsNamed()
    {
        var model = Linear(1);
        model.IrVersion = 99;

        AssertRefused(model, "has IR version 99; this ONNX Runtime knows versions up to");
    }

    [Fact]
    public void Open_TypeWithoutKernel_IsNamed()
    {
        var model = Of(Node("Atan", ["x"], ["h"]), Node("Cast", ["h"], ["y"], Attribute("to", 1)))
            .Input("x", DataType.Double, "N", 2).Output("y", DataType.Float, "N", 2);

        AssertRefused(model, "uses operator Atan with a type or version that this ONNX Runtime cannot compute");
    }

    [Fact]
    public void Open_WrongShapes_SaysWhatOnnxRuntimeSays()
    {
        var model = Of(Node("MatMul", ["x", "w"], ["y"])).Weights("w", [3, 1], 1, 2, 3)
            .Input("x", DataType.Float, "N", 2).Output("y", DataType.Float, "N", 1);

        AssertRefused(model, "cannot be opened");
    }

    [Fact]
    public void Open_HalfPrecisionInput_SaysWhatIsUnderstood()
    {
        var model = Of(Node("Cast", ["x"], ["y"], Attribute("to", 1))).Input("x", DataType.Float16, "N", 2).Output("y", DataType.Float, "N", 2);

        AssertRefused(model, "takes float16 in its input x");
    }

    [Fact]
    public void Open_NoBatchDimension_SaysSo()
    {
        AssertRefused(Of(Node("Identity", ["x"], ["y"])).Input("x", DataType.Float, 30).Output("y", DataType.Float, 30), "takes no rows in its input x");
        AssertRefused(Of(Node("Identity", ["x"], ["y"])).Input("x", DataType.Float).Output("y", DataType.Float), "takes no rows in its input x");
    }

    [Fact]
    public void Open_OutputOfManyDimensions_SaysSo()
    {
        var model = Of(Node("Identity", ["x"], ["y"])).Input("x", DataType.Float, "N", 4, 4).Output("y", DataType.Float, "N", 4, 4);

        AssertRefused(model, "has no output of one or more numbers a row");
    }

    [Fact]
    public void Open_ReplacedSinceItWasRead_SaysSo()
    {
        var file = ModelFile.Read(_folder.Write(Linear(1, 2)));
        _folder.Write(Linear(1, 3));

        var error = Assert.Throws<ModelException>(() => ModelSession.Open(file, ModelSessionOptions.Default));

        Assert.Contains("changed on disk", error.Message);
    }

    [Fact]
    public void Open_RemovedSinceItWasRead_SaysSo()
    {
        var file = ModelFile.Read(_folder.Write(Linear(1, 2)));
        File.Delete(file.Path);

        MalformedFileTests.AssertSentence(Assert.Throws<ModelException>(() => ModelSession.Open(file, ModelSessionOptions.Default)));
    }

    [Fact]
    public void Open_UndeclaredOutputShape_FindsTheColumnsByARun()
    {
        var model = Of(Node("Concat", ["x", "x"], ["y"], Attribute("axis", 1))).Input("x", DataType.Float, "N", 3).Output("y", DataType.Float);
        model.Graph.Output[0].Type.TensorType.Shape = null;
        using var session = _folder.Open(model);

        Assert.Equal(6, session.Outputs[0].Width);
    }

    [Fact]
    public void Read_Model_DescribesIt()
    {
        var model = Linear(1, 2, 3);
        model.MetadataProps.Add(new Onnx.StringStringEntryProto { Key = "author", Value = "me" });
        model.Graph.Input.Add(Value("w", DataType.Float, 3, 1));

        var file = ModelFile.Read(_folder.Write(model));

        Assert.Equal("tests 1", file.Producer);
        Assert.Equal(17, file.Opsets["ai.onnx"]);
        Assert.Equal(3, file.Opsets["ai.onnx.ml"]);
        Assert.Equal("me", file.Metadata["author"]);
        var input = Assert.Single(file.Inputs);
        Assert.Equal(("x", "float"), (input.Name, input.Type));
        Assert.Equal(["N", "3"], input.Shape.ToArray());
        var node = Assert.Single(file.Nodes);
        Assert.Equal(("MatMul", "ai.onnx"), (node.Operator, node.Domain));
        Assert.Equal(3, file.ParameterCount);
        Assert.Equal(new FileInfo(file.Path).Length, file.Length);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file.Path))), file.Sha256);
    }

    [Fact]
    public void Run_WrongRows_SaysWhatIsWrong()
    {
        using var session = _folder.Open(Linear(1, 2));

        AssertFails(session, "was given nothing for its input x");
        AssertFails(session, "takes 2 in its input x for a row, and was given 3", new ModelTensor("x", new float[3], [3]));
        AssertFails(session, "takes single in its input x, and was given double", new ModelTensor("x", new double[2], [2]));
        AssertFails(session, "was given fewer than 1 rows", new ModelTensor("x", new float[1], [2]));
        AssertFails(session, "has no input z", new ModelTensor("x", new float[2], [2]), new ModelTensor("z", new float[2], [2]));
    }

    [Fact]
    public void Run_ModelFails_NamesTheOperator()
    {
        var encoder = Node("OneHotEncoder", ["x"], ["y"], Attribute("cats_strings", "a", "b"), Attribute("zeros", 0)).In("ai.onnx.ml");
        using var session = _folder.Open(Of(encoder).Input("x", DataType.String, "N").Output("y", DataType.Float, "N", 2));

        AssertFails(session, "failed in operator OneHotEncoder", new ModelTensor("x", Words, []));
    }

    [Fact]
    public void Run_ModelThatMixesRows_IsRefused()
    {
        var model = Of(Node("ReduceMean", ["x"], ["y"], Attribute("axes", new long[] { 0 }), Attribute("keepdims", 1)))
            .Input("x", DataType.Float, "N", 2).Output("y", DataType.Float, "M", 2);
        using var session = _folder.Open(model);

        AssertFails(session, "does not treat rows one by one", new ModelTensor("x", new float[2], [2]));
    }

    private static readonly string[] Words = ["c"];

    private static void AssertFails(ModelSession session, string message, params ModelTensor[] inputs)
    {
        var error = Assert.Throws<ModelRunException>(() => session.Run(1, inputs));
        Assert.Contains(message, error.Message);
        MalformedFileTests.AssertSentence(error);
    }

    private void AssertRefused(Onnx.ModelProto model, string message)
    {
        var file = ModelFile.Read(_folder.Write(model));
        var error = Assert.Throws<ModelException>(() => ModelSession.Open(file, ModelSessionOptions.Default));
        Assert.Contains(message, error.Message);
        MalformedFileTests.AssertSentence(error);
    }
}
