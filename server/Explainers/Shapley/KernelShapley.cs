using System.Numerics.Tensors;
using ExplainLsp.Explainers.Numerics;

namespace ExplainLsp.Explainers.Shapley;

/// <summary>
/// KernelSHAP (Lundberg and Lee 2017): Shapley values as a weighted least squares fit of an additive game to the values of coalitions,
/// with the sum held at v(all) − v(none). Coalitions come in complementary pairs (Covert and Lee 2021), without replacement, weighted
/// by leverage scores (Musco and Witter 2024; <see cref="PairStrata"/>). Exact when the budget covers all coalitions.
/// </summary>
/// <remarks>
/// <para>With Δ = v(all) − v(none), z the indicator of S, z′ = z − |S|/n and φ = Δ/n + ψ where Σψ = 0, a pair gives one equation:
/// z′·ψ = o = ½ (v(S) − v(not S) − Δ (2|S| − n)/n). Its weight is the Shapley kernel (n−1) / (C(n,s) s (n−s)) of its coalitions over
/// the chance of being drawn; the binomial coefficient cancels, so 200 columns are no harder than 2.</para>
/// <para>The standard error is that of a stratified sample without replacement (linearised, "sandwich"): with residuals e = o − z′·ψ and
/// G = Σ w z′z′ᵀ a pair moves the estimate by G⁻¹ w z′ e; the variance of a stratum's sum is m/(m−1) · Σ (each − mean)² · (1 − m/M) for
/// m of M pairs; complete strata add none. Residuals are divided by √(1 − leverage) (HC2; MacKinnon and White 1985), because the fit
/// bends towards its own sample. It estimates the deviation over seeds, not the bias of order 1/m that every such ratio has.</para>
/// </remarks>
public sealed class KernelShapley : IShapleySolver
{
    private readonly int players;
    private readonly long seed;
    private readonly double? standardError;
    private readonly bool controlVariate;
    private readonly PairStrata? strata;
    private ulong[][]? drawn;

    /// <summary>A solver. It may solve many games of as many players; the coalitions are drawn once for all.</summary>
    /// <param name="players">0 or more.</param>
    /// <param name="evaluations">Coalitions to evaluate, at least <see cref="FewestEvaluations"/>; what exceeds 2ⁿ is not used.</param>
    /// <param name="seed">The seed of the coalitions that are drawn.</param>
    /// <param name="standardError">Stops once the largest standard error is this or less, in the game's unit; null for the whole budget.</param>
    /// <param name="controlVariate">Whether a proxy fitted to what was seen takes noise away (<see cref="TripleProxy"/>).</param>
    public KernelShapley(int players, long evaluations, long seed, double? standardError = null, bool controlVariate = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(evaluations, FewestEvaluations(players));
        this.players = players;
        this.seed = seed;
        this.standardError = standardError;
        this.controlVariate = controlVariate;
        strata = players < 2 ? null : PairStrata.Allocate(players, (evaluations - 2) / 2);
    }

    /// <inheritdoc/>
    public long Evaluations => 2 + (2 * (strata?.Pairs ?? 0));

    /// <summary>Whether every coalition is evaluated, so that the values are exact.</summary>
    public bool IsExact => strata is null || strata.IsComplete;

    /// <summary>The smallest budget that gives an estimate with its error: about four evaluations a player, or all coalitions.</summary>
    public static long FewestEvaluations(int players) => players < 2 ? 2 : 2 + (2 * PairStrata.FewestPairs(players));

    /// <summary>Bytes that a pair takes while it is drawn, seen and weighed: its bits, its value, and its place among those drawn before.</summary>
    public static long BytesPerPair(int players) => (PairSampler.Words(players) * sizeof(ulong)) + sizeof(double) + (4 * sizeof(int));

    /// <inheritdoc/>
    public ShapleyValues Solve(ICoalitionGame game, CancellationToken cancellation) => Solve(game, null, cancellation);

    /// <inheritdoc/>
    public ShapleyValues Solve(ICoalitionGame game, Action<ShapleyValues>? sofar, CancellationToken cancellation)
    {
        var block = new CoalitionBlock(game);
        (double empty, double full) = block.EvaluateEnds(cancellation);
        double delta = full - empty;
        if (strata is null)
            return new ShapleyValues(players == 0 ? [] : [delta], null, empty, full);

        drawn ??= [.. strata.All.Select(stratum => PairSampler.Draw(stratum, players, seed, cancellation))];
        PairSample[] samples = [.. strata.All.Select((stratum, i) => new PairSample(stratum, players, drawn[i]))];
        // Single players are all seen first, so that every estimate on the way has a solution.
        ReadOnlySpan<double> rounds = standardError is not null ? Doublings() : sofar is null ? [1.0] : [0.125, 0.25, 0.5, 1.0];
        foreach (double round in rounds)
        {
            foreach (PairSample sample in samples)
            {
                // Two at least of every size: without them its error is not seen.
                int wanted = Math.Max(Math.Min(sample.Count, 2), (int)Math.Ceiling(round * sample.Count));
                Observe(sample, sample.Stratum.Members == 1 ? sample.Count : wanted, delta, block, cancellation);
            }
            if (round == 1 || samples.All(sample => sample.Seen == sample.Count))
                break;
            if (standardError is null && sofar is null)
                continue;
            (double[] soFar, double[]? soFarErrors) = Fit(samples, delta, standardError is not null, cancellation);
            if (soFarErrors is not null && soFarErrors.Max() <= standardError)
                return new ShapleyValues(soFar, soFarErrors, empty, full);
            sofar?.Invoke(new ShapleyValues(soFar, null, empty, full));
        }
        (double[] values, double[]? errors) = Fit(samples, delta, true, cancellation);
        return new ShapleyValues(values, errors, empty, full);
    }

