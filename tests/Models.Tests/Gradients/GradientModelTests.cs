using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Running;
using Google.Protobuf;
using static ExplainLsp.Models.Tests.TinyModel;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients;

/// <summary>What a gradient model promises: rows for themselves, every form of a model, tails, fed and fetched layers, files.</summary>
public class GradientModelTests
{
    [Theory]
    [InlineData("diabetes-mlp", 37)]
    [InlineData("fashion-cnn", 20)]
    [InlineData("digits-resnet", 20)]
    public void Run_WithOtherBatchesAndThreads_GivesTheSameNumbers(string model, int rows)
    {
        using var one = ModelSession.Open(ModelFile.Read(Fixtures.Model(model)), new(1, 64L << 20));
        using var two = ModelSession.Open(ModelFile.Read(Fixtures.Model(model)), new(2, 64L << 20));
        using var tight = ModelSession.Open(ModelFile.Read(Fixtures.Model(model)), new(1, 1));
        var input = one.Inputs[0];
        var size = input.RowShape.Aggregate(1, (product, dimension) => product * dimension);
        var data = Draw(rows * size, 3);

        var all = Gradient(one, input, data, rows);

        Assert.Equal(all, Gradient(two, input, data, rows));
        foreach (var row in new[] { 0, rows / 2, rows - 1 })
            Close(all.AsSpan(row * size, size), Gradient(one, input, data[(row * size)..((row + 1) * size)], 1), 1e-6);
        Close(all, Gradient(tight, input, data, rows), 1e-6);
    }

