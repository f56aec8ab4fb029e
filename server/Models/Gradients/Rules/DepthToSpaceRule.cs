namespace ExplainLsp.Models.Gradients.Rules;

/// <summary><c>DepthToSpace</c> and <c>SpaceToDepth</c> undo each other; the CRD order is DCR with its channels reordered.</summary>
internal sealed class DepthToSpaceRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["DepthToSpace", "SpaceToDepth"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient || !context.Needs(0))
            return;
        var block = context.Integer("blocksize", 1);
        if (context.Node.OpType == "SpaceToDepth")
        {
            context.Give(0, context.Add("DepthToSpace", [gradient], ("blocksize", block), ("mode", "DCR")));
            return;
        }

        var depth = context.Add("SpaceToDepth", [gradient], ("blocksize", block));
        context.Give(0, context.Text("mode", "DCR") == "DCR" ? depth : Reordered(context, depth, block));
    }

    // [block², C] to [C, block²].
    private static string Reordered(GradientContext context, string depth, long block)
    {
        var input = context.Input(0)!;
        if (context.Shape(input) is not { } shape || shape[1] < 0)
            throw context.NeedsShapes(input);
        var (cells, channels) = (block * block, shape[1] / (block * block));
        var order = new long[shape[1]];
        for (var channel = 0L; channel < channels; channel++)
        {
            for (var cell = 0L; cell < cells; cell++)
                order[(channel * cells) + cell] = (cell * channels) + channel;
        }

        return context.Add("Gather", [depth, context.Integers(order)], ("axis", 1L));
    }
}
