using System.Numerics;

namespace ExplainLsp.Explainers.Shapley;

/// <summary>
/// Shapley values from all 2ⁿ coalitions: φᵢ = Σ_S |S|!(n−|S|−1)!/n! · (v(S∪i) − v(S)) over the coalitions S without i (Shapley 1953).
/// </summary>
/// <param name="players">0 to <see cref="LargestGame"/>.</param>
public sealed class ExactShapley(int players) : IShapleySolver
{
    /// <summary>The most players that can be: 2²⁴ values are 128 MiB.</summary>
    public const int LargestGame = 24;

    /// <inheritdoc/>
    public long Evaluations => 1L << players;

    /// <inheritdoc/>
    public ShapleyValues Solve(ICoalitionGame game, CancellationToken cancellation) => Solve(game, null, cancellation);

    /// <inheritdoc/>
    public ShapleyValues Solve(ICoalitionGame game, Action<ShapleyValues>? sofar, CancellationToken cancellation)
    {
        double[] values = EvaluateAll(game, cancellation);
        double[] shapley = new double[players];
        double[] weights = Weights();
        for (int player = 0; player < players; player++)
        {
            int bit = 1 << player;
            double sum = 0;
            for (int coalition = 0; coalition < values.Length; coalition++)
            {
                if ((coalition & 0xFFFFF) == 0)
                    cancellation.ThrowIfCancellationRequested();
                if ((coalition & bit) == 0)
                    sum += weights[BitOperations.PopCount((uint)coalition)] * (values[coalition | bit] - values[coalition]);
            }
            shapley[player] = sum;
        }
        return new ShapleyValues(shapley, null, values[0], values[^1]);
    }

    private double[] EvaluateAll(ICoalitionGame game, CancellationToken cancellation)
    {
        double[] values = new double[1 << players];
        var block = new CoalitionBlock(game);
        for (int start = 0; start < values.Length; start += block.Capacity)
        {
            int count = Math.Min(block.Capacity, values.Length - start);
            for (int i = 0; i < count; i++)
            {
                Span<bool> coalition = block[i];
                for (int player = 0; player < players; player++)
                    coalition[player] = ((start + i) >> player & 1) != 0;
            }
            block.Evaluate(count, cancellation).CopyTo(values.AsSpan(start));
        }
        return values;
    }

    /// <summary>s!(n−s−1)!/n! = 1 / (n · C(n−1, s)).</summary>
    private double[] Weights()
    {
        double[] weights = new double[players];
        var others = new Combinations(Math.Max(0, players - 1));
        for (int size = 0; size < players; size++)
            weights[size] = 1 / (players * others.Count(size));
        return weights;
    }
}
