using ExplainLsp.Models.Onnx;
using static ExplainLsp.Models.Tests.TinyModel;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients.Decompositions;

/// <summary>What an operator is decomposed into gives the numbers of ONNX Runtime's own kernel for it.</summary>
public class DecompositionTests
{
    private static readonly string[] RecurrentOutputs = ["Y", "Y_h", "Y_c"];

    [Theory]
    [InlineData("forward", 0, false, 0f)]
    [InlineData("reverse", 0, true, 0f)]
    [InlineData("bidirectional", 0, true, 0f)]
    [InlineData("bidirectional", 0, false, 0.4f)]
    [InlineData("forward", 1, false, 0f)]
    public void Lstm_AnyForm_IsTheKernels(string direction, int coupled, bool lengths, float clip)
    {
        var directions = direction == "bidirectional" ? 2 : 1;
        var node = Node(
            "LSTM", ["X", "W", "R", "B", lengths ? "lengths" : "", "h", "c", "P"], RecurrentOutputs,
            Attribute("hidden_size", 4L), Attribute("direction", direction), Attribute("input_forget", (long)coupled));
        if (clip > 0)
            node.Attribute.Add(new AttributeProto { Name = "clip", F = clip, Type = AttributeProto.Types.AttributeType.Float });

        Same(new OperatorRun(node).Random("X", 5, 3, 2).Random("W", directions, 16, 2).Random("R", directions, 16, 4).Random("B", directions, 32)
            .Random("h", directions, 3, 4).Random("c", directions, 3, 4).Random("P", directions, 12).Integers("lengths", [3], 5, 2, 3));
    }

    [Theory]
    [InlineData("forward", 0, false)]
    [InlineData("reverse", 1, true)]
    [InlineData("bidirectional", 1, true)]
    [InlineData("bidirectional", 0, false)]
    public void Gru_AnyForm_IsTheKernels(string direction, int linear, bool lengths)
    {
        var directions = direction == "bidirectional" ? 2 : 1;
        var node = Node(
            "GRU", ["X", "W", "R", "B", lengths ? "lengths" : "", "h"], RecurrentOutputs[..2],
            Attribute("hidden_size", 4L), Attribute("direction", direction), Attribute("linear_before_reset", (long)linear));

        Same(new OperatorRun(node).Random("X", 5, 3, 2).Random("W", directions, 12, 2).Random("R", directions, 12, 4).Random("B", directions, 24)
            .Random("h", directions, 3, 4).Integers("lengths", [3], 5, 2, 3));
    }

    [Theory]
    [InlineData("forward", "Relu")]
    [InlineData("reverse", "Softsign")]
    [InlineData("bidirectional", "Affine")]
    [InlineData("bidirectional", "ScaledTanh")]
    public void Rnn_AnyActivation_IsTheKernels(string direction, string activation)
    {
        var directions = direction == "bidirectional" ? 2 : 1;
        string[] activations = [.. Enumerable.Repeat(activation, directions)];
        var node = Node(
            "RNN", ["X", "W", "R"], RecurrentOutputs[..2],
            Attribute("hidden_size", 4L), Attribute("direction", direction), Attribute("activations", activations));
        if (activation is "Affine" or "ScaledTanh")
        {
            node.Attribute.Add(Attribute("activation_alpha", [.. Enumerable.Repeat(0.7f, directions)]));
            node.Attribute.Add(Attribute("activation_beta", [.. Enumerable.Repeat(0.3f, directions)]));
        }

        Same(new OperatorRun(node).Random("X", 5, 3, 2).Random("W", directions, 4, 2).Random("R", directions, 4, 4));
    }

    [Theory]
    [InlineData("Gelu", 1)]
    [InlineData("BiasGelu", 2)]
    [InlineData("FastGelu", 1)]
    [InlineData("FastGelu", 2)]
    [InlineData("QuickGelu", 1)]
    public void Gelu_Fused_IsTheKernels(string type, int inputs) =>
        Same(new OperatorRun(Node(type, inputs == 2 ? ["x", "b"] : ["x"], ["y"]).In("com.microsoft")).Random("x", 3, 5).Random("b", 5));

