using System.Numerics.Tensors;
using ExplainLsp.Explainers.Numerics;

namespace ExplainLsp.Explainers.Surrogates;

/// <summary>
/// Weighted ridge regression with an intercept that is not penalised, gathered row by row: minimises Σ w (y − b − β·d)² + α‖β‖². Inputs
/// are differences d from the explained instance, so that the prediction there is b itself and large values lose no digits.
/// </summary>
/// <param name="features">Inputs.</param>
internal sealed class RidgeSurrogate(int features)
{
    private readonly double[] sumX = new double[features];
    private readonly double[] sumXY = new double[features];
    private readonly double[] sumXX = new double[features * features];
    private double sumW, sumY, sumYY;

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<double> x, double y, double weight)
    {
        sumW += weight;
        sumY += weight * y;
        sumYY += weight * y * y;
        TensorPrimitives.MultiplyAdd(x, weight, sumX, sumX);
        TensorPrimitives.MultiplyAdd(x, weight * y, sumXY, sumXY);
        for (int i = 0; i < features; i++)
        {
            if (x[i] == 0)
                continue;
            Span<double> line = sumXX.AsSpan(i * features, i + 1);
            TensorPrimitives.MultiplyAdd(x[..(i + 1)], weight * x[i], line, line);
        }
    }

    /// <summary>Fits.</summary>
    /// <param name="alpha">The penalty α, above 0.</param>
    /// <param name="cancellation">Honoured between rows of the matrix.</param>
    /// <returns>β, the prediction at the instance, and the weighted R² on the rows added (NaN when all y are the same).</returns>
    public (double[] Coefficients, double AtInstance, double R2) Fit(double alpha, CancellationToken cancellation)
    {
        double meanY = sumY / sumW;
        double[] centredXX = new double[features * features];
        double[] centredXY = new double[features];
        for (int i = 0; i < features; i++)
        {
            centredXY[i] = sumXY[i] - (sumX[i] * meanY);
            for (int j = 0; j <= i; j++)
                centredXX[(i * features) + j] = sumXX[(i * features) + j] - (sumX[i] * sumX[j] / sumW);
        }
        double[] penalised = [.. centredXX];
        for (int i = 0; i < features; i++)
            penalised[(i * features) + i] += alpha;
        Cholesky factor = Cholesky.TryFactor(penalised, features, cancellation)
            ?? throw new ExplainerException("The surrogate has no solution: the model's predictions or the rows hold values that are not finite. Fill in missing cells.");
        double[] beta = [.. centredXY];
        factor.Solve(beta);

        double totalYY = sumYY - (sumY * meanY);
        double fitted = 0;
        for (int i = 0; i < features; i++)
        {
            double line = centredXX[(i * features) + i] * beta[i];
            for (int j = 0; j < i; j++)
                line += 2 * centredXX[(i * features) + j] * beta[j];
            fitted += beta[i] * line;
        }
        double residual = totalYY - (2 * Vectors.Dot(beta, centredXY)) + fitted;
        double atInstance = meanY - (Vectors.Dot(beta, sumX) / sumW);
        return (beta, atInstance, totalYY > 1e-14 * sumYY ? 1 - (residual / totalYY) : double.NaN);
    }
}
