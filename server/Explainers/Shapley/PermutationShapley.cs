using ExplainLsp.Explainers.Sampling;

namespace ExplainLsp.Explainers.Shapley;

/// <summary>
/// Shapley values as mean marginal contributions along random orders of the players (Castro et al. 2009), each order walked forwards
/// and backwards (antithetic pairs; Mitchell et al. 2022), as SHAP's PermutationExplainer does. The values of every pair add up to
/// v(all) − v(none), so the mean does too.
/// </summary>
/// <remarks>
/// The standard error is the sample deviation of the pairs' values over √pairs: pairs are independent and identically distributed, so
/// it estimates the deviation of the mean without bias in its square.
/// </remarks>
/// <param name="players">0 or more.</param>
/// <param name="pairs">Orders drawn, 2 or more (1 gives no standard error).</param>
/// <param name="seed">The seed; each order has its own stream.</param>
/// <param name="standardError">Stops once the largest standard error is this or less, in the game's unit; null for all orders.</param>
public sealed class PermutationShapley(int players, int pairs, long seed, double? standardError = null) : IShapleySolver
{
    private const long Stream = 0x7065726D;

    // A deviation seen in fewer orders may be small by chance.
    private const int FewestOrders = 8;

    /// <summary>Coalitions that one order takes: its proper beginnings and its proper ends.</summary>
    public static long EvaluationsPerPair(int players) => 2L * Math.Max(0, players - 1);

    // One or two players: the first pair is already all there is to know.
    private int Orders => players <= 2 ? 1 : pairs;

    /// <inheritdoc/>
    public long Evaluations => players == 0 ? 2 : 2 + (Orders * EvaluationsPerPair(players));

    /// <inheritdoc/>
    public ShapleyValues Solve(ICoalitionGame game, CancellationToken cancellation) => Solve(game, null, cancellation);

    /// <inheritdoc/>
    public ShapleyValues Solve(ICoalitionGame game, Action<ShapleyValues>? sofar, CancellationToken cancellation)
    {
        int perPair = (int)EvaluationsPerPair(players);
        var block = new CoalitionBlock(game, perPair);
        (double empty, double full) = block.EvaluateEnds(cancellation);
        double[] mean = new double[players];
        double[] squares = new double[players];
        double[] pair = new double[players];
        int pairsPerBlock = sofar is null && standardError is null ? Math.Max(1, block.Capacity / Math.Max(1, perPair)) : 1;
        int done = 0;
        while (done < Orders && players > 0)
        {
            int count = Math.Min(pairsPerBlock, Orders - done);
            int[][] orders = new int[count][];
            for (int i = 0; i < count; i++)
            {
                orders[i] = new SeededRandom(seed, Stream, done + i).Permutation(players);
                WriteWalk(orders[i], block, i * perPair);
            }
            ReadOnlySpan<double> values = perPair == 0 ? [] : block.Evaluate(count * perPair, cancellation);
            for (int i = 0; i < count; i++)
            {
                Contributions(orders[i], values.Slice(i * perPair, perPair), empty, full, pair);
                done++;
                for (int player = 0; player < players; player++)
                {
                    // Welford: the running mean and the sum of squared deviations from it.
                    double off = pair[player] - mean[player];
                    mean[player] += off / done;
                    squares[player] += off * (pair[player] - mean[player]);
                }
            }
            if (done >= FewestOrders && StandardErrors(squares, done) is { } reached && reached.Max() <= standardError)
                break;
            if (sofar is not null && done < Orders)
                sofar(new ShapleyValues([.. mean], StandardErrors(squares, done), empty, full));
        }
        return new ShapleyValues(mean, StandardErrors(squares, done), empty, full);
    }

    private double[]? StandardErrors(double[] squares, int orders)
    {
        if (orders < 2)
            return null;
        double[] errors = new double[players];
        for (int player = 0; player < players; player++)
            errors[player] = Math.Sqrt(squares[player] / (orders - 1) / orders);
        return errors;
    }

    /// <summary>First the n − 1 proper beginnings of the order, then the n − 1 proper beginnings of its reverse.</summary>
    private void WriteWalk(int[] order, CoalitionBlock block, int at)
    {
        for (int size = 1; size < players; size++)
        {
            Span<bool> forwards = block[at + size - 1];
            Span<bool> backwards = block[at + players - 2 + size];
            forwards.Clear();
            backwards.Clear();
            for (int i = 0; i < size; i++)
            {
                forwards[order[i]] = true;
                backwards[order[players - 1 - i]] = true;
            }
        }
    }

    private void Contributions(int[] order, ReadOnlySpan<double> values, double empty, double full, double[] result)
    {
        Array.Clear(result);
        ReadOnlySpan<double> forwards = values[..(players - 1)];
        ReadOnlySpan<double> backwards = values[(players - 1)..];
        for (int i = 0; i < players; i++)
        {
            result[order[i]] += 0.5 * (Step(forwards, i + 1) - Step(forwards, i));
            result[order[players - 1 - i]] += 0.5 * (Step(backwards, i + 1) - Step(backwards, i));
        }

        double Step(ReadOnlySpan<double> walk, int size) => size == 0 ? empty : size == players ? full : walk[size - 1];
    }
}