    /// <summary>Shares of the budget, each twice the one before, from about four evaluations a player on.</summary>
    private double[] Doublings()
    {
        double first = Math.Min(1, 2.0 * FewestEvaluations(players) / Evaluations);
        List<double> shares = [];
        for (double share = first; share < 1; share *= 1.4)
            shares.Add(share);
        return [.. shares, 1];
    }

    /// <summary>The values that fit what was seen, with their standard errors where they are asked for.</summary>
    private (double[] Values, double[]? Errors) Fit(PairSample[] samples, double delta, bool withErrors, CancellationToken cancellation)
    {
        // Over all coalitions Σ w z′z′ᵀ is (n−1)/n times the projection on Σψ = 0; so is its expectation over samples.
        double scale = (players - 1.0) / players;
        foreach (PairSample sample in samples)
            Array.Clear(sample.Explained);
        double[] values = RightSide(samples, cancellation);
        double[]? errors = null;
        if (samples.All(sample => sample.IsComplete))
        {
            for (int player = 0; player < players; player++)
                values[player] /= scale;
        }
        else
        {
            double[] normal = NormalMatrix(samples, scale, cancellation);
            Cholesky factor = Cholesky.TryFactor(normal, players, cancellation)
                ?? throw new InvalidOperationException("The regression has no solution although all single players are in it.");
            factor.Solve(values);
            if (controlVariate && Explain(samples, values, cancellation))
            {
                values = RightSide(samples, cancellation);
                factor.Solve(values);
            }
            if (withErrors)
                errors = StandardErrors(samples, values, factor.Inverse(cancellation), cancellation);
        }

        double mean = values.Sum() / players;
        for (int player = 0; player < players; player++)
            values[player] += (delta / players) - mean;
        return (values, errors);
    }

    /// <summary>Lets a proxy explain part of what was seen; false where it cannot.</summary>
    private bool Explain(PairSample[] samples, double[] fit, CancellationToken cancellation)
    {
        int pairs = samples.Sum(sample => sample.Seen), at = 0;
        int[] largest = [.. Enumerable.Range(0, players).OrderByDescending(i => Math.Abs(fit[i])).ThenBy(i => i).Take(TripleProxy.MostPlayers).Order()];
        double[][] signs = [.. largest.Select(_ => new double[pairs])];
        double[] residuals = new double[pairs], weights = new double[pairs], row = new double[players];
        bool[] complete = new bool[pairs];
        foreach (PairSample sample in samples)
        {
            // A pair moves the estimate by w z′ e.
            double weight = sample.Weight * sample.Weight * sample.Stratum.Members * (players - sample.Stratum.Members) / players;
            for (int pair = 0; pair < sample.Seen; pair++, at++)
            {
                sample.Centre(pair, row);
                for (int i = 0; i < largest.Length; i++)
                    signs[i][at] = sample.Holds(pair, largest[i]) ? 1 : -1;
                residuals[at] = sample.Observed[pair] - Vectors.Dot(row, fit);
                (weights[at], complete[at]) = (weight, sample.IsComplete);
            }
        }
        if (TripleProxy.CrossFit(signs, residuals, weights, complete, cancellation) is not { } proxy)
            return false;
        at = 0;
        foreach (PairSample sample in samples)
        {
            proxy.AsSpan(at, sample.Seen).CopyTo(sample.Explained);
            at += sample.Seen;
        }
        return true;
    }

    /// <summary>Evaluates the pairs of a stratum up to a number.</summary>
    private void Observe(PairSample sample, int upTo, double delta, CoalitionBlock block, CancellationToken cancellation)
    {
        double offset = delta * ((2.0 * sample.Stratum.Members) - players) / players;
        int pairsPerBlock = block.Capacity / 2;
        while (sample.Seen < upTo)
        {
            int start = sample.Seen;
            int count = Math.Min(pairsPerBlock, upTo - start);
            for (int i = 0; i < count; i++)
            {
                Span<bool> coalition = block[2 * i];
                Span<bool> complement = block[(2 * i) + 1];
                for (int player = 0; player < players; player++)
                {
                    coalition[player] = sample.Holds(start + i, player);
                    complement[player] = !coalition[player];
                }
            }
            ReadOnlySpan<double> values = block.Evaluate(2 * count, cancellation);
            for (int i = 0; i < count; i++)
                sample.Observed[start + i] = 0.5 * (values[2 * i] - values[(2 * i) + 1] - offset);
            sample.Seen += count;
        }
    }

