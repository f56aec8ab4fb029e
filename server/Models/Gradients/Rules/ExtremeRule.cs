namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Max and Min of tensors that are broadcast: the gradient goes to the winner; those that tie share it equally, as torch.maximum does.</summary>
internal sealed class ExtremeRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["Max", "Min"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        var count = context.Node.Input.Count;
        if (count == 1)
        {
            context.Give(0, gradient);
            return;
        }

        var winners = Enumerable.Range(0, count).Select(Winner).ToArray();
        var share = context.Over(gradient, winners.Aggregate(context.Plus));
        for (var i = 0; i < count; i++)
        {
            if (context.Needs(i))
                context.Give(i, context.ReduceTo(context.Times(share, winners[i]), context.Input(i)!));
        }

        string Winner(int input) =>
            context.Add("Cast", [context.Add("Equal", [context.Input(input)!, context.Output(0)])], ("to", (long)context.Type(gradient)));
    }
}
