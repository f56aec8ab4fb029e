using System.Numerics.Tensors;
using ExplainLsp.Explainers.Shapley;

namespace ExplainLsp.Explainers.LinearModels;

/// <summary>
/// The game of a linear model whose absent columns follow the present ones: v(S) = E[f(X) | X_S = x_S] under a normal distribution with the
/// background's mean and covariance (Lundberg and Lee 2017, section 4; Chen et al. 2020, "true to the data"). The features that one column
/// was encoded into are known together.
/// </summary>
/// <remarks>
/// Features become known one after another: with μ′ and Σ′ given those known so far, feature j moves the mean by Σ′_j (x_j − μ′_j) / Σ′_jj
/// and takes Σ′_j Σ′_jᵀ / Σ′_jj from the covariance. A feature that those before it determine (the last of one-hot columns, a constant one)
/// says nothing more and is passed over, so singular covariances need no ridge.
/// </remarks>
internal sealed class ConditionalLinearGame : ICoalitionGame
{
    // Of a feature's own variance: what single precision leaves of it is noise.
    private const double Determined = 1e-9;

    private readonly LinearQuestion question;
    private readonly double[] row;
    private readonly int[][] featuresOf;
    private readonly double[] covariance;
    private readonly double[] left;
    private readonly double[] mean;

    /// <param name="question">The model and its background, 2 rows or more.</param>
    /// <param name="row">The row's features.</param>
    public ConditionalLinearGame(LinearQuestion question, double[] row)
    {
        this.question = question;
        this.row = row;
        int features = row.Length;
        featuresOf = [.. question.Model.Pipeline.Columns.Select((_, column) =>
            Enumerable.Range(0, features).Where(feature => question.Model.Pipeline.ColumnOf[feature] == column).ToArray())];
        covariance = new double[features * features];
        double[] centred = new double[features];
        for (int from = 0; from < question.Background.Length; from += features)
        {
            TensorPrimitives.Subtract(question.Background.AsSpan(from, features), question.Means, centred);
            for (int i = 0; i < features; i++)
            {
                Span<double> line = covariance.AsSpan(i * features, features);
                TensorPrimitives.MultiplyAdd(centred, centred[i] / (question.BackgroundRows - 1), line, line);
            }
        }
        left = new double[covariance.Length];
        mean = new double[features];
    }

    /// <inheritdoc/>
    public int Players => featuresOf.Length;

    /// <summary>Coalitions evaluated so far.</summary>
    public long Evaluations { get; private set; }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<bool> coalitions, Span<double> values, CancellationToken cancellation)
    {
        for (int i = 0; i < values.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            values[i] = Value(coalitions.Slice(i * Players, Players));
        }
        Evaluations += values.Length;
    }

    private double Value(ReadOnlySpan<bool> coalition)
    {
        covariance.CopyTo(left, 0);
        question.Means.CopyTo(mean, 0);
        for (int player = 0; player < coalition.Length; player++)
        {
            if (!coalition[player])
                continue;
            foreach (int feature in featuresOf[player])
                Learn(feature);
        }
        for (int player = 0; player < coalition.Length; player++)
        {
            foreach (int feature in coalition[player] ? featuresOf[player] : [])
                mean[feature] = row[feature];
        }
        return question.Margin(mean);
    }

    private void Learn(int feature)
    {
        int features = row.Length;
        Span<double> own = left.AsSpan(feature * features, features);
        double variance = own[feature];
        if (variance <= Determined * covariance[(feature * features) + feature])
            return;
        TensorPrimitives.MultiplyAdd(own, (row[feature] - mean[feature]) / variance, mean, mean);
        double[] direction = own.ToArray();
        for (int i = 0; i < features; i++)
        {
            Span<double> line = left.AsSpan(i * features, features);
            if (direction[i] != 0)
                TensorPrimitives.MultiplyAdd(direction, -direction[i] / variance, line, line);
        }
    }
}
