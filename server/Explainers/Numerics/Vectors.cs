using System.Numerics;
using System.Runtime.InteropServices;

namespace ExplainLsp.Explainers.Numerics;

/// <summary>
/// Sums over vectors whose order never changes. TensorPrimitives' reductions may start with a shorter step where memory is not aligned,
/// which moves the last bits from run to run; its element-wise operations do not, and are used freely.
/// </summary>
internal static class Vectors
{
    /// <summary>Σ xᵢ yᵢ over vectors of the same length.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ReadOnlySpan<Vector<double>> wideX = MemoryMarshal.Cast<double, Vector<double>>(x);
        ReadOnlySpan<Vector<double>> wideY = MemoryMarshal.Cast<double, Vector<double>>(y);
        var sums = Vector<double>.Zero;
        for (int i = 0; i < wideX.Length; i++)
            sums += wideX[i] * wideY[i];
        double sum = Vector.Sum(sums);
        for (int i = wideX.Length * Vector<double>.Count; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }
}
