namespace ExplainLsp.Models.Gradients.Decompositions.ControlFlow;

/// <summary>Scan, unrolled over the length of what it scans.</summary>
internal sealed class ScanDecomposition : IDecomposition
{
    private const int Longest = 1024;

    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["Scan"];

    /// <inheritdoc/>
    public bool Decompose(DecompositionContext context)
    {
        var body = context.Attribute("body")?.G ?? throw context.Refuse("it has no body");
        var scanned = (int)context.Integer("num_scan_inputs", 0);
        var states = context.Node.Input.Count - scanned;
        var axes = Axes(context, "scan_input_axes", scanned, states);
        var length = Length(context, states, axes);
        var backwards = context.IntegerList("scan_input_directions") ?? new long[scanned];
        var pieces = new IReadOnlyList<string>[scanned];
        for (var i = 0; i < scanned; i++)
            pieces[i] = Slices(context, context.Input(states + i)!, axes[i], length);

        var carried = Enumerable.Range(0, states).Select(i => context.Input(i)!).ToArray();
        var collected = Enumerable.Range(0, body.Output.Count - states).Select(_ => new List<string>()).ToArray();
        for (var step = 0; step < length; step++)
        {
            var now = pieces.Select((slices, i) => slices[backwards[i] == 1 ? length - 1 - step : step]);
            var outputs = SubgraphCopy.Into(context, body, [.. carried, .. now]);
            carried = outputs[..states];
            for (var i = 0; i < collected.Length; i++)
                collected[i].Add(outputs[states + i]);
        }

        for (var i = 0; i < states; i++)
            context.Set(i, carried[i]);
        Give(context, states, collected);
        return true;
    }

    private static void Give(DecompositionContext context, int states, List<string>[] collected)
    {
        var axes = context.IntegerList("scan_output_axes") ?? new long[collected.Length];
        var backwards = context.IntegerList("scan_output_directions") ?? new long[collected.Length];
        for (var i = 0; i < collected.Length; i++)
        {
            if (!context.HasOutput(states + i))
                continue;
            if (backwards[i] == 1)
                collected[i].Reverse();
            var axis = context.Integers(axes[i]);
            var parts = collected[i].Select(part => context.Add("Unsqueeze", [part, axis])).ToArray();
            context.Set(states + i, parts.Length == 1 ? parts[0] : context.Add("Concat", parts, ("axis", axes[i])));
        }
    }

    private static int Length(DecompositionContext context, int states, long[] axes)
    {
        var first = context.Input(states)!;
        if (context.Shape(first) is not { } shape || shape[(int)axes[0]] < 1)
            throw context.NeedsShapes(first);
        var length = shape[(int)axes[0]];
        return length <= Longest ? (int)length : throw context.Refuse($"it makes {length:N0} steps; up to {Longest:N0} are unrolled");
    }

    private static long[] Axes(DecompositionContext context, string attribute, int count, int states)
    {
        var axes = context.IntegerList(attribute) ?? new long[count];
        for (var i = 0; i < count; i++)
        {
            if (axes[i] < 0)
                axes[i] += context.Shape(context.Input(states + i)!)?.Length ?? throw context.NeedsShapes(context.Input(states + i)!);
        }

        return axes;
    }

    private static IReadOnlyList<string> Slices(DecompositionContext context, string tensor, long axis, int length)
    {
        var parts = length == 1
            ? [tensor]
            : (IReadOnlyList<string>)context.AddMany("Split", [tensor], length, ("axis", axis), ("num_outputs", (long)length));
        return [.. parts.Select(part => context.Add("Squeeze", [part, context.Integers(axis)]))];
    }
}
