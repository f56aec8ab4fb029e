namespace ExplainLsp.Models.Gradients.Rules;

/// <summary><c>Split</c>: the parts' gradients in a row, zeros for parts that nothing depends on.</summary>
internal sealed class SplitRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["Split"];

    public void Differentiate(GradientContext context)
    {
        var count = context.Node.Output.Count;
        if (!context.Needs(0) || Enumerable.Range(0, count).All(output => context.Gradient(output) is null))
            return;
        var parts = Enumerable.Range(0, count).Select(output => context.Gradient(output) ?? context.ZerosLike(context.Output(output)));
        context.Give(0, context.Add("Concat", [.. parts], ("axis", context.Integer("axis", 0))));
    }
}