    [Theory]
    [InlineData("SkipLayerNormalization")]
    [InlineData("SkipSimplifiedLayerNormalization")]
    public void SkipNormalisation_WithBias_IsTheKernels(string type) =>
        Same(new OperatorRun(Node(
                type, type[4] == 'L' ? ["x", "skip", "gamma", "beta", "bias"] : ["x", "skip", "gamma", "bias"], ["y", "", "", "sum"]).In("com.microsoft"))
            .Random("x", 2, 3, 4).Random("skip", 2, 3, 4).Random("gamma", 4).Random("beta", 4).Random("bias", 4));

    [Fact]
    public void SimplifiedNormalisation_OfTheDefaultDomain_IsTheKernels() =>
        Same(new OperatorRun(Node("SimplifiedLayerNormalization", ["x", "gamma"], ["y"], Attribute("axis", -1L))).Random("x", 2, 3, 4).Random("gamma", 4));

    [Fact]
    public void Embedding_WithSegmentsAndMask_IsTheKernels() =>
        Same(new OperatorRun(Node("EmbedLayerNormalization", ["ids", "segments", "words", "positions", "table", "gamma", "beta", "mask"], ["y", "count"]).In("com.microsoft"))
            .Integers("ids", [2, 3], 1, 4, 0, 2, 2, 3).Integers("segments", [2, 3], 0, 0, 1, 0, 1, 1).Integers("mask", [2, 3], 1, 1, 1, 1, 1, 0)
            .Random("words", 5, 4).Random("positions", 6, 4).Random("table", 2, 4).Random("gamma", 4).Random("beta", 4));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    public void FusedMatMul_Transposed_IsTheKernels(int first, int second)
    {
        var node = Node("FusedMatMul", ["a", "b"], ["y"], Attribute("transA", (long)first), Attribute("transB", (long)second)).In("com.microsoft");
        node.Attribute.Add(new AttributeProto { Name = "alpha", F = 0.5f, Type = AttributeProto.Types.AttributeType.Float });

        Same(new OperatorRun(node).Random("a", first == 1 ? [2, 4, 3] : [2, 3, 4]).Random("b", second == 1 ? [2, 5, 4] : [2, 4, 5]));
    }

    [Theory]
    [InlineData("Relu")]
    [InlineData("LeakyRelu")]
    [InlineData("Clip")]
    public void FusedConv_WithSkip_IsTheKernels(string activation)
    {
        var node = Node("FusedConv", ["x", "w", "b", "z"], ["y"], Attribute("kernel_shape", 3L, 3L), Attribute("pads", 1L, 1, 1, 1), Attribute("activation", activation))
            .In("com.microsoft");
        if (activation != "Relu")
            node.Attribute.Add(Attribute("activation_params", activation == "Clip" ? [-0.2f, 0.6f] : [0.1f]));

        Same(new OperatorRun(node).Random("x", 1, 2, 4, 4).Random("w", 3, 2, 3, 3).Random("b", 3).Random("z", 1, 3, 4, 4));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("keys", 0)]
    [InlineData("lengths", 0)]
    [InlineData(null, 1)]
    public void Attention_Masked_IsTheKernels(string? mask, int causal) =>
        Same(new OperatorRun(Node(
                "Attention", ["x", "w", "b", mask ?? ""], ["y"], Attribute("num_heads", 2L), Attribute("unidirectional", (long)causal)).In("com.microsoft"))
            .Random("x", 2, 3, 4).Random("w", 4, 12).Random("b", 12).Integers("keys", [2, 3], 1, 1, 1, 1, 1, 0).Integers("lengths", [2], 3, 2));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MultiHeadAttention_OfKeysOfTheirOwn_IsTheKernels(bool padded) =>
        Same(new OperatorRun(Node(
                "MultiHeadAttention", ["q", "k", "v", "b", padded ? "keys" : ""], ["y"], Attribute("num_heads", 2L)).In("com.microsoft"))
            .Random("q", 2, 3, 4).Random("k", 2, 5, 4).Random("v", 2, 5, 4).Random("b", 12)
            .Integers("keys", [2, 5], 1, 1, 1, 1, 1, 1, 1, 0, 0, 0));

