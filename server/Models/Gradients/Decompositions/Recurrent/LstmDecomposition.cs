namespace ExplainLsp.Models.Gradients.Decompositions.Recurrent;

/// <summary>LSTM, unrolled: gates in the order i, o, f, c; peepholes; coupled input and forget gates; clipping.</summary>
internal sealed class LstmDecomposition : IDecomposition
{
    private static readonly string[] Standard = ["Sigmoid", "Tanh", "Tanh"];

    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["LSTM"];

    /// <inheritdoc/>
    public bool Decompose(DecompositionContext context)
    {
        var unrolling = new RecurrentUnrolling(context);
        var activations = new RecurrentActivations(context, Standard, unrolling.Directions);
        var outputs = new string[unrolling.Directions][];
        var last = new[] { new string[unrolling.Directions], new string[unrolling.Directions] };
        for (var direction = 0; direction < unrolling.Directions; direction++)
            (outputs[direction], last[0][direction], last[1][direction]) = Direction(context, unrolling, activations, direction);
        unrolling.Give(outputs, last);
        return true;
    }

    private static (string[] Outputs, string Hidden, string Cell) Direction(
        DecompositionContext context, RecurrentUnrolling unrolling, RecurrentActivations activations, int direction)
    {
        string? bias = null;
        if (context.Input(3) is not null)
        {
            var halves = unrolling.Gates(unrolling.Weights(3, direction), 2);
            bias = context.Add("Add", [halves[0], halves[1]]);
        }

        var projected = unrolling.Projected(direction, bias);
        var cell = new Cell(
            context,
            activations,
            direction * Standard.Length,
            context.Add("Transpose", [unrolling.Weights(2, direction)], ("perm", new long[] { 1, 0 })),
            context.Input(7) is null ? null : unrolling.Gates(unrolling.Weights(7, direction), 3));
        var outputs = new string[unrolling.Steps];
        var (h, c) = (unrolling.Initial(5, direction), unrolling.Initial(6, direction));
        for (var i = 0; i < unrolling.Steps; i++)
        {
            var step = unrolling.Backwards(direction) ? unrolling.Steps - 1 - i : i;
            var (hidden, state) = cell.Step(unrolling, projected[step], h, c);
            outputs[step] = hidden;
            (h, c) = (unrolling.Held(step, hidden, h), unrolling.Held(step, state, c));
        }

        return (outputs, h, c);
    }

    private sealed record Cell(DecompositionContext Context, RecurrentActivations Activations, int First, string Recurrence, IReadOnlyList<string>? Peepholes)
    {
        public (string Hidden, string State) Step(RecurrentUnrolling unrolling, string projected, string h, string c)
        {
            var gates = unrolling.Gates(Context.Add("Add", [projected, Context.Add("MatMul", [h, Recurrence])]), 4);
            var input = Gate(Peep(gates[0], 0, c), 0);
            var forget = Context.Integer("input_forget", 0) == 1
                ? Context.Add("Sub", [Context.Scalar(1, projected), input])
                : Gate(Peep(gates[2], 2, c), 0);
            var candidate = Gate(gates[3], 1);
            var state = Context.Add("Add", [Context.Add("Mul", [forget, c]), Context.Add("Mul", [input, candidate])]);
            var output = Gate(Peep(gates[1], 1, state), 0);
            return (Context.Add("Mul", [output, Activations.Apply(First + 2, state)]), state);
        }

        // Peepholes are stored in the order i, o, f.
        private string Peep(string gate, int which, string state) =>
            Peepholes is null ? gate : Context.Add("Add", [gate, Context.Add("Mul", [Peepholes[which], state])]);

        private string Gate(string x, int activation) => Activations.Apply(First + activation, Context.Clipped(x));
    }
}