    /// <summary>Σ w z′ o.</summary>
    private double[] RightSide(PairSample[] samples, CancellationToken cancellation)
    {
        double[] side = new double[players];
        double[] row = new double[players];
        foreach (PairSample sample in samples)
        {
            for (int pair = 0; pair < sample.Seen; pair++)
            {
                if ((pair & 0xFFFF) == 0)
                    cancellation.ThrowIfCancellationRequested();
                sample.Centre(pair, row);
                TensorPrimitives.MultiplyAdd(row, sample.Weight * (sample.Observed[pair] - sample.Explained[pair]), side, side);
            }
        }
        return side;
    }

    /// <summary>Σ w z′z′ᵀ, lower triangle, plus scale · 11ᵀ/n: invertible, and the same on Σψ = 0.</summary>
    private double[] NormalMatrix(PairSample[] samples, double scale, CancellationToken cancellation)
    {
        double[] normal = new double[players * players];
        normal.AsSpan().Fill(scale / players);
        double[] row = new double[players];
        foreach (PairSample sample in samples)
        {
            for (int pair = 0; pair < sample.Seen; pair++)
            {
                cancellation.ThrowIfCancellationRequested();
                sample.Centre(pair, row);
                for (int i = 0; i < players; i++)
                {
                    Span<double> line = normal.AsSpan(i * players, i + 1);
                    TensorPrimitives.MultiplyAdd(row.AsSpan(0, i + 1), sample.Weight * row[i], line, line);
                }
            }
        }
        return normal;
    }

    private double[] StandardErrors(PairSample[] samples, double[] fit, double[] inverse, CancellationToken cancellation)
    {
        double[] variance = new double[players];
        double[] row = new double[players];
        double[] moved = new double[players];
        double[] sum = new double[players];
        double[] squares = new double[players];
        foreach (PairSample sample in samples.Where(sample => !sample.IsComplete))
        {
            Array.Clear(sum);
            Array.Clear(squares);
            for (int pair = 0; pair < sample.Seen; pair++)
            {
                cancellation.ThrowIfCancellationRequested();
                sample.Centre(pair, row);
                for (int i = 0; i < players; i++)
                    moved[i] = sample.Weight * Vectors.Dot(inverse.AsSpan(i * players, players), row);
                double leverage = Vectors.Dot(moved, row);
                double residual = sample.Observed[pair] - sample.Explained[pair] - Vectors.Dot(row, fit);
                residual /= Math.Sqrt(Math.Max(1e-3, 1 - leverage));
                for (int i = 0; i < players; i++)
                {
                    double influence = moved[i] * residual;
                    sum[i] += influence;
                    squares[i] += influence * influence;
                }
            }
            int m = sample.Seen;
            double factor = m / (m - 1.0) * (1 - (m / sample.Stratum.Available));
            for (int i = 0; i < players; i++)
                variance[i] += factor * Math.Max(0, squares[i] - (sum[i] * sum[i] / m));
        }
        return [.. variance.Select(Math.Sqrt)];
    }

    /// <summary>The pairs of a stratum that were drawn, and what was seen of them.</summary>
    private sealed class PairSample(Stratum stratum, int players, ulong[] bits)
    {
        private readonly int words = PairSampler.Words(players);
        private readonly double share = (double)stratum.Members / players;

        public Stratum Stratum => stratum;

        public int Count => (int)stratum.Pairs;

        /// <summary>Pairs evaluated so far, the first ones.</summary>
        public int Seen { get; set; }

        /// <summary>Whether all the pairs there are were seen.</summary>
        public bool IsComplete => Seen >= stratum.Available;

        /// <summary>The odd part o of each pair.</summary>
        public double[] Observed { get; } = new double[stratum.Pairs];

        /// <summary>What a proxy with Shapley values of zero says of each pair; 0 without one.</summary>
        public double[] Explained { get; } = new double[stratum.Pairs];

        /// <summary>
        /// The weight of a pair: kernel (n−1) / (C(n,s) s (n−s)) of two coalitions × pairs there are / pairs seen. There are C(n,s)
        /// pairs, or half as many when both coalitions have the size s.
        /// </summary>
        public double Weight =>
            (stratum.IsHalf ? 1.0 : 2.0) * (players - 1.0) / ((double)stratum.Members * (players - stratum.Members) * Seen);

        public bool Holds(int pair, int player) => (bits[(pair * words) + (player >> 6)] >> (player & 63) & 1) != 0;

        /// <summary>Writes z′ = z − |S|/n.</summary>
        public void Centre(int pair, double[] row)
        {
            for (int player = 0; player < row.Length; player++)
                row[player] = Holds(pair, player) ? 1 - share : -share;
        }
    }
}
