using ExplainLsp.Models.Onnx;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients.Decompositions.Classical;

/// <summary>
/// The differentiable operators of ONNX-ML, as scikit-learn's exporters write them: Scaler ((x − offset) · scale), LinearRegressor and the
/// scores of LinearClassifier (x · Wᵀ + b, then softmax or logistic), Normalizer (each row by its L1, L2 or largest). A classifier keeps its
/// label as it was. One score for two classes, and other transforms, are left alone.
/// </summary>
internal sealed class LinearModelDecomposition : IDecomposition
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } =
        ["ai.onnx.ml.Scaler", "ai.onnx.ml.LinearRegressor", "ai.onnx.ml.LinearClassifier", "ai.onnx.ml.Normalizer"];

    /// <inheritdoc/>
    public bool Decompose(DecompositionContext context) => context.Node.OpType switch
    {
        "Scaler" => Scaler(context),
        "LinearRegressor" => Regressor(context),
        "LinearClassifier" => Classifier(context),
        _ => Normalizer(context),
    };

    private static bool Scaler(DecompositionContext context)
    {
        var x = Floats(context);
        if (context.Numbers("offset") is { Length: > 0 } offset)
            x = context.Add("Sub", [x, Constant(context, offset, [offset.Length])]);
        if (context.Numbers("scale") is { Length: > 0 } scale)
            x = context.Add("Mul", [x, Constant(context, scale, [scale.Length])]);
        context.Set(0, x);
        return true;
    }

    private static bool Regressor(DecompositionContext context)
    {
        if (Transform(context) is not "NONE" || Scores(context, (int)context.Integer("targets", 1)) is not { } scores)
            return false;
        context.Set(0, scores);
        return true;
    }

    private static bool Classifier(DecompositionContext context)
    {
        var classes = Math.Max(context.IntegerList("classlabels_ints")?.Length ?? 0, context.Texts("classlabels_strings")?.Length ?? 0);
        var transform = Transform(context);
        if (transform is not ("NONE" or "SOFTMAX" or "LOGISTIC") || Scores(context, classes) is not { } scores)
            return false;
        if (transform == "SOFTMAX")
            scores = context.Add("Softmax", [scores], ("axis", -1L));
        else if (transform == "LOGISTIC")
            scores = context.Add("Sigmoid", [scores]);
        context.Set(1, scores);
        if (context.HasOutput(0))
        {
            var label = context.Node.Clone();
            label.Output[1] = context.Graph.Fresh("scores");
            context.Add(label);
        }

        return true;
    }

    private static bool Normalizer(DecompositionContext context)
    {
        var x = Floats(context);
        var axis = context.Integers(-1);
        var length = context.Text("norm", "MAX") switch
        {
            "L1" => context.Add("ReduceSum", [context.Add("Abs", [x]), axis], ("keepdims", 1L)),
            "L2" => context.Add("Sqrt", [context.Add("ReduceSum", [context.Add("Mul", [x, x]), axis], ("keepdims", 1L))]),
            _ => context.Add("ReduceMax", [x, axis], ("keepdims", 1L)),
        };

        // A row without length stays as it is.
        var none = context.Add("Equal", [length, Constant(context, [0], [])]);
        context.Set(0, context.Add("Div", [x, context.Add("Where", [none, Constant(context, [1], []), length])]));
        return true;
    }

    /// <summary>x · Wᵀ + b; null when there are not as many rows of coefficients as scores.</summary>
    private static string? Scores(DecompositionContext context, int count)
    {
        if (context.Numbers("coefficients") is not { Length: > 0 } coefficients || count < 1 || coefficients.Length % count != 0)
            return null;
        var features = coefficients.Length / count;
        if (context.Shape(context.Input(0)!) is not [_, var columns] || columns != features)
            return null;
        var intercepts = context.Numbers("intercepts");
        if (intercepts is { Length: > 0 } && intercepts.Length != count)
            return null;
        var bias = Constant(context, intercepts is { Length: > 0 } ? intercepts : new float[count], [count]);
        return context.Add("Gemm", [Floats(context), Constant(context, coefficients, [count, features]), bias], ("transB", 1L));
    }

    private static string Transform(DecompositionContext context) => context.Text("post_transform", "NONE");

    private static string Floats(DecompositionContext context) => context.Graph.Type(context.Input(0)!) == DataType.Float
        ? context.Input(0)!
        : context.Add("Cast", [context.Input(0)], ("to", (long)DataType.Float));

    private static string Constant(DecompositionContext context, float[] values, long[] shape)
    {
        var tensor = new TensorProto { DataType = (int)DataType.Float };
        tensor.Dims.AddRange(shape);
        tensor.FloatData.AddRange(values);
        return context.Add("Constant", [], ("value", tensor));
    }
}
