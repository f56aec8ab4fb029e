using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Pow: dx = g·p·x^(p−1), 0 where p is 0; dp = g·y·ln x, 0 where x is not positive.</summary>
internal sealed class PowerRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["Pow"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        var (x, power) = (context.Input(0)!, context.Input(1)!);
        if (context.Needs(0))
            context.Give(0, context.ReduceTo(context.Times(gradient, Slope(context, x, power)), x));
        if (!context.Needs(1))
            return;
        var positive = context.Above(x, 0);
        var logarithm = context.Add("Log", [context.Choose(positive, x, context.Scalar(1, x))]);
        context.Give(1, context.ReduceTo(context.Times(context.Times(gradient, context.Output(0)), logarithm), power));
    }

    private static string Slope(GradientContext context, string x, string power)
    {
        if (context.Constant(power) is { Values: [var p] } constant && constant.Shape.Length == 0)
        {
            return p switch
            {
                0 => context.ZerosLike(x),
                1 => context.ExpandedLike(context.Scalar(1, x), x),
                2 => context.Times(x, 2),
                _ => context.Times(context.Power(x, p - 1), p),
            };
        }

        if (context.Type(power) is var type && type != context.Type(x) && type is not DataType.Undefined)
            power = context.Add("Cast", [power], ("to", (long)context.Type(x)));
        var slope = context.Times(power, context.Add("Pow", [x, context.Plus(power, -1)]));
        return context.ExceptWhere(context.Add("Equal", [power, context.Scalar(0, power)]), slope);
    }
}
