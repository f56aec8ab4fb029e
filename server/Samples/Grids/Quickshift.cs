using System.Runtime.Intrinsics;

namespace ExplainLsp.Samples;

/// <summary>
/// Quick shift (Vedaldi and Soatto 2008) over colour and place: every pixel is linked to the nearest one of higher density within three
/// kernel widths, and each tree is a region. As scikit-image's <c>quickshift</c>, but equal densities are ordered by place instead of by
/// random noise, so that the same picture always gives the same regions and flat ground stays in one piece.
/// </summary>
internal static class Quickshift
{
    // Densities that differ by less count as equal: below what the order of additions changes, as scikit-image's noise is.
    private const double DensityGrain = 1e5;

    /// <returns>The root of each pixel's tree: a pixel number.</returns>
    public static int[] Roots(LabPlanes lab, double kernelSize, double maxDistance, double ratio, CancellationToken cancellation)
    {
        var radius = (int)Math.Ceiling(3 * kernelSize);
        double[][] colours = [.. new[] { lab.L, lab.A, lab.B }.Select(plane => Array.ConvertAll(plane, value => value * ratio))];
        var density = Densities(colours, lab, radius, -0.5 / (kernelSize * kernelSize), cancellation);
        var ranks = Array.ConvertAll(density, value => (long)Math.Round(value * DensityGrain));
        var parents = Parents(colours, lab, ranks, radius, maxDistance * maxDistance, cancellation);
        for (var i = 0; i < parents.Length; i++)
        {
            var root = i;
            while (parents[root] != root)
                root = parents[root];
            for (var at = i; parents[at] != root;)
                (parents[at], at) = (root, parents[at]);
        }
        return parents;
    }

    /// <summary>The sum of the gaussian kernel over the window; each pair of pixels is computed once.</summary>
    private static double[] Densities(double[][] colours, LabPlanes lab, int radius, double factor, CancellationToken cancellation)
    {
        var density = new double[lab.L.Length];
        Array.Fill(density, 1);
        for (var dy = 0; dy <= Math.Min(radius, lab.Height - 1); dy++)
        {
            for (var dx = dy == 0 ? 1 : -radius; dx <= radius; dx++)
            {
                cancellation.ThrowIfCancellationRequested();
                var (from, length) = (Math.Max(0, -dx), lab.Width - Math.Abs(dx));
                for (var y = 0; length > 0 && y + dy < lab.Height; y++)
                    AddPairs(colours, density, (y * lab.Width) + from, ((y + dy) * lab.Width) + from + dx, length, (dy * dy) + (dx * dx), factor);
            }
        }
        return density;
    }

    private static void AddPairs(double[][] colours, double[] density, int here, int there, int length, double place, double factor)
    {
        Span<double> kernel = stackalloc double[Vector256<double>.Count];
        for (var i = 0; i < length; i += kernel.Length)
        {
            var count = Math.Min(kernel.Length, length - i);
            var distance = Vector256.Create(place);
            foreach (var plane in colours)
            {
                var difference = Load(plane, here + i, count) - Load(plane, there + i, count);
                distance += difference * difference;
            }
            Vector256.Exp(distance * factor).CopyTo(kernel);
            for (var k = 0; k < count; k++)
            {
                density[here + i + k] += kernel[k];
                density[there + i + k] += kernel[k];
            }
        }
    }

    private static Vector256<double> Load(double[] plane, int start, int count)
    {
        if (count == Vector256<double>.Count)
            return Vector256.LoadUnsafe(ref plane[start]);
        Span<double> part = stackalloc double[Vector256<double>.Count];
        plane.AsSpan(start, count).CopyTo(part);
        return Vector256.Create<double>(part);
    }

    private static int[] Parents(double[][] colours, LabPlanes lab, long[] ranks, int radius, double farthest, CancellationToken cancellation)
    {
        var offsets = (
            from dy in Enumerable.Range(-radius, (2 * radius) + 1)
            from dx in Enumerable.Range(-radius, (2 * radius) + 1)
            where dy != 0 || dx != 0
            orderby (dy * dy) + (dx * dx), dy, dx
            select (Y: dy, X: dx, Place: (double)((dy * dy) + (dx * dx)))).ToArray();
        var (l, a, b) = (colours[0], colours[1], colours[2]);
        var parents = new int[ranks.Length];
        for (var y = 0; y < lab.Height; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var x = 0; x < lab.Width; x++)
            {
                var own = (y * lab.Width) + x;
                var (parent, closest) = (own, double.PositiveInfinity);
                foreach (var (dy, dx, place) in offsets)
                {
                    if (place > closest)
                        break;
                    if ((uint)(y + dy) >= (uint)lab.Height || (uint)(x + dx) >= (uint)lab.Width)
                        continue;
                    var other = own + (dy * lab.Width) + dx;
                    if (ranks[other] < ranks[own] || (ranks[other] == ranks[own] && other > own))
                        continue;
                    var distance = place + Square(l[own] - l[other]) + Square(a[own] - a[other]) + Square(b[own] - b[other]);
                    if (distance < closest || (distance == closest && other < parent))
                        (parent, closest) = (other, distance);
                }
                parents[own] = closest > farthest ? own : parent;
            }
        }
        return parents;
    }

    private static double Square(double value) => value * value;
}
