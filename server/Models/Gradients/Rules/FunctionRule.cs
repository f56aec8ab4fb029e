namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// Functions of one number, applied to each element: dx = g · f′(x), with f′ written by the output y where that is cheaper. At kinks as
/// PyTorch does: the derivative of |x| at 0 is 0.
/// </summary>
internal sealed class FunctionRule : IGradientRule
{
    private static readonly Dictionary<string, Func<GradientContext, string, string, string>> Formula = new(StringComparer.Ordinal)
    {
        ["Neg"] = (c, g, x) => c.Add("Neg", [g]),
        ["Abs"] = (c, g, x) => c.Times(g, c.Add("Sign", [x])),
        ["Sqrt"] = (c, g, x) => c.Over(c.Times(g, 0.5), c.Output(0)),
        ["Exp"] = (c, g, x) => c.Times(g, c.Output(0)),
        ["Log"] = (c, g, x) => c.Over(g, x),
        ["Reciprocal"] = (c, g, x) => c.Add("Neg", [c.Times(g, c.Square(c.Output(0)))]),
        ["Sin"] = (c, g, x) => c.Times(g, c.Add("Cos", [x])),
        ["Cos"] = (c, g, x) => c.Add("Neg", [c.Times(g, c.Add("Sin", [x]))]),
        ["Tan"] = (c, g, x) => c.Times(g, c.Plus(c.Square(c.Output(0)), 1)),
        ["Asin"] = (c, g, x) => c.Over(g, c.Add("Sqrt", [c.OneMinus(c.Square(x))])),
        ["Acos"] = (c, g, x) => c.Over(c.Add("Neg", [g]), c.Add("Sqrt", [c.OneMinus(c.Square(x))])),
        ["Atan"] = (c, g, x) => c.Over(g, c.Plus(c.Square(x), 1)),
        // cosh x = sinh x / tanh x fails at 0; both have kernels in fewer types than exp.
        ["Sinh"] = (c, g, x) => c.Times(g, c.Times(c.Plus(c.Add("Exp", [x]), c.Add("Exp", [c.Add("Neg", [x])])), 0.5)),
        ["Cosh"] = (c, g, x) => c.Times(g, c.Times(c.Minus(c.Add("Exp", [x]), c.Add("Exp", [c.Add("Neg", [x])])), 0.5)),
        ["Asinh"] = (c, g, x) => c.Over(g, c.Add("Sqrt", [c.Plus(c.Square(x), 1)])),
        ["Acosh"] = (c, g, x) => c.Over(g, c.Add("Sqrt", [c.Plus(c.Square(x), -1)])),
        ["Atanh"] = (c, g, x) => c.Over(g, c.OneMinus(c.Square(x))),
        ["Erf"] = (c, g, x) => c.Times(g, c.Times(c.Add("Exp", [c.Add("Neg", [c.Square(x)])]), 2 / Math.Sqrt(Math.PI))),
        ["Sigmoid"] = (c, g, x) => c.Times(g, c.Times(c.Output(0), c.OneMinus(c.Output(0)))),
        ["Tanh"] = (c, g, x) => c.Times(g, c.OneMinus(c.Square(c.Output(0)))),
        ["Softplus"] = (c, g, x) => c.Times(g, c.Add("Sigmoid", [x])),
        ["Softsign"] = (c, g, x) => c.Over(g, c.Square(c.Plus(c.Add("Abs", [x]), 1))),
    };

    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = [.. Formula.Keys];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is { } gradient && context.Needs(0))
            context.Give(0, Formula[context.Node.OpType](context, gradient, context.Input(0)!));
    }
}
