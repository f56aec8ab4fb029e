namespace ExplainLsp.Explainers.Shapley;

/// <summary>A reused buffer through which a solver asks a game for values, some thousand coalitions at a time.</summary>
/// <param name="game">The game.</param>
/// <param name="atLeast">Coalitions that must fit.</param>
internal sealed class CoalitionBlock(ICoalitionGame game, int atLeast = 0)
{
    private readonly bool[] coalitions = new bool[Math.Max(2048, atLeast) * Math.Max(1, game.Players)];
    private readonly double[] values = new double[Math.Max(2048, atLeast)];

    /// <summary>Coalitions that fit.</summary>
    public int Capacity => values.Length;

    /// <summary>The coalition at a place, to be written.</summary>
    public Span<bool> this[int index] => coalitions.AsSpan(index * game.Players, game.Players);

    /// <summary>The values of the first <paramref name="count"/> coalitions; valid until the next call.</summary>
    public ReadOnlySpan<double> Evaluate(int count, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        game.Evaluate(coalitions.AsSpan(0, count * game.Players), values.AsSpan(0, count), cancellation);
        return values.AsSpan(0, count);
    }

    /// <summary>The values of the empty and the full coalition.</summary>
    public (double Empty, double Full) EvaluateEnds(CancellationToken cancellation)
    {
        this[0].Clear();
        this[1].Fill(true);
        ReadOnlySpan<double> ends = Evaluate(2, cancellation);
        return (ends[0], ends[1]);
    }
}
