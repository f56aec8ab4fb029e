namespace ExplainLsp.Models.Gradients.Decompositions.Recurrent;

/// <summary>GRU, unrolled: gates in the order z, r, h; the reset gate before or behind the linear transformation.</summary>
internal sealed class GruDecomposition : IDecomposition
{
    private static readonly string[] Standard = ["Sigmoid", "Tanh"];

    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["GRU"];

    /// <inheritdoc/>
    public bool Decompose(DecompositionContext context)
    {
        var unrolling = new RecurrentUnrolling(context);
        var activations = new RecurrentActivations(context, Standard, unrolling.Directions);
        var outputs = new string[unrolling.Directions][];
        var last = new string[unrolling.Directions];
        for (var direction = 0; direction < unrolling.Directions; direction++)
            (outputs[direction], last[direction]) = Direction(context, unrolling, activations, direction);
        unrolling.Give(outputs, [last]);
        return true;
    }

    private static (string[] Outputs, string Hidden) Direction(
        DecompositionContext context, RecurrentUnrolling unrolling, RecurrentActivations activations, int direction)
    {
        var halves = context.Input(3) is null ? null : unrolling.Gates(unrolling.Weights(3, direction), 2);
        var projected = unrolling.Projected(direction, halves?[0]);
        var recurrence = context.Add("Transpose", [unrolling.Weights(2, direction)], ("perm", new long[] { 1, 0 }));
        var split = context.Integers(2 * unrolling.Hidden, unrolling.Hidden);
        var matrices = context.AddMany("Split", [recurrence, split], 2, ("axis", 1L));
        var biases = halves is null ? null : (IReadOnlyList<string>)context.AddMany("Split", [halves[1], split], 2, ("axis", 0L));
        var cell = new Cell(context, activations, direction * Standard.Length, matrices, biases, split);
        var outputs = new string[unrolling.Steps];
        var h = unrolling.Initial(5, direction);
        for (var i = 0; i < unrolling.Steps; i++)
        {
            var step = unrolling.Backwards(direction) ? unrolling.Steps - 1 - i : i;
            outputs[step] = cell.Step(unrolling, projected[step], h);
            h = unrolling.Held(step, outputs[step], h);
        }

        return (outputs, h);
    }

    private sealed record Cell(
        DecompositionContext Context, RecurrentActivations Activations, int First, IReadOnlyList<string> Matrices, IReadOnlyList<string>? Biases, string Split)
    {
        public string Step(RecurrentUnrolling unrolling, string projected, string h)
        {
            var input = Context.AddMany("Split", [projected, Split], 2, ("axis", -1L));
            var gates = unrolling.Gates(Gate(Context.Add("Add", [input[0], Recurrent(h, 0)]), 0), 2);
            var (update, reset) = (gates[0], gates[1]);
            var recurrent = Context.Integer("linear_before_reset", 0) != 0
                ? Context.Add("Mul", [reset, Recurrent(h, 1)])
                : Recurrent(Context.Add("Mul", [reset, h]), 1);
            var candidate = Gate(Context.Add("Add", [input[1], recurrent]), 1);

            // (1 − z)·candidate + z·h
            var move = Context.Add("Mul", [Context.Add("Sub", [Context.Scalar(1, h), update]), candidate]);
            return Context.Add("Add", [move, Context.Add("Mul", [update, h])]);
        }

        private string Recurrent(string h, int which)
        {
            var product = Context.Add("MatMul", [h, Matrices[which]]);
            return Biases is null ? product : Context.Add("Add", [product, Biases[which]]);
        }

        private string Gate(string x, int activation) => Activations.Apply(First + activation, Context.Clipped(x));
    }
}
