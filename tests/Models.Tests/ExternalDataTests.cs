using System.Globalization;
using ExplainLsp.Models.Onnx;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;
using static ExplainLsp.Models.Tests.TinyModel;

namespace ExplainLsp.Models.Tests;

/// <summary>Weights in other files: read when they are the model's own, refused when they could be anyone's.</summary>
public sealed class ExternalDataTests : IDisposable
{
    private readonly ModelFolder _outer = new();

    public void Dispose() => _outer.Dispose();

    [Theory]
    [InlineData("weights.bin")]
    [InlineData("parts/weights.bin")]
    [InlineData("./weights.bin")]
    [InlineData("parts/../weights.bin")]
    public void Open_WeightsBelowTheFolder_Run(string location)
    {
        WriteWeights("model/weights.bin");
        WriteWeights("model/parts/weights.bin");
        var file = ModelFile.Read(Write(Model(location)));

        Assert.Equal(2, file.ParameterCount);
        Assert.Equal(8, Assert.Single(file.ExternalData).Length);
        using var session = ModelSession.Open(file, ModelSessionOptions.Default);
        Assert.Equal([11], session.RunTable([1, 2], 1));
    }

    [Fact]
    public void Open_WeightsBeyondTwoGibibytes_RunAndAreDifferentiated()
    {
        // A hole in the file takes no room on the disk.
        const long offset = 3L << 30;
        using (var weights = File.Create(_outer.Write("model/weights.bin", [])))
        {
            weights.Position = offset;
            weights.Write(BitConverter.GetBytes(3f));
            weights.Write(BitConverter.GetBytes(4f));
        }

        var model = Of(Node("Gemm", ["x", "w"], ["y"], Attribute("transB", 1)))
            .External("w", [1, 2], ("location", "weights.bin"), ("offset", offset.ToString(CultureInfo.InvariantCulture)), ("length", "8"))
            .Input("x", DataType.Float, "N", 2).Output("y", DataType.Float, "N", 1);
        using var session = ModelSession.Open(ModelFile.Read(Write(model)), ModelSessionOptions.Default);

        Assert.Equal([11], session.RunTable([1, 2], 1));
        var gradient = session.Gradient(new("y", ["x"]), CancellationToken.None).Run([new("x", new float[2], [2])], 1, [1], null, CancellationToken.None);
        Assert.Equal([3, 4], gradient.Gradients[0].Data);
    }

    [Fact]
    public void Open_ZipMapAndExternalWeights_RunWithoutTheZipMap()
    {
        WriteWeights("model/weights.bin");
        var model = Of(
                Node("Gemm", ["x", "w"], ["h"], Attribute("transB", 1)),
                Node("Concat", ["h", "h"], ["p"], Attribute("axis", 1)),
                Node("ZipMap", ["p"], ["maps"], Attribute("classlabels_int64s", 0L, 1)).In("ai.onnx.ml"))
            .External("w", [1, 2], ("location", "weights.bin"), ("offset", "0"), ("length", "8")).Input("x", DataType.Float, "N", 2);
        var map = new TypeProto.Types.Map { KeyType = (int)DataType.Int64, ValueType = Value("", DataType.Float).Type };
        model.Graph.Output.Add(new ValueInfoProto
        {
            Name = "maps",
            Type = new TypeProto { SequenceType = new TypeProto.Types.Sequence { ElemType = new TypeProto { MapType = map } } },
        });
        using var session = ModelSession.Open(ModelFile.Read(Write(model)), ModelSessionOptions.Default);

        Assert.Equal([11, 11], session.RunTable([1, 2], 1));
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("parts/../../secret.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\secret.bin")]
    [InlineData("C:\\secret.bin")]
    [InlineData("\\\\server\\share\\secret.bin")]
    [InlineData("..")]
    [InlineData(".")]
    public void Read_WeightsOutsideTheFolder_AreRefused(string location)
    {
        WriteWeights("secret.bin");
        AssertRefused(Model(location), "outside its own folder");
    }

    [Fact]
    public void Read_LinkOutOfTheFolder_IsRefused()
    {
        WriteWeights("secret.bin");
        Directory.CreateDirectory(Path.Combine(_outer.Path, "model"));
        File.CreateSymbolicLink(Path.Combine(_outer.Path, "model", "weights.bin"), Path.Combine(_outer.Path, "secret.bin"));
        AssertRefused(Model("weights.bin"), "outside its own folder");
    }

    [Fact]
    public void Read_RelativeLinkOutOfTheFolder_IsRefused()
    {
        WriteWeights("secret.bin");
        Directory.CreateDirectory(Path.Combine(_outer.Path, "model"));
        File.CreateSymbolicLink(Path.Combine(_outer.Path, "model", "weights.bin"), "../secret.bin");
        AssertRefused(Model("weights.bin"), "outside its own folder");
    }

    [Fact]
    public void Read_FolderThatIsALinkOut_IsRefused()
    {
        WriteWeights("elsewhere/weights.bin");
        Directory.CreateDirectory(Path.Combine(_outer.Path, "model"));
        Directory.CreateSymbolicLink(Path.Combine(_outer.Path, "model", "parts"), Path.Combine(_outer.Path, "elsewhere"));
        AssertRefused(Model("parts/weights.bin"), "outside its own folder");
    }

