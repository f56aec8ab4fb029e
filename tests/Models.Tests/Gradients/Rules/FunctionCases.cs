using ExplainLsp.Models.Onnx;
using AttributeType = ExplainLsp.Models.Onnx.AttributeProto.Types.AttributeType;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients.Rules;

/// <summary>Functions applied to each element, activations, choices and softmax.</summary>
internal sealed class FunctionCases : IGradientCases
{
    // Domain in which the function is smooth enough for differences.
    private static readonly (string Operator, int[] Opsets, double Low, double High)[] Functions =
    [
        ("Neg", [7, 13], -1, 1), ("Abs", [7, 13], -1, 1), ("Sqrt", [7, 13], 0.5, 2), ("Exp", [7, 13], -1, 1), ("Log", [7, 13], 0.5, 2),
        ("Reciprocal", [7, 13], 0.5, 2), ("Sin", [7], -2, 2), ("Cos", [7], -2, 2), ("Tan", [7], -1, 1), ("Asin", [7], -0.7, 0.7),
        ("Acos", [7], -0.7, 0.7), ("Atan", [7], -2, 2), ("Sinh", [9], -1, 1), ("Cosh", [9], -1, 1), ("Asinh", [9], -1, 1),
        ("Acosh", [9], 1.5, 3), ("Atanh", [9], -0.6, 0.6), ("Erf", [9, 13], -1, 1), ("Sigmoid", [7, 13], -3, 3), ("Tanh", [7, 13], -2, 2),
        ("Softplus", [7], -3, 3), ("Softsign", [7], -2, 2), ("Relu", [7, 13, 14], -1, 1), ("LeakyRelu", [7, 16], -1, 1), ("Elu", [7], -1, 1),
        ("Selu", [7], -1, 1), ("Celu", [12], -1, 1), ("HardSigmoid", [7], -4, 4), ("HardSwish", [14], -5, 5), ("Mish", [18], -2, 2),
        ("ThresholdedRelu", [10], -3, 3), ("Shrink", [9], -2, 2), ("Gelu", [20], -2, 2), ("Sign", [9, 13], -1, 1), ("Floor", [7, 13], -2, 2),
        ("Ceil", [7, 13], -2, 2), ("Round", [11], -2, 2), ("Identity", [7, 14, 16], -1, 1),
    ];

    private static readonly HashSet<string> Kinked =
        ["Abs", "Relu", "LeakyRelu", "Elu", "Selu", "Celu", "HardSigmoid", "HardSwish", "ThresholdedRelu", "Shrink", "Sign", "Floor", "Ceil", "Round", "Softsign"];

    public IEnumerable<GradientCase> Cases() => [.. OneInput(), .. Attributes(), .. Choices(), .. Powers(), .. Softmaxes()];

    private static IEnumerable<GradientCase> OneInput()
    {
        foreach (var (type, opsets, low, high) in Functions)
        {
            foreach (var opset in opsets)
            {
                foreach (var shape in new long[][] { [2, 7], [1], [], [0, 2] })
                {
                    var one = new GradientCase(type, opset, $"[{string.Join(',', shape)}]").Input("x", shape, low, high).Node(type, ["x"], ["y"]);
                    // Shrink computes in single precision whatever its type.
                    yield return type == "Shrink" ? one.WithStep(0.01) : Kinked.Contains(type) ? one.WithStep(1e-3) : one;
                }
            }
        }
    }

    private static IEnumerable<GradientCase> Attributes()
    {
        yield return One("LeakyRelu", 16, "α 0.3", Number("alpha", 0.3f));
        yield return One("Elu", 7, "α 1.7", Number("alpha", 1.7f));
        yield return One("Celu", 12, "α 1.7", Number("alpha", 1.7f));
        yield return One("Selu", 7, "α 1.2, γ 0.8", Number("alpha", 1.2f), Number("gamma", 0.8f));
        yield return One("HardSigmoid", 7, "α 0.7, β 0.4", Number("alpha", 0.7f), Number("beta", 0.4f));
        yield return One("ThresholdedRelu", 10, "α 0.25", Number("alpha", 0.25f));
        yield return One("Shrink", 9, "λ 0.3, bias 0.2", Number("lambd", 0.3f), Number("bias", 0.2f)).WithStep(0.01);
        yield return new GradientCase("Gelu", 20, "by tanh").Input("x", [2, 7], -2, 2).Node("Gelu", ["x"], ["y"], TinyModel.Attribute("approximate", "tanh"));
        yield return new GradientCase("Dropout", 7, "of opset 7").Input("x", [2, 3]).Node("Dropout", ["x"], ["y"], Number("ratio", 0.4f));
        yield return new GradientCase("Dropout", 10, "of opset 10, with mask").Input("x", [2, 3]).Node("Dropout", ["x"], ["y", "mask"]);
        yield return new GradientCase("Dropout", 13, "a ratio as input").Input("x", [2, 3]).Weights("ratio", [], 0.4).Node("Dropout", ["x", "ratio"], ["y"]);
        yield return new GradientCase("Cast", 9, "through half the digits").Input("x", [2, 3])
            .Node("Cast", ["x"], ["z"], TinyModel.Attribute("to", (long)DataType.Double)).Node("Mul", ["z", "z"], ["w"])
            .Node("Cast", ["w"], ["y"], TinyModel.Attribute("to", (long)DataType.Float)).From("y");
        foreach (var slope in new long[][] { [2, 3, 2], [3, 1], [1], [1, 3, 1] })
        {
            yield return new GradientCase("PRelu", 9, $"slope [{string.Join(',', slope)}]").Input("x", [2, 3, 2]).Input("s", slope, 0.1, 0.9)
                .Node("PRelu", ["x", "s"], ["y"]).WithStep(1e-3);
        }
    }

