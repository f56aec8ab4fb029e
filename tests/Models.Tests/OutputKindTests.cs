using ExplainLsp.Models.Onnx;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;
using static ExplainLsp.Models.Tests.TinyModel;

namespace ExplainLsp.Models.Tests;

/// <summary>What outputs of different exporters mean, and that their numbers arrive.</summary>
public class OutputKindTests
{
    private static readonly float[] Two = [1, 2, -1, 0.5f];

    [Fact]
    public void Outputs_TwoColumnsWithoutSoftmax_AreLogits()
    {
        using var folder = new ModelFolder();
        using var session = folder.Open(Classifier().Output("y", DataType.Float, "N", 2));

        AssertOutput(session, "y", OutputKind.Logits, 2);
        Assert.Equal([5, 11, 0, -1], Run(session));
    }

    [Fact]
    public void Outputs_Softmax_AreProbabilities()
    {
        using var folder = new ModelFolder();
        using var session = folder.Open(Classifier(Node("Softmax", ["y"], ["s"]), Node("Identity", ["s"], ["p"])).Output("p", DataType.Float, "N", 2));

        AssertOutput(session, "p", OutputKind.Probabilities, 2);
        Assert.Equal(1 / (1 + Math.Exp(6)), Run(session)[0], 1e-6);
    }

    [Fact]
    public void Outputs_LogSoftmax_AreLogits()
    {
        using var folder = new ModelFolder();
        using var session = folder.Open(Classifier(Node("LogSoftmax", ["y"], ["p"])).Output("p", DataType.Float, "N", 2));

        AssertOutput(session, "p", OutputKind.Logits, 2);
    }

    [Fact]
    public void Outputs_OneSigmoid_AreTwoProbabilities()
    {
        var model = Linear(1, 2);
        model.Graph.Node.Add(Node("Sigmoid", ["y"], ["p"]));
        model.Graph.Output.Clear();
        using var folder = new ModelFolder();
        using var session = folder.Open(model.Output("p", DataType.Float, "N", 1));

        AssertOutput(session, "p", OutputKind.Probabilities, 2);
        var p = 1 / (1 + Math.Exp(-5));
        var scores = Run(session);
        Assert.Equal(p, scores[1], 1e-6);
        Assert.Equal(1, scores[0] + scores[1], 1e-12);
    }

    [Fact]
    public void Outputs_SigmoidSqueezedToOneDimension_AreTwoProbabilities()
    {
        var model = Linear(1, 2);
        model.Graph.Node.Add(Node("Sigmoid", ["y"], ["p"]));
        model.Graph.Node.Add(Node("Flatten", ["p"], ["flat"], Attribute("axis", 0)));
        model.Graph.Node.Add(Node("Squeeze", ["flat"], ["out"]));
        model.Graph.Output.Clear();
        using var folder = new ModelFolder();
        using var session = folder.Open(model.Output("out", DataType.Float, "N"));

        AssertOutput(session, "out", OutputKind.Probabilities, 2);
        Assert.Equal(1 / (1 + Math.Exp(-5)), Run(session)[1], 1e-6);
    }

    [Fact]
    public void Outputs_OneColumnWithoutSigmoid_IsAValue()
    {
        using var folder = new ModelFolder();
        using var session = folder.Open(Linear(1, 2));

        AssertOutput(session, "y", OutputKind.Value, 1);
        Assert.Equal([5, 0], Run(session));
    }

    [Fact]
    public void Outputs_OneAndItsComplementJoined_AreProbabilities()
    {
        var model = Linear(1, 2).Weights("one", [1], 1);
        model.Graph.Node.Add(Node("Sigmoid", ["y"], ["p"]));
        model.Graph.Node.Add(Node("Sub", ["one", "p"], ["q"]));
        model.Graph.Node.Add(Node("Concat", ["q", "p"], ["both"], Attribute("axis", 1)));
        model.Graph.Output.Clear();
        using var folder = new ModelFolder();
        using var session = folder.Open(model.Output("both", DataType.Float, "N", 2));

        AssertOutput(session, "both", OutputKind.Probabilities, 2);
    }

    [Fact]
    public void Outputs_ManySigmoidsWithoutLabel_AreValuesOfTheirOwn()
    {
        using var folder = new ModelFolder();
        using var session = folder.Open(Classifier(Node("Sigmoid", ["y"], ["p"])).Output("p", DataType.Float, "N", 2));

        AssertOutput(session, "p", OutputKind.Value, 2);
    }