    [Fact]
    public void Read_ParentOfALinkedFolder_IsTakenWhereTheLinkLeads()
    {
        // By its text parts/../weights.bin is the file beside the model; the system would read elsewhere/weights.bin.
        WriteWeights("model/weights.bin");
        WriteWeights("elsewhere/weights.bin");
        Directory.CreateDirectory(Path.Combine(_outer.Path, "elsewhere", "deep"));
        Directory.CreateSymbolicLink(Path.Combine(_outer.Path, "model", "parts"), Path.Combine(_outer.Path, "elsewhere", "deep"));
        AssertRefused(Model("parts/../weights.bin"), "outside its own folder");
    }

    [Fact]
    public void Read_LoopOfLinks_IsRefused()
    {
        Directory.CreateDirectory(Path.Combine(_outer.Path, "model"));
        File.CreateSymbolicLink(Path.Combine(_outer.Path, "model", "a"), "b");
        File.CreateSymbolicLink(Path.Combine(_outer.Path, "model", "b"), "a");
        AssertRefused(Model("a"), "loop of symbolic links");
    }

    [Fact]
    public void Open_ModelFolderIsALink_Runs()
    {
        WriteWeights("model/weights.bin");
        Write(Model("weights.bin"));
        Directory.CreateSymbolicLink(Path.Combine(_outer.Path, "link"), Path.Combine(_outer.Path, "model"));
        using var session = ModelSession.Open(
            ModelFile.Read(Path.Combine(_outer.Path, "link", "model.onnx")), ModelSessionOptions.Default);

        Assert.Equal([11], session.RunTable([1, 2], 1));
    }

    [Fact]
    public void Read_MissingWeights_SaysWhichFile() => AssertRefused(Model("weights.bin"), "needs weights.bin beside it, which is missing");

    [Theory]
    [InlineData("0", "9")]
    [InlineData("4", "8")]
    [InlineData("9", "0")]
    [InlineData("1", "9223372036854775807")]
    public void Read_MoreWeightsThanTheFileHolds_AreRefused(string offset, string length)
    {
        WriteWeights("model/weights.bin");
        AssertRefused(Model("weights.bin", offset, length), "expects more weights than weights.bin holds");
    }

    [Theory]
    [InlineData("-1", "8")]
    [InlineData("0", "99999999999999999999")]
    [InlineData("x", "8")]
    public void Read_OffsetThatIsNoNumber_IsRefused(string offset, string length)
    {
        WriteWeights("model/weights.bin");
        AssertRefused(Model("weights.bin", offset, length), "is not a number of bytes");
    }

    public static TheoryData<string> Hiding => ["attribute", "attributes", "subgraph", "function", "sparse", "training", "unflagged"];

    [Theory]
    [MemberData(nameof(Hiding))]
    public void Read_OutsideWeightsHiddenAnywhere_AreRefused(string where)
    {
        WriteWeights("secret.bin");
        var tensor = ExternalTensor("w", [2], ("location", "../secret.bin"));
        var holder = new NodeProto { OpType = "Constant", Output = { "c" } };
        var subgraph = new GraphProto { Node = { holder } };
        var model = Linear(1, 2);
        switch (where)
        {
            case "attribute":
                holder.Attribute.Add(new AttributeProto { Name = "value", T = tensor });
                model.Graph.Node.Add(holder);
                break;
            case "attributes":
                holder.Attribute.Add(new AttributeProto { Name = "values", Tensors = { tensor } });
                model.Graph.Node.Add(holder);
                break;
            case "subgraph":
                holder.Attribute.Add(new AttributeProto { Name = "value", T = tensor });
                model.Graph.Node.Add(Node("If", ["x"], ["z"], new AttributeProto { Name = "then_branch", G = subgraph }));
                break;
            case "function":
                holder.Attribute.Add(new AttributeProto { Name = "value", T = tensor });
                model.Functions.Add(new FunctionProto { Name = "f", Node = { holder } });
                break;
            case "sparse":
                model.Graph.SparseInitializer.Add(new SparseTensorProto { Values = tensor });
                break;
            case "training":
                model.TrainingInfo.Add(new TrainingInfoProto { Algorithm = new GraphProto { Initializer = { tensor } } });
                break;
            default:
                tensor.DataLocation = TensorProto.Types.DataLocation.Default;
                model.Graph.Initializer.Add(tensor);
                break;
        }

        AssertRefused(model, "outside its own folder");
    }

    private static ModelProto Model(string location, string offset = "0", string length = "8") =>
        Of(Node("Gemm", ["x", "w"], ["y"], Attribute("transB", 1)))
            .External("w", [1, 2], ("location", location), ("offset", offset), ("length", length))
            .Input("x", DataType.Float, "N", 2).Output("y", DataType.Float, "N", 1);

    private string Write(ModelProto model) => _outer.Write(model, "model/model.onnx");

    private void WriteWeights(string name) => _outer.Write(name, [.. BitConverter.GetBytes(3f), .. BitConverter.GetBytes(4f)]);

    private void AssertRefused(ModelProto model, string message)
    {
        var path = Write(model);
        var exception = Assert.Throws<ModelException>(() => ModelFile.Read(path));
        Assert.Contains(message, exception.Message);
        MalformedFileTests.AssertSentence(exception);
    }
}