    private static IEnumerable<GradientCase> Choices()
    {
        foreach (var opset in new[] { 8, 12, 13 })
        {
            foreach (var type in new[] { "Max", "Min" })
            {
                yield return new GradientCase(type, opset, "two").Input("a", [2, 5]).Input("b", [5], -0.9, 1.15).Node(type, ["a", "b"], ["y"]).WithStep(1e-3);
                yield return new GradientCase(type, opset, "three").Input("a", [2, 5]).Input("b", [2, 1], -0.9, 1.15).Input("c", [], 0.03, 0.1)
                    .Node(type, ["a", "b", "c"], ["y"]).WithStep(1e-3);
                yield return new GradientCase(type, opset, "one").Input("a", [2, 5]).Node(type, ["a"], ["y"]);
            }

            yield return new GradientCase("Sum", opset, "three").Input("a", [2, 3]).Input("b", [3]).Input("c", [2, 1]).Node("Sum", ["a", "b", "c"], ["y"]);
            yield return new GradientCase("Mean", opset, "three").Input("a", [2, 3]).Input("b", [3]).Input("c", [2, 1]).Node("Mean", ["a", "b", "c"], ["y"]);
        }

        yield return new GradientCase("Where", 9, "both sides").Other("c", DataType.Bool, [2, 1], 1, 0).Input("a", [3]).Input("b", [2, 3]).Node("Where", ["c", "a", "b"], ["y"]);
        yield return new GradientCase("Where", 16, "a scalar").Other("c", DataType.Bool, [2, 3], 1, 0, 1, 1, 0, 0).Input("a", []).Input("b", [2, 3])
            .Node("Where", ["c", "a", "b"], ["y"]);
        yield return new GradientCase("Clip", 7, "bounds as attributes").Input("x", [2, 5]).Node("Clip", ["x"], ["y"], Number("min", -0.45f), Number("max", 0.55f)).WithStep(1e-3);
        yield return new GradientCase("Clip", 7, "one bound as attribute").Input("x", [2, 5]).Node("Clip", ["x"], ["y"], Number("min", -0.45f)).WithStep(1e-3);
        yield return new GradientCase("Clip", 11, "bounds as inputs").Input("x", [2, 5]).Input("low", [], -0.46, -0.45).Input("high", [], 0.55, 0.56)
            .Node("Clip", ["x", "low", "high"], ["y"]).WithStep(1e-3);
        yield return new GradientCase("Clip", 13, "an upper bound").Input("x", [2, 5]).Weights("high", [], 0.55).Node("Clip", ["x", "", "high"], ["y"]).WithStep(1e-3);
        yield return new GradientCase("Mod", 13, "fmod").Input("a", [2, 3], 1.1, 4.7).Input("b", [3], 0.83, 0.97).Node("Mod", ["a", "b"], ["y"], TinyModel.Attribute("fmod", 1L)).WithStep(1e-3);
    }

    private static IEnumerable<GradientCase> Powers()
    {
        foreach (var power in new[] { 0.0, 0.5, 1, 2, 3, -1.5 })
            yield return new GradientCase("Pow", 13, $"to the {power}").Input("x", [2, 3], 0.5, 2).Weights("p", [], power).Node("Pow", ["x", "p"], ["y"]);
        yield return new GradientCase("Pow", 7, "a negative base, squared").Input("x", [2, 3], -2, 2).Weights("p", [1], 2).Node("Pow", ["x", "p"], ["y"]);
        yield return new GradientCase("Pow", 15, "both inputs").Input("x", [2, 3], 0.5, 2).Input("p", [3], -1, 2).Node("Pow", ["x", "p"], ["y"]);
        yield return new GradientCase("Pow", 12, "an integer power").Input("x", [2, 3], -2, 2).Integers("p", [3], 1, 2, 3).Node("Pow", ["x", "p"], ["y"]);
    }

    private static IEnumerable<GradientCase> Softmaxes()
    {
        foreach (var type in new[] { "Softmax", "LogSoftmax" })
        {
            foreach (var opset in new[] { 7, 11, 13 })
            {
                yield return new GradientCase(type, opset, "default axis").Input("x", [2, 5], -2, 2).Node(type, ["x"], ["y"]);
                foreach (var axis in new[] { 0L, 1, 2, -1, -2 })
                {
                    if (axis < 0 && opset < 11)
                        continue;
                    yield return new GradientCase(type, opset, $"axis {axis} of 3").Input("x", [2, 3, 2], -2, 2).Node(type, ["x"], ["y"], TinyModel.Attribute("axis", axis));
                }
            }

            yield return new GradientCase(type, 13, "one element").Input("x", [3, 1]).Node(type, ["x"], ["y"]);
        }
    }

    private static GradientCase One(string type, int opset, string what, params AttributeProto[] attributes) =>
        new GradientCase(type, opset, what).Input("x", [2, 7], -2, 2).Node(type, ["x"], ["y"], attributes).WithStep(1e-3);

    private static AttributeProto Number(string name, float value) => new() { Name = name, Type = AttributeType.Float, F = value };
}