    [Fact]
    public void Outputs_RegressorWithSeveralTargets_AreValues()
    {
        var model = Of(Node("LinearRegressor", ["x"], ["y"], Attribute("coefficients", 1f, 2, 3, 4), Attribute("targets", 2)).In("ai.onnx.ml"))
            .Input("x", DataType.Float, "N", 2).Output("y", DataType.Float, "N", null!);
        using var folder = new ModelFolder();
        using var session = folder.Open(model);

        AssertOutput(session, "y", OutputKind.Value, 2);
        Assert.Equal([5, 11, 0, -1], Run(session));
    }

    [Fact]
    public void Outputs_LinearClassifierWithoutTransform_AreLogitsWithItsLabels()
    {
        using var folder = new ModelFolder();
        using var session = folder.Open(LinearClassifier("NONE").Output("label", DataType.String, "N").Output("scores", DataType.Float, "N", 2));

        AssertOutput(session, "scores", OutputKind.Logits, 2, "no", "yes");
    }

    [Fact]
    public void Outputs_LinearClassifierWithSoftmax_AreProbabilitiesWithItsLabels()
    {
        using var folder = new ModelFolder();
        using var session = folder.Open(LinearClassifier("SOFTMAX").Output("label", DataType.String, "N").Output("scores", DataType.Float, "N", 2));

        AssertOutput(session, "scores", OutputKind.Probabilities, 2, "no", "yes");
    }

    [Fact]
    public void Outputs_LabelAndOneScore_AreAValue()
    {
        var model = Linear(1, 2);
        model.Graph.Node.Add(Node("Cast", ["y"], ["label"], Attribute("to", (long)DataType.Int64)));
        model.Graph.Output.Insert(0, Value("label", DataType.Int64, "N", 1));
        using var folder = new ModelFolder();
        using var session = folder.Open(model);

        AssertOutput(session, "y", OutputKind.Value, 1);
    }

    [Fact]
    public void Outputs_OfSeveralKinds_HaveProbabilitiesFirst()
    {
        using var folder = new ModelFolder();
        using var session = folder.Open(Classifier(Node("Softmax", ["y"], ["p"])).Output("y", DataType.Float, "N", 2).Output("p", DataType.Float, "N", 2));

        Assert.Equal(["p", "y"], session.Outputs.Select(output => output.Name));
        Assert.Equal([5, 11, 0, -1], session.Run(session.Outputs[1], 2, Table(Two)));
    }

    [Fact]
    public void Open_LabelOnly_SaysThatThereAreNoScores()
    {
        using var folder = new ModelFolder();
        var file = ModelFile.Read(folder.Write(LinearClassifier("NONE").Output("label", DataType.String, "N")));

        var error = Assert.Throws<ModelException>(() => ModelSession.Open(file, ModelSessionOptions.Default));

        Assert.Contains("has no probabilities or scores, only a label", error.Message);
    }

    [Fact]
    public void Run_DoubleModel_KeepsDoublePrecision()
    {
        var model = Of(Node("Identity", ["x"], ["y"])).Input("x", DataType.Double, "N", 1).Output("y", DataType.Double, "N", 1);
        using var folder = new ModelFolder();
        using var session = folder.Open(model);

        Assert.Equal([Math.PI, Math.E], session.Run(2, new ModelTensor("x", new[] { Math.PI, Math.E, 9 }, [1])));
    }

    [Theory]
    [InlineData((int)DataType.Int64)]
    [InlineData((int)DataType.Int32)]
    [InlineData((int)DataType.Bool)]
    public void Run_WholeNumberInput_IsRead(int type)
    {
        var model = Of(Node("Cast", ["x"], ["y"], Attribute("to", 1))).Input("x", (DataType)type, "N").Output("y", DataType.Float, "N");
        Array data = (DataType)type switch
        {
            DataType.Int64 => new long[] { 1, 0, 1 },
            DataType.Int32 => new[] { 1, 0, 1 },
            _ => new[] { true, false, true },
        };
        using var folder = new ModelFolder();
        using var session = folder.Open(model);

        Assert.Equal(data.GetType().GetElementType(), session.Inputs[0].ElementType);
        Assert.Empty(session.Inputs[0].RowShape);
        Assert.Equal([1, 0, 1], session.Run(3, new ModelTensor("x", data, [])));
    }

