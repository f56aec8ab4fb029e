using ExplainLsp.Models.Onnx;
using static ExplainLsp.Models.Tests.TinyModel;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients.Rules;

/// <summary>Operators that ONNX Runtime fused from others.</summary>
internal sealed class FusionCases : IGradientCases
{
    public IEnumerable<GradientCase> Cases() => [.. Activations(), .. Normalisations(), .. Products(), .. Attention()];

    private static IEnumerable<GradientCase> Activations()
    {
        yield return Case("Gelu", "by erf").Input("x", [2, 3], -2, 2).Node(Fused("Gelu", ["x"]));
        yield return Case("QuickGelu", "by sigmoid").Input("x", [2, 3], -2, 2).Node(Fused("QuickGelu", ["x"]));
        yield return Case("FastGelu", "by tanh").Input("x", [2, 3], -2, 2).Node(Fused("FastGelu", ["x"]));
        yield return Case("FastGelu", "with a bias").Input("x", [2, 3], -2, 2).Input("b", [3]).Node(Fused("FastGelu", ["x", "b"]));
        yield return Case("BiasGelu", "with a bias").Input("x", [2, 3], -2, 2).Input("b", [3]).Node(Fused("BiasGelu", ["x", "b"]));
    }

    private static IEnumerable<GradientCase> Normalisations()
    {
        yield return Case("SkipLayerNormalization", "with a bias").Input("x", [2, 2, 3]).Input("s", [2, 2, 3], -0.4, 1.5).Input("g", [3]).Input("b", [3]).Input("c", [3])
            .Node(Fused("SkipLayerNormalization", ["x", "s", "g", "b", "c"]));
        yield return Case("SkipSimplifiedLayerNormalization", "no bias").Input("x", [2, 2, 3]).Input("s", [2, 2, 3], -0.4, 1.5).Input("g", [3])
            .Node(Fused("SkipSimplifiedLayerNormalization", ["x", "s", "g"]));
        yield return new GradientCase("SimplifiedLayerNormalization", 17, "last axis").Input("x", [2, 2, 3]).Input("g", [3])
            .Node("SimplifiedLayerNormalization", ["x", "g"], ["y"], Attribute("axis", -1L));
        var embed = Fused("EmbedLayerNormalization", ["i", "", "w", "p", "", "g", "b"]);
        embed.Output.Add("m");
        yield return Case("EmbedLayerNormalization", "words and places").Other("i", DataType.Int32, [2, 3], 0, 3, 1, 3, 3, 2)
            .Weights("w", [4, 3], 0.3, -0.2, 0.9, -0.7, 0.4, 0.1, 0.8, -0.5, 0.6, -0.1, 0.2, -0.9).Weights("p", [3, 3], 0.5, -0.4, 0.1, 0.7, 0.2, -0.6, -0.3, 0.9, 0.4)
            .Input("g", [3]).Input("b", [3]).Node(embed).WithFixedShapes();
    }

    private static IEnumerable<GradientCase> Products()
    {
        foreach (var (a, b) in new[] { (0L, 0L), (1, 0), (0, 1), (1, 1) })
        {
            yield return Case("FusedMatMul", $"transposes {a} {b}").Input("a", a == 0 ? [2, 2, 3] : [2, 3, 2]).Input("b", b == 0 ? [2, 3, 2] : [2, 2, 3])
                .Node(Fused("FusedMatMul", ["a", "b"], Attribute("transA", a), Attribute("transB", b), Single("alpha", 0.5f)));
        }

        yield return Case("FusedGemm", "leaky rectifier").Input("a", [2, 3]).Input("b", [3, 2]).Input("c", [2])
            .Node(Fused("FusedGemm", ["a", "b", "c"], Attribute("activation", "LeakyRelu"), Single("activation_alpha", 0.2f))).WithStep(1e-3);
        yield return Case("FusedConv", "relu").Input("x", [1, 2, 3, 3]).Input("w", [2, 2, 2, 2]).Input("b", [2])
            .Node(Fused("FusedConv", ["x", "w", "b"], Attribute("kernel_shape", 2L, 2L), Attribute("activation", "Relu"))).WithStep(1e-3).NeedsShapes();
    }

    private static IEnumerable<GradientCase> Attention()
    {
        yield return Case("Attention", "a mask").Input("x", [2, 3, 4]).Input("w", [4, 12]).Input("b", [12]).Constant("m", DataType.Int32, [2, 3], 1, 1, 1, 1, 1, 0)
            .Node(Fused("Attention", ["x", "w", "b", "m"], Attribute("num_heads", 2L)));
        yield return Case("MultiHeadAttention", "keys of their own").Input("q", [2, 2, 4]).Input("k", [2, 3, 4]).Input("v", [2, 3, 4])
            .Node(Fused("MultiHeadAttention", ["q", "k", "v"], Attribute("num_heads", 2L)));
    }

    private static GradientCase Case(string type, string what) => new("com.microsoft." + type, 17, what);

    private static NodeProto Fused(string type, string[] inputs, params AttributeProto[] attributes) => Node(type, inputs, ["y"], attributes).In("com.microsoft");

    private static AttributeProto Single(string name, float value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };
}
