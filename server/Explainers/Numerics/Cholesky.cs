using System.Numerics.Tensors;

namespace ExplainLsp.Explainers.Numerics;

/// <summary>The Cholesky factor L of a symmetric positive definite matrix A = L·Lᵀ, for solving A·x = b. Matrices are row-major.</summary>
internal sealed class Cholesky
{
    private readonly double[] factor;
    private readonly int n;

    private Cholesky(double[] factor, int n)
    {
        this.factor = factor;
        this.n = n;
    }

    /// <summary>Factors an n × n matrix; reads its lower triangle only. Null when it is not positive definite within rounding.</summary>
    public static Cholesky? TryFactor(double[] matrix, int n, CancellationToken cancellation)
    {
        double[] factor = new double[n * n];
        for (int row = 0; row < n; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<double> here = factor.AsSpan(row * n, n);
            for (int column = 0; column <= row; column++)
            {
                ReadOnlySpan<double> there = factor.AsSpan(column * n, column);
                double rest = matrix[(row * n) + column] - Vectors.Dot(here[..column], there);
                if (column < row)
                {
                    here[column] = rest / factor[(column * n) + column];
                    continue;
                }
                // A pivot that cancelled to the last bits of its own entry says that the columns are dependent.
                if (!(rest > 1e-13 * matrix[(row * n) + row]))
                    return null;
                here[row] = Math.Sqrt(rest);
            }
        }
        return new Cholesky(factor, n);
    }

    /// <summary>Solves A·x = b in place.</summary>
    public void Solve(Span<double> b)
    {
        for (int row = 0; row < n; row++)
        {
            ReadOnlySpan<double> known = factor.AsSpan(row * n, row);
            b[row] = (b[row] - Vectors.Dot(known, b[..row])) / factor[(row * n) + row];
        }
        for (int row = n - 1; row >= 0; row--)
        {
            b[row] /= factor[(row * n) + row];
            TensorPrimitives.MultiplyAdd(factor.AsSpan(row * n, row), -b[row], b[..row], b[..row]);
        }
    }

    /// <summary>A⁻¹.</summary>
    public double[] Inverse(CancellationToken cancellation)
    {
        double[] inverse = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            // It is symmetric: a column is a row.
            Span<double> row = inverse.AsSpan(i * n, n);
            row[i] = 1;
            Solve(row);
        }
        return inverse;
    }
}