    [Fact]
    public void Run_TextInput_IsRead()
    {
        var encoder = Node("OneHotEncoder", ["x"], ["y"], Attribute("cats_strings", "rød", "grün", "蓝"), Attribute("zeros", 1)).In("ai.onnx.ml");
        using var folder = new ModelFolder();
        using var session = folder.Open(Of(encoder).Input("x", DataType.String, "N").Output("y", DataType.Float, "N", 3));

        string[] words = ["蓝", "rød", "?"];
        Assert.Equal([0, 0, 1, 1, 0, 0, 0, 0, 0], session.Run(3, new ModelTensor("x", words, [])));
    }

    [Fact]
    public void Run_Picture_KeepsItsShape()
    {
        var model = Of(Node("GlobalAveragePool", ["x"], ["p"]), Node("Flatten", ["p"], ["y"]))
            .Input("x", DataType.Float, "N", 3, 40, 40).Output("y", DataType.Float, "N", 3);
        var pictures = new float[5 * 3 * 1600];
        for (var i = 0; i < pictures.Length; i++)
            pictures[i] = i / 1600;
        using var folder = new ModelFolder();
        using var session = folder.Open(model, threads: 2);

        Assert.Equal([3, 40, 40], session.Inputs[0].RowShape.ToArray());
        Assert.Equal(Enumerable.Range(0, 15).Select(i => (double)i), session.Run(5, new ModelTensor("x", pictures, [3, 40, 40])));
    }

    [Fact]
    public void Run_MapsThatNoZipMapOfTheMainGraphWrites_AreReadOneByOne()
    {
        // The ZipMap stands in a function of the model, so it stays where it is.
        var model = Classifier(Node("Softmax", ["y"], ["p"]), Node("Named", ["p"], ["maps"]).In("local"));
        var function = new FunctionProto { Name = "Named", Domain = "local", Input = { "t" }, Output = { "m" } };
        function.Node.Add(Node("ZipMap", ["t"], ["m"], Attribute("classlabels_strings", "b", "a")).In("ai.onnx.ml"));
        function.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = 3 });
        model.Functions.Add(function);
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "local", Version = 1 });
        model.Graph.Output.Add(Maps("maps", DataType.String));
        using var folder = new ModelFolder();
        using var session = folder.Open(model);

        // The order of a map is that of its keys.
        AssertOutput(session, "maps", OutputKind.Probabilities, 2, "a", "b");
        Assert.Equal(1 / (1 + Math.Exp(6)), Run(session)[1], 1e-6);
    }

    [Fact]
    public void Run_ZipMapWithIntegerClasses_IsUnfolded()
    {
        var model = Classifier(
            Node("Softmax", ["y"], ["p"]),
            Node("ZipMap", ["p"], ["maps"], Attribute("classlabels_int64s", 7L, 3L)).In("ai.onnx.ml"));
        model.Graph.Output.Add(Maps("maps", DataType.Int64));
        using var folder = new ModelFolder();
        using var session = folder.Open(model);

        AssertOutput(session, "maps", OutputKind.Probabilities, 2, "7", "3");
        Assert.Equal(1 / (1 + Math.Exp(6)), Run(session)[0], 1e-6);
    }

    private static ValueInfoProto Maps(string name, DataType key) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            SequenceType = new TypeProto.Types.Sequence
            {
                ElemType = new TypeProto
                {
                    MapType = new TypeProto.Types.Map { KeyType = (int)key, ValueType = Value("", DataType.Float).Type },
                },
            },
        },
    };

    private static ModelProto Classifier(params NodeProto[] after) =>
        Of([Node("MatMul", ["x", "w"], ["y"]), .. after]).Weights("w", [2, 2], 1, 3, 2, 4).Input("x", DataType.Float, "N", 2);

    private static ModelProto LinearClassifier(string transform) => Of(Node(
        "LinearClassifier",
        ["x"],
        ["label", "scores"],
        Attribute("coefficients", 1f, 2, 3, 4),
        Attribute("intercepts", 0f, 0),
        Attribute("classlabels_strings", "no", "yes"),
        Attribute("post_transform", transform)).In("ai.onnx.ml")).Input("x", DataType.Float, "N", 2);

    private static double[] Run(ModelSession session) => session.Run(2, Table(Two));

    private static ModelTensor Table(float[] data) => new("x", data, [2]);

    private static void AssertOutput(ModelSession session, string name, OutputKind kind, int width, params string[] labels)
    {
        var output = session.Outputs[0];
        Assert.Equal((name, kind, width), (output.Name, output.Kind, output.Width));
        Assert.Equal(labels, output.ClassLabels);
    }
}