    [Theory]
    [InlineData("LayerNormalization", 3)]
    [InlineData("InstanceNormalization", 3)]
    [InlineData("MeanVarianceNormalization", 1)]
    [InlineData("LpNormalization", 1)]
    public void Normalisation_InPieces_IsTheKernels(string type, int inputs)
    {
        var size = type[0] == 'L' ? 4 : 3;
        Same(new OperatorRun(Node(type, ((string[])["x", "s", "b"])[..inputs], ["y"])).Random("x", 2, 3, 5, 4).Random("s", size).Random("b", size));
    }

    [Theory]
    [InlineData("ReduceL1")]
    [InlineData("ReduceL2")]
    [InlineData("ReduceSumSquare")]
    public void Reduction_InPieces_IsTheKernels(string type) =>
        Same(new OperatorRun(Node(type, ["x", "axes"], ["y"], Attribute("keepdims", 0L))).Random("x", 2, 3, 4).Longs("axes", [2], 0, -1));

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void LocalResponse_InPieces_IsTheKernels(int size)
    {
        var node = Node("LRN", ["x"], ["y"], Attribute("size", (long)size));
        node.Attribute.Add(new AttributeProto { Name = "alpha", F = 0.7f, Type = AttributeProto.Types.AttributeType.Float });
        Same(new OperatorRun(node).Random("x", 2, 5, 3, 3));
    }

    [Fact]
    public void Scan_BothWays_IsTheKernels()
    {
        var body = new GraphProto { Name = "body" };
        body.Input.Add([Value("state", DataType.Float, 3), Value("item", DataType.Float, 3)]);
        body.Node.Add([Node("Mul", ["state", "outer"], ["m"]), Node("Add", ["m", "item"], ["next"]), Node("Tanh", ["next"], ["seen"])]);
        body.Output.Add([Value("next", DataType.Float, 3), Value("seen", DataType.Float, 3)]);
        var node = Node(
            "Scan", ["s", "x"], ["last", "all"],
            Attribute("num_scan_inputs", 1L), Attribute("scan_input_axes", [1L]), Attribute("scan_input_directions", [1L]), Attribute("scan_output_axes", [1L]));
        node.Attribute.Add(new AttributeProto { Name = "body", G = body, Type = AttributeProto.Types.AttributeType.Graph });

        Same(new OperatorRun(node).Random("s", 3).Random("x", 3, 4).Random("outer", 3));
    }

    [Fact]
    public void Loop_FixedTrips_IsTheKernels()
    {
        var body = new GraphProto { Name = "body" };
        body.Input.Add([Value("i", DataType.Int64), Value("go", DataType.Bool), Value("state", DataType.Float, 3)]);
        body.Node.Add([
            Node("Identity", ["go"], ["on"]), Node("Cast", ["i"], ["f"], Attribute("to", 1L)), Node("Add", ["state", "f"], ["a"]), Node("Mul", ["a", "outer"], ["next"]),
            Node("Sin", ["next"], ["seen"])]);
        body.Output.Add([Value("on", DataType.Bool), Value("next", DataType.Float, 3), Value("seen", DataType.Float, 3)]);
        var node = Node("Loop", ["trips", "", "s"], ["last", "all"]);
        node.Attribute.Add(new AttributeProto { Name = "body", G = body, Type = AttributeProto.Types.AttributeType.Graph });

        Same(new OperatorRun(node).Longs("trips", [], 4).Random("s", 3).Random("outer", 3));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void If_KnownCondition_IsTheBranchThatRuns(bool condition)
    {
        var node = Node("If", ["c"], ["y"]);
        foreach (var (name, type) in new[] { ("then_branch", "Sin"), ("else_branch", "Cos") })
        {
            var branch = new GraphProto { Name = name };
            branch.Node.Add([Node("Mul", ["x", "x"], ["t"]), Node(type, ["t"], ["r"])]);
            branch.Output.Add(Value("r", DataType.Float, 3));
            node.Attribute.Add(new AttributeProto { Name = name, G = branch, Type = AttributeProto.Types.AttributeType.Graph });
        }

        Same(new OperatorRun(node).Truth("c", condition).Random("x", 3));
    }

    private static void Same(OperatorRun run)
    {
        foreach (var (expected, actual) in run.Original().Zip(run.Decomposed()))
        {
            Assert.Equal(expected.Length, actual.Length);
            for (var i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], actual[i], 2e-6f);
        }
    }
}
