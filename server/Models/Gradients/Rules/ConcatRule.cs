namespace ExplainLsp.Models.Gradients.Rules;

/// <summary><c>Concat</c>: every input gets its part back.</summary>
internal sealed class ConcatRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["Concat"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        var inputs = context.Node.Input;
        var axis = context.Integer("axis", 0);
        if (axis < 0)
            axis += context.Rank(context.Output(0));
        var parts = context.AddMany("Split", [gradient, Sizes(context, axis)], inputs.Count, ("axis", axis));
        for (var i = 0; i < inputs.Count; i++)
        {
            if (context.Needs(i))
                context.Give(i, parts[i]);
        }
    }

    private static string Sizes(GradientContext context, long axis)
    {
        var known = context.Node.Input.Select(input => context.Shape(input) is { } shape ? shape[(int)axis] : -1).ToArray();
        if (!known.Contains(-1))
            return context.Integers(known);
        var sizes = context.Node.Input.Select((input, i) => known[i] >= 0
            ? context.Integers(known[i])
            : context.Add("Shape", [input], ("start", axis), ("end", axis + 1)));
        return context.Add("Concat", [.. sizes], ("axis", 0L));
    }
}
