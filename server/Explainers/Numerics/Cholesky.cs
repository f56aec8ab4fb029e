namespace ExplainLsp.Explainers.Numerics;

/// <summary>The Cholesky factor L of a symmetric positive definite matrix A = L·Lᵀ, for solving A·x = b.</summary>
internal sealed class Cholesky
{
    private readonly double[,] factor;

    private Cholesky(double[,] factor) => this.factor = factor;

    /// <summary>Factors a matrix; reads its lower triangle only. Null when it is not positive definite within rounding.</summary>
    public static Cholesky? TryFactor(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double[,] factor = new double[n, n];
        for (int column = 0; column < n; column++)
        {
            double diagonal = matrix[column, column];
            for (int k = 0; k < column; k++)
                diagonal -= factor[column, k] * factor[column, k];
            // A pivot that cancelled to the last bits of its own entry says that the columns are dependent.
            if (!(diagonal > 1e-13 * matrix[column, column]))
                return null;
            double pivot = Math.Sqrt(diagonal);
            factor[column, column] = pivot;
            for (int row = column + 1; row < n; row++)
            {
                double sum = matrix[row, column];
                for (int k = 0; k < column; k++)
                    sum -= factor[row, k] * factor[column, k];
                factor[row, column] = sum / pivot;
            }
        }
        return new Cholesky(factor);
    }

    /// <summary>Solves A·x = b in place.</summary>
    public void Solve(Span<double> b)
    {
        int n = factor.GetLength(0);
        for (int row = 0; row < n; row++)
        {
            double sum = b[row];
            for (int k = 0; k < row; k++)
                sum -= factor[row, k] * b[k];
            b[row] = sum / factor[row, row];
        }
        for (int row = n - 1; row >= 0; row--)
        {
            double sum = b[row];
            for (int k = row + 1; k < n; k++)
                sum -= factor[k, row] * b[k];
            b[row] = sum / factor[row, row];
        }
    }

    /// <summary>A⁻¹.</summary>
    public double[,] Inverse()
    {
        int n = factor.GetLength(0);
        double[,] inverse = new double[n, n];
        double[] column = new double[n];
        for (int i = 0; i < n; i++)
        {
            Array.Clear(column);
            column[i] = 1;
            Solve(column);
            for (int row = 0; row < n; row++)
                inverse[row, i] = column[row];
        }
        return inverse;
    }
}
