namespace ExplainLsp.Models.Gradients.Decompositions.Recurrent;

/// <summary>RNN, unrolled.</summary>
internal sealed class RnnDecomposition : IDecomposition
{
    private static readonly string[] Standard = ["Tanh"];

    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["RNN"];

    /// <inheritdoc/>
    public bool Decompose(DecompositionContext context)
    {
        var unrolling = new RecurrentUnrolling(context);
        var activations = new RecurrentActivations(context, Standard, unrolling.Directions);
        var outputs = new string[unrolling.Directions][];
        var last = new string[unrolling.Directions];
        for (var direction = 0; direction < unrolling.Directions; direction++)
        {
            string? bias = null;
            if (context.Input(3) is not null)
            {
                var halves = unrolling.Gates(unrolling.Weights(3, direction), 2);
                bias = context.Add("Add", [halves[0], halves[1]]);
            }

            var projected = unrolling.Projected(direction, bias);
            var recurrence = context.Add("Transpose", [unrolling.Weights(2, direction)], ("perm", new long[] { 1, 0 }));
            outputs[direction] = new string[unrolling.Steps];
            var h = unrolling.Initial(5, direction);
            for (var i = 0; i < unrolling.Steps; i++)
            {
                var step = unrolling.Backwards(direction) ? unrolling.Steps - 1 - i : i;
                var sum = context.Add("Add", [projected[step], context.Add("MatMul", [h, recurrence])]);
                outputs[direction][step] = activations.Apply(direction, context.Clipped(sum));
                h = unrolling.Held(step, outputs[direction][step], h);
            }

            last[direction] = h;
        }

        unrolling.Give(outputs, [last]);
        return true;
    }
}