    [Fact]
    public void Run_WithSeedOfSeveralOutputs_IsTheWeightedSumOfTheirGradients()
    {
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model("fashion-cnn")), ModelSessionOptions.Default);
        var model = session.Gradient(new("logits", ["pixel_values"]), CancellationToken.None);
        ModelTensor[] inputs = [new("pixel_values", Draw(784, 4), [1, 28, 28])];
        float[] Of(params (int Class, float Weight)[] weights)
        {
            var seed = new float[10];
            foreach (var (index, weight) in weights)
                seed[index] = weight;
            return model.Run(inputs, 1, seed, null, CancellationToken.None).Gradients[0].Data;
        }

        var (first, second, both) = (Of((2, 1)), Of((7, 1)), Of((2, 0.5f), (7, -2)));

        Close(first.Zip(second, (a, b) => (0.5f * a) - (2 * b)).ToArray(), both, 1e-5);
    }

    [Fact]
    public void Run_OfOneFunctionInManyForms_GivesOneGradient()
    {
        // x·w + b, rectified, then squared and summed over columns: by MatMul or Gemm, Relu or Max or Clip or Where, in old opsets and new.
        var data = Draw(5 * 3, 5);
        var forms = new Dictionary<string, ModelProto>
        {
            ["Gemm, Relu, Pow"] = Form(13, [Node("Gemm", ["x", "w", "b"], ["z"]), Node("Relu", ["z"], ["r"]), Node("Pow", ["r", "two"], ["s"])]),
            ["opset 7"] = Form(7, [Node("Gemm", ["x", "w", "b"], ["z"]), Node("Relu", ["z"], ["r"]), Node("Mul", ["r", "r"], ["s"])], "attribute"),
            ["opset 9"] = Form(9, [Node("MatMul", ["x", "w"], ["m"]), Node("Add", ["m", "b"], ["z"]), Clip(), Node("Mul", ["r", "r"], ["s"])], "attribute"),
            ["opset 11"] = Form(11, [Node("MatMul", ["x", "w"], ["m"]), Node("Add", ["b", "m"], ["z"]), Node("Max", ["z", "zero"], ["r"]), Node("Mul", ["r", "r"], ["s"])], "attribute"),
            ["opset 15"] = Form(15, [Node("Gemm", ["x", "w", "b"], ["z"]), Node("Greater", ["z", "zero"], ["c"]), Node("Where", ["c", "z", "zero"], ["r"]), Node("Pow", ["r", "two"], ["s"])]),
            ["opset 18"] = Form(18, [Node("Gemm", ["x", "w", "b"], ["z"]), Node("Clip", ["z", "zero"], ["r"]), Node("Mul", ["r", "r"], ["s"])]),
            ["opset 21"] = Form(21, [Node("Einsum", ["x", "w"], ["m"], Attribute("equation", "ij,jk->ik")), Node("Sum", ["m", "b"], ["z"]), Node("Relu", ["z"], ["r"]), Node("Mul", ["r", "r"], ["s"])]),
        };
        using var folder = new ModelFolder();
        float[]? first = null;
        foreach (var (name, form) in forms)
        {
            using var session = ModelSession.Open(ModelFile.Read(folder.Write(form, name + ".onnx")), new(1, 64L << 20));
            var gradient = session.Gradient(new("y", ["x"]), CancellationToken.None)
                .Run([new("x", data, [3])], 5, [1, 1, 1, 1, 1], null, CancellationToken.None).Gradients[0].Data;
            first ??= gradient;
            Close(first, gradient, 1e-5);
        }

        static NodeProto Clip() => Node("Clip", ["z"], ["r"], new AttributeProto { Name = "min", Type = AttributeProto.Types.AttributeType.Float, F = 0 });
    }

    [Fact]
    public void Run_OfModelWithFixedBatch_GivesWhatTheOpenOneGives()
    {
        using var folder = new ModelFolder();
        var data = Draw(5 * 3, 6);
        var open = Form(13, [Node("Gemm", ["x", "w", "b"], ["z"]), Node("Tanh", ["z"], ["s"])]);
        var one = open.Clone();
        one.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue = 1;
        one.Graph.Output[0].Type.TensorType.Shape.Dim[0].DimValue = 1;
        float[] Run(ModelProto model, string name)
        {
            using var session = ModelSession.Open(ModelFile.Read(folder.Write(model, name)), new(1, 64L << 20));
            return session.Gradient(new("y", ["x"]), CancellationToken.None)
                .Run([new("x", data, [3])], 5, [1, 2, 3, 4, 5], null, CancellationToken.None).Gradients[0].Data;
        }

        Close(Run(open, "open.onnx"), Run(one, "one.onnx"), 1e-6);
    }

    [Fact]
    public void Run_WithTail_DifferentiatesTheScoreBehindIt()
    {
        using var folder = new ModelFolder();
        using var session = folder.Open(Of(Node("MatMul", ["x", "w"], ["y"])).Weights("w", [2, 3], 1, -2, 0.5f, 0.3f, 0.7f, -1)
            .Input("x", DataType.Float, "N", 2).Output("y", DataType.Float, "N", 3));
        float[] x = [0.4f, -0.8f];
        var logits = new[] { 0.4 - 0.24, -0.8 - 0.56, 0.2 + 0.8 };
        var total = logits.Sum(Math.Exp);
        var p = logits.Select(logit => Math.Exp(logit) / total).ToArray();
        double[,] w = { { 1, -2, 0.5 }, { 0.3, 0.7, -1 } };

        var batch = session.Gradient(new("y", ["x"]) { Tail = ScoreTail.Softmax }, CancellationToken.None)
            .Run([new("x", x, [2])], 1, [0, 1, 0], null, CancellationToken.None);

        // ∂p₁/∂x = p₁ (w₁ − Σ p·w).
        for (var i = 0; i < 2; i++)
            Assert.Equal(p[1] * (w[i, 1] - Enumerable.Range(0, 3).Sum(k => p[k] * w[i, k])), batch.Gradients[0].Data[i], 5);
        for (var k = 0; k < 3; k++)
            Assert.Equal(p[k], batch.Scores[k], 5);
    }

    [Fact]
    public void Run_WithLogOdds_UndoesTheLogisticFunction()
    {
        using var folder = new ModelFolder();
        using var session = folder.Open(Of(Node("MatMul", ["x", "w"], ["z"]), Node("Sigmoid", ["z"], ["y"])).Weights("w", [2, 1], 0.7f, -1.3f)
            .Input("x", DataType.Float, "N", 2).Output("y", DataType.Float, "N", 1));

        var batch = session.Gradient(new("y", ["x"]) { Tail = ScoreTail.LogOdds }, CancellationToken.None)
            .Run([new("x", Numbers(0.5f, 0.25f), [2])], 1, [1], null, CancellationToken.None);

        Close([0.7f, -1.3f], batch.Gradients[0].Data, 1e-5);
        Assert.Equal(0.35 - 0.325, batch.Scores[0], 5);
    }

    [Fact]
    public void Run_WithFedLayer_StartsFromThere()
    {
        using var folder = new ModelFolder();
        using var session = folder.Open(Of(Node("Mul", ["x", "x"], ["h"]), Node("Exp", ["h"], ["e"]), Node("ReduceSum", ["e"], ["y"], Attribute("keepdims", 1L)))
            .Input("x", DataType.Float, "N", 1).Output("y", DataType.Float, "N", 1));

        var batch = session.Gradient(new("e", ["h"]) { Feed = ["h"], Fetch = ["e", "h"] }, CancellationToken.None)
            .Run([new("h", Numbers(0.5f, 1f), [1])], 2, [1, 1], null, CancellationToken.None);

        Close([MathF.Exp(0.5f), MathF.E], batch.Gradients[0].Data, 1e-6);
        Close([MathF.Exp(0.5f), MathF.E], batch.Activations[0].Data, 1e-6);
        Assert.Equal([0.5f, 1f], batch.Activations[1].Data);
    }

    [Theory]
    [InlineData("spam-bow", 256)]
    [InlineData("spam-bert-tiny", 128)]
    public void Run_BehindAnEmbedding_AgreesWithFiniteDifferences(string name, int length)
    {
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model(name)), ModelSessionOptions.Default);
        ModelTensor[] inputs =
        [
            .. session.Inputs.Select(input => new ModelTensor(
                input.Name,
                Enumerable.Range(0, length).Select(i => input.Name.Contains("mask", StringComparison.Ordinal) ? 1L : input.Name.Contains("type", StringComparison.Ordinal) ? 0 : 1 + (i * 37 % 900)).ToArray(),
                [length])),
        ];
        // The table of words is the first one that is looked up.
        var layer = session.Layers(CancellationToken.None).First(layer => layer is { Operator: "Gather", ElementType: "float", Shape.Length: 3 });
        var output = session.Outputs[0].Name;
        var plain = session.Gradient(new(output, [layer.Name]) { Fetch = [layer.Name] }, CancellationToken.None);
        var seed = new float[plain.Width];
        seed[^1] = 1;

        var batch = plain.Run(inputs, 1, seed, null, CancellationToken.None);

        var (at, gradient) = (batch.Activations[0], batch.Gradients[0].Data);
        var fed = session.Gradient(new(output, [layer.Name]) { Feed = [layer.Name] }, CancellationToken.None);
        // Along the gradient itself the score rises by |g|² a unit.
        var norm = Math.Sqrt(gradient.Sum(value => (double)value * value));
        double Score(double step) => fed.Run(
            [.. inputs, new(layer.Name, at.Data.Zip(gradient, (value, slope) => value + (float)(step * slope / norm)).ToArray(), [.. at.RowShape])],
            1, seed, null, CancellationToken.None).Scores[^1];
        var difference = (Score(0.02) - Score(-0.02)) / 0.04;
        Assert.True(norm > 0);
        Assert.Equal(1, difference / norm, 0.01);
    }

    [Fact]
    public void Save_ThenOpenAnywhere_GivesOutputsAndGradients()
    {
        using var folder = new ModelFolder();
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model("digits-resnet")), ModelSessionOptions.Default);
        var input = session.Inputs[0].Name;
        var gradient = session.Gradient(new(session.Outputs[0].Name, [input]), CancellationToken.None);
        var path = Path.Combine(folder.Path, "model.grad.onnx");
        var data = Draw(256, 8);
        var seed = new float[10];
        seed[3] = 1;
        var expected = gradient.Run([new(input, data, [1, 16, 16])], 1, seed, null, CancellationToken.None);

        gradient.Save(path);

        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        ModelCheck.Check(model);
        var logits = session.Outputs[0].Name;
        Assert.Equal([input, $"{logits}_seed"], model.Graph.Input.Select(value => value.Name));
        Assert.Equal($"{input}_gradient", model.Graph.Output[^1].Name);
        using var saved = new CaseSession(model, DataType.Float);
        var results = saved.Run([logits, $"{input}_gradient"], new Dictionary<string, CaseTensor>
        {
            [input] = new(DataType.Undefined, [.. data.Select(value => (double)value)], [1, 1, 16, 16]),
            [$"{logits}_seed"] = new(DataType.Undefined, [.. seed.Select(value => (double)value)], [1, 10]),
        });
        Close([.. expected.Scores.Select(score => (float)score)], [.. results[0].Values.Select(score => (float)score)], 1e-5);
        Close(expected.Gradients[0].Data, [.. results[1].Values.Select(value => (float)value)], 1e-5);
    }

    [Fact]
    public void Save_WithWeightsInAnotherFile_WritesOneFile()
    {
        using var folder = new ModelFolder();
        folder.Write("weights.bin", new byte[] { 0, 0, 128, 63, 0, 0, 0, 64 });
        using var session = folder.Open(Of(Node("MatMul", ["x", "w"], ["y"])).External("w", [2, 1], ("location", "weights.bin"))
            .Input("x", DataType.Float, "N", 2).Output("y", DataType.Float, "N", 1));
        var gradient = session.Gradient(new("y", ["x"]), CancellationToken.None);
        var alone = Directory.CreateDirectory(Path.Combine(folder.Path, "alone")).FullName;

        gradient.Save(Path.Combine(alone, "model.onnx"));

        using var saved = OrtRuntime.Open(File.ReadAllBytes(Path.Combine(alone, "model.onnx")), alone);
        Assert.Equal([1f, 2f], gradient.Run([new("x", new float[2], [2])], 1, [1], null, CancellationToken.None).Gradients[0].Data);
    }

    [Fact]
    public void Run_OfModelWithFunctions_DifferentiatesTheirBodies()
    {
        // f(a) = a · tanh(scale · a), called twice.
        var model = Of(Node("Gate", ["x"], ["h"], Number("scale", 2)).In("local"), Node("Gate", ["h"], ["y"]).In("local"))
            .Input("x", DataType.Float, "N", 1).Output("y", DataType.Float, "N", 1);
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "local", Version = 1 });
        var scale = new AttributeProto { Name = "value_float", RefAttrName = "scale", Type = AttributeProto.Types.AttributeType.Float };
        model.Functions.Add(new FunctionProto
        {
            Name = "Gate",
            Domain = "local",
            Input = { "a" },
            Output = { "b" },
            AttributeProto = { Number("scale", 0.5f) },
            OpsetImport = { new OperatorSetIdProto { Version = 17 } },
            Node = { Node("Constant", [], ["s"], scale), Node("Mul", ["a", "s"], ["t"]), Node("Tanh", ["t"], ["u"]), Node("Mul", ["a", "u"], ["b"]) },
        });
        using var folder = new ModelFolder();
        using var session = folder.Open(model);

        var gradient = session.Gradient(new("y", ["x"]), CancellationToken.None).Run([new("x", Numbers(0.8f), [1])], 1, [1], null, CancellationToken.None);

        double F(double a, double s) => a * Math.Tanh(s * a);
        double Y(double x) => F(F(x, 2), 0.5);
        Assert.Equal((Y(0.8 + 1e-5) - Y(0.8 - 1e-5)) / 2e-5, gradient.Gradients[0].Data[0], 5);

        static AttributeProto Number(string name, float value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };
    }

    [Fact]
    public void Run_OfModelWithoutDeclaredShapes_IsMadeForTheShapesThatAreSeen()
    {
        var model = Of(Node("MatMul", ["x", "w"], ["z"]), Node("Tanh", ["z"], ["y"])).Weights("w", [2, 1], 0.5f, -2)
            .Input("x", DataType.Float).Output("y", DataType.Float, "N", 1);
        model.Graph.Input[0].Type.TensorType.Shape = null;
        using var folder = new ModelFolder();
        using var session = folder.Open(model);
        var gradient = session.Gradient(new("y", ["x"]), CancellationToken.None);

        var batch = gradient.Run([new("x", Numbers(0.1f, 0.2f, -0.3f, 0.4f), [2])], 2, [1, 1], null, CancellationToken.None);

        var slopes = new[] { (0.05 - 0.4), (-0.15 - 0.8) }.Select(z => 1 - (Math.Tanh(z) * Math.Tanh(z))).ToArray();
        Close([(float)(0.5 * slopes[0]), (float)(-2 * slopes[0]), (float)(0.5 * slopes[1]), (float)(-2 * slopes[1])], batch.Gradients[0].Data, 1e-5);
    }

    [Fact]
    public void Observed_InARun_KnowsShapesAndWhatIsComputedFromThem()
    {
        var model = Of(Node("Size", ["x"], ["n"]), Node("Reshape", ["n", "one"], ["v"]), Node("Concat", ["one", "v"], ["s"], Attribute("axis", 0L)), Node("Reshape", ["x", "s"], ["y"]))
            .Input("x", DataType.Float, "N", "M").Output("y", DataType.Float, "A", "B");
        model.Graph.Initializer.Add(new TensorProto { Name = "one", DataType = (int)DataType.Int64, Dims = { 1 }, Int64Data = { 1 } });
        var source = Models.Gradients.GradientSource.Prepare(model, "m", Path.GetTempPath());

        var seen = Models.Gradients.ObservedShapes.Observe(source, [new("x", new float[6], [6])])!;

        Assert.Equal("1,6", string.Join(',', seen.Facts["y"].Dims!.Value));
        Assert.Equal("1,6", string.Join(',', seen.Values["s"].Values));
        Assert.False(seen.Values.ContainsKey("y"));
    }

    private static ModelProto Form(int opset, NodeProto[] nodes, string? axes = null)
    {
        var reduce = axes is null ? Node("ReduceSum", ["s", "one"], ["y"]) : Node("ReduceSum", ["s"], ["y"], Attribute("axes", [1L]));
        var model = Of([.. nodes, reduce]).Weights("w", [3, 2], 0.5f, -1, 0.25f, 2, -0.75f, 1).Weights("b", [2], 0.1f, -0.2f)
            .Weights("two", [], 2).Weights("zero", [], 0).Input("x", DataType.Float, "N", 3).Output("y", DataType.Float, "N", 1);
        var one = new TensorProto { Name = "one", DataType = (int)DataType.Int64, Dims = { 1 }, Int64Data = { 1 } };
        model.Graph.Initializer.Add(one);
        model.OpsetImport[0].Version = opset;
        return model;
    }

    private static float[] Gradient(ModelSession session, SessionInput input, float[] data, int rows)
    {
        var model = session.Gradient(new(session.Outputs[0].Name, [input.Name]), CancellationToken.None);
        var seed = new float[rows * model.Width];
        for (var i = 0; i < seed.Length; i++)
            seed[i] = 1 + (i % model.Width);
        return model.Run([new(input.Name, data, [.. input.RowShape])], rows, seed, null, CancellationToken.None).Gradients[0].Data;
    }

    private static float[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    private static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double relative)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = 1e-6;
        foreach (var value in expected)
            scale = Math.Max(scale, Math.Abs(value));
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= relative * scale, $"[{i}] is {actual[i]}, not {expected[i]}.");
    }

    private static float[] Numbers(params float[] values) => values;
}
