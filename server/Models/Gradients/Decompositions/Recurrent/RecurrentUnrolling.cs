namespace ExplainLsp.Models.Gradients.Decompositions.Recurrent;

/// <summary>
/// What LSTM, GRU and RNN have in common: a step a time, both directions, initial states, sequence lengths, both layouts. The input's product
/// with its weights is one matrix product over all times; only what depends on the state is unrolled.
/// </summary>
internal sealed class RecurrentUnrolling
{
    private const int Longest = 2048;

    private readonly DecompositionContext _context;
    private readonly string[] _mask;

    /// <summary>Reads the node.</summary>
    /// <param name="context">The node.</param>
    /// <exception cref="ModelException">More steps than can be unrolled.</exception>
    public RecurrentUnrolling(DecompositionContext context)
    {
        _context = context;
        var batchFirst = context.Integer("layout", 0) == 1;
        var input = context.Input(0)!;
        Input = batchFirst ? context.Add("Transpose", [input], ("perm", new long[] { 1, 0, 2 })) : input;
        BatchFirst = batchFirst;
        if (context.Shape(input) is not { Length: 3 } shape || shape[batchFirst ? 1 : 0] < 1)
            throw context.NeedsShapes(input);
        Steps = (int)Math.Min(shape[batchFirst ? 1 : 0], int.MaxValue);
        if (Steps > Longest)
            throw context.Refuse($"it has {Steps:N0} steps; up to {Longest:N0} are unrolled");
        var recurrence = context.Input(2)!;
        Hidden = context.Integer("hidden_size", 0) is > 0 and var hidden ? hidden
            : context.Shape(recurrence) is [.., > 0 and var last] ? last : throw context.NeedsShapes(recurrence);
        Directions = context.Text("direction", "forward") == "bidirectional" ? 2 : 1;
        Like = input;
        _mask = context.Input(4) is { } lengths ? [.. Enumerable.Range(0, Steps).Select(step => Within(lengths, step))] : [];
    }

    /// <summary>The input, time first.</summary>
    public string Input { get; }

    /// <summary>A tensor of the element type of the states.</summary>
    public string Like { get; }

    /// <summary>Steps.</summary>
    public int Steps { get; }

    /// <summary>Elements of a state.</summary>
    public long Hidden { get; }

    /// <summary>1 or 2.</summary>
    public int Directions { get; }

    private bool BatchFirst { get; }

    /// <summary>Whether a direction runs from the last step to the first.</summary>
    public bool Backwards(int direction) => direction == 1 || _context.Text("direction", "forward") == "reverse";

    /// <summary>One direction of weights, without the direction's dimension.</summary>
    public string Weights(int input, int direction) => DirectionOf(_context.Input(input)!, direction, 0);

    /// <summary>The input's product with its weights at each step, bias added: tensors of batch × gates.</summary>
    /// <param name="direction">Which direction.</param>
    /// <param name="bias">A vector to add; null for none.</param>
    public IReadOnlyList<string> Projected(int direction, string? bias)
    {
        var weights = _context.Add("Transpose", [Weights(1, direction)], ("perm", new long[] { 1, 0 }));
        var all = _context.Add("MatMul", [Input, weights]);
        if (bias is not null)
            all = _context.Add("Add", [all, bias]);
        if (Steps == 1)
            return [_context.Add("Squeeze", [all, _context.Integers(0)])];
        var parts = _context.AddMany("Split", [all], Steps, ("axis", 0L), ("num_outputs", (long)Steps));
        return [.. parts.Select(part => _context.Add("Squeeze", [part, _context.Integers(0)]))];
    }

    /// <summary>The initial state of a direction, batch × hidden; zeros where the node has none.</summary>
    public string Initial(int input, int direction)
    {
        if (_context.Input(input) is { } given)
            return DirectionOf(given, direction, BatchFirst ? 1 : 0);
        var batch = _context.Add("Shape", [Input], ("start", 1L), ("end", 2L));
        return _context.Add("Expand", [_context.Scalar(0, Like), _context.Add("Concat", [batch, _context.Integers(Hidden)], ("axis", 0L))]);
    }

    /// <summary>The new state where the sequence still runs, the old one where it has ended.</summary>
    public string Held(int step, string state, string before) =>
        _mask.Length == 0 ? state : _context.Add("Where", [_mask[step], state, before]);

    /// <summary>Gives the node's outputs.</summary>
    /// <param name="outputs">By direction and step: hidden states as computed.</param>
    /// <param name="last">By state (hidden, cell) and direction: the final ones.</param>
    public void Give(string[][] outputs, string[][] last)
    {
        if (_context.HasOutput(0))
        {
            var zero = _context.Scalar(0, Like);
            var axis = _context.Integers(0, 1);
            var directions = outputs.Select(steps => Joined(
                [.. steps.Select((state, step) => _context.Add(
                    "Unsqueeze", [_mask.Length == 0 ? state : _context.Add("Where", [_mask[step], state, zero]), axis]))],
                0)).ToArray();
            var all = Joined(directions, 1);
            _context.Set(0, BatchFirst ? _context.Add("Transpose", [all], ("perm", new long[] { 2, 0, 1, 3 })) : all);
        }

        for (var i = 0; i < last.Length; i++)
        {
            if (!_context.HasOutput(i + 1))
                continue;
            var axis = BatchFirst ? 1 : 0;
            _context.Set(i + 1, Joined([.. last[i].Select(state => _context.Add("Unsqueeze", [state, _context.Integers(axis)]))], axis));
        }
    }

    /// <summary>Cuts a tensor into equal parts along its last dimension.</summary>
    public IReadOnlyList<string> Gates(string tensor, int count) =>
        _context.AddMany("Split", [tensor], count, ("axis", -1L), ("num_outputs", (long)count));

    private string Within(string lengths, int step)
    {
        var running = _context.Add("Less", [_context.Integers(step), _context.Add("Cast", [lengths], ("to", 7L))]);
        return _context.Add("Unsqueeze", [running, _context.Integers(1)]);
    }

    private string DirectionOf(string tensor, int direction, int axis)
    {
        if (Directions > 1)
            tensor = _context.Add("Slice", [tensor, _context.Integers(direction), _context.Integers(direction + 1), _context.Integers(axis)]);
        return _context.Add("Squeeze", [tensor, _context.Integers(axis)]);
    }

    private string Joined(string[] parts, int axis) => parts.Length == 1 ? parts[0] : _context.Add("Concat", parts, ("axis", (long)axis));
}
