using System.Numerics.Tensors;

namespace ExplainLsp.Explainers.Shapley;

/// <summary>
/// A cheap proxy of a game, fitted to the coalitions seen so far, as control variate for KernelSHAP (Witter et al. 2025, "regression
/// adjusted"; Fumagalli et al. 2026 for odd polynomials): complementary pairs leave only interactions of odd order, of which an additive
/// fit takes the first, so the proxy is what comes next, a sum over triples of features.
/// </summary>
/// <remarks>
/// <para>With s = ±1 for present and absent, the game r(S) = s_a s_b s_c − (s_a + s_b + s_c)/3 is 0 for none and for all of the three and
/// treats them alike, so its Shapley values are exactly zero. Taking any multiple of it from what was observed changes the estimate's
/// error, not what it estimates; only the residual is sampled.</para>
/// <para>Coefficients are cross-fitted: those that are taken from a pair come from the other folds, so that noise which they fitted is not
/// taken from itself, and the estimate stays unbiased to the order at which KernelSHAP is. Complete strata have no sampling error; they
/// take the mean over the folds. One factor for all, the best one, lets a proxy that explains nothing fade out.</para>
/// </remarks>
internal static class TripleProxy
{
    /// <summary>The most players whose triples are looked at.</summary>
    public const int MostPlayers = 40;

    private const int Folds = 4;
    private const int MostTriples = 512;
    private const int PairsPerTriple = 3;
    private const double Shrinkage = 0.1;

    // Values of games held at once, 64 MB; with more pairs fewer triples are fitted.
    private const int MostValues = 1 << 23;
    private const int Steps = 16;

    /// <summary>What the proxy says of each pair; null where there are too few pairs, or it explains nothing.</summary>
    /// <param name="signs">Players × pairs, the players of the largest values: 1 where the player is in the pair's first coalition, −1 elsewhere.</param>
    /// <param name="residuals">What the additive fit leaves of each pair.</param>
    /// <param name="weights">How much a residual counts in the error.</param>
    /// <param name="complete">Pairs of complete strata.</param>
    /// <param name="cancellation">Honoured between triples.</param>
    public static double[]? CrossFit(double[][] signs, double[] residuals, double[] weights, bool[] complete, CancellationToken cancellation)
    {
        int pairs = residuals.Length, triples = Math.Min(Math.Min(MostTriples, MostValues / Math.Max(pairs, 1)), pairs / PairsPerTriple * (Folds - 1) / Folds);
        if (signs.Length < 3 || triples < 1)
            return null;
        double[][] said = new double[Folds][];
        for (int fold = 0; fold < Folds; fold++)
        {
            int held = fold;
            double[] training = [.. weights.Select((weight, i) => i % Folds == held && !complete[i] ? 0 : weight)];
            said[fold] = Predict(signs, residuals, training, triples, cancellation);
        }
        double[] proxy = [.. Enumerable.Range(0, pairs).Select(i => complete[i] ? said.Average(each => each[i]) : said[i % Folds][i])];
        double together = 0, own = 0;
        for (int i = 0; i < pairs; i++)
        {
            together += complete[i] ? 0 : weights[i] * proxy[i] * residuals[i];
            own += complete[i] ? 0 : weights[i] * proxy[i] * proxy[i];
        }
        if (!(together > 0))
            return null;
        TensorPrimitives.Multiply(proxy, Math.Min(1, together / own), proxy);
        return proxy;
    }

    /// <summary>Fits the triples that explain most, by ridge regression, and predicts all pairs.</summary>
    private static double[] Predict(double[][] signs, double[] residuals, double[] weights, int triples, CancellationToken cancellation)
    {
        int pairs = residuals.Length;
        double[] weighted = new double[pairs];
        TensorPrimitives.Multiply(weights, residuals, weighted);
        (int A, int B, int C)[] chosen = Screen(signs, weighted, triples, cancellation);
        double[][] games = [.. chosen.Select(triple => Game(signs, triple, cancellation))];
        // The more triples a pair has to tell apart, the more they shrink.
        double ridge = Shrinkage * games.Average(game => Weighted(game, game, weights)) * games.Length / pairs;
        return Ridge(games, weights, weighted, ridge, cancellation);
    }

    /// <summary>Predictions of a ridge regression by conjugate gradients, stopped early: what they have not reached yet is mostly noise.</summary>
    private static double[] Ridge(double[][] games, double[] weights, double[] weighted, double ridge, CancellationToken cancellation)
    {
        int count = games.Length, pairs = weights.Length;
        double[] coefficients = new double[count], gap = [.. games.Select(game => TensorPrimitives.Dot<double>(game, weighted))];
        double[] direction = [.. gap], moved = new double[pairs], pull = new double[count];
        double size = TensorPrimitives.Dot<double>(gap, gap), end = 1e-6 * size;
        for (int step = 0; step < Steps && size > end; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            Array.Clear(moved);
            for (int i = 0; i < count; i++)
                TensorPrimitives.MultiplyAdd(games[i], direction[i], moved, moved);
            TensorPrimitives.Multiply(moved, weights, moved);
            for (int i = 0; i < count; i++)
                pull[i] = TensorPrimitives.Dot<double>(games[i], moved) + (ridge * direction[i]);
            double length = size / TensorPrimitives.Dot<double>(direction, pull);
            TensorPrimitives.MultiplyAdd(direction, length, coefficients, coefficients);
            TensorPrimitives.MultiplyAdd(pull, -length, gap, gap);
            double next = TensorPrimitives.Dot<double>(gap, gap);
            TensorPrimitives.MultiplyAdd(direction, next / size, gap, direction);
            size = next;
        }
        double[] predicted = new double[pairs];
        for (int i = 0; i < count; i++)
            TensorPrimitives.MultiplyAdd(games[i], coefficients[i], predicted, predicted);
        return predicted;
    }

    private static double Weighted(double[] one, double[] other, double[] weights)
    {
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
            sum += weights[i] * one[i] * other[i];
        return sum;
    }

    /// <summary>The triples whose games go most with the residuals.</summary>
    private static (int A, int B, int C)[] Screen(double[][] signs, double[] weighted, int triples, CancellationToken cancellation)
    {
        double[] alone = [.. signs.Select(player => TensorPrimitives.Dot<double>(player, weighted))];
        double[] first = new double[weighted.Length], second = new double[weighted.Length];
        var found = new List<(double Size, int A, int B, int C)>();
        for (int a = 0; a < signs.Length; a++)
        {
            TensorPrimitives.Multiply(weighted, signs[a], first);
            for (int b = a + 1; b < signs.Length; b++)
            {
                cancellation.ThrowIfCancellationRequested();
                TensorPrimitives.Multiply(first, signs[b], second);
                for (int c = b + 1; c < signs.Length; c++)
                {
                    double size = TensorPrimitives.Dot<double>(second, signs[c]) - ((alone[a] + alone[b] + alone[c]) / 3);
                    found.Add((Math.Abs(size), a, b, c));
                }
            }
        }
        return [.. found.OrderByDescending(triple => triple.Size).Take(triples).Select(triple => (triple.A, triple.B, triple.C))];
    }

    private static double[] Game(double[][] signs, (int A, int B, int C) triple, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        double[] a = signs[triple.A], b = signs[triple.B], c = signs[triple.C], game = new double[a.Length];
        for (int i = 0; i < game.Length; i++)
            game[i] = (a[i] * b[i] * c[i]) - ((a[i] + b[i] + c[i]) / 3);
        return game;
    }
}
