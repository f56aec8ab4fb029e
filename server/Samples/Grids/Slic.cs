namespace ExplainLsp.Samples;

/// <summary>
/// SLIC superpixels (Achanta et al. 2012): k-means over place and L*a*b* colour, each centre looking at its neighbourhood only, then pieces
/// that are not connected or too small join a neighbour. Centres start on a regular grid as scikit-image's <c>slic</c>.
/// </summary>
internal static class Slic
{
    private const int Rounds = 10;
    private const double LeastShare = 0.5;

    /// <returns>A label a pixel; every label is one connected piece (through sides).</returns>
    public static int[] Labels(LabPlanes lab, int segments, double compactness, CancellationToken cancellation)
    {
        var (height, width) = (lab.Height, lab.Width);
        var (stepY, startY, stepX, startX) = Steps(height, width, segments);
        var centres = new List<double[]>();
        for (var y = startY; y < height; y += stepY)
        {
            // A centre begins without colour, so that the first round divides by place alone, as the reference does.
            for (var x = startX; x < width; x += stepX)
                centres.Add([y, x, 0, 0, 0]);
        }
        double[][] colours = [.. new[] { lab.L, lab.A, lab.B }.Select(plane => Array.ConvertAll(plane, value => value / compactness))];
        var labels = new int[height * width];
        var distances = new double[labels.Length];
        var weight = 1d / ((double)Math.Max(stepY, stepX) * Math.Max(stepY, stepX));
        // The neighbourhood is measured by the centres that there are, not by those that were asked for.
        var (reachY, _, reachX, _) = Steps(height, width, centres.Count);
        for (var round = 0; round < Rounds; round++)
        {
            var before = (int[])labels.Clone();
            Array.Fill(distances, double.PositiveInfinity);
            for (var k = 0; k < centres.Count; k++)
            {
                cancellation.ThrowIfCancellationRequested();
                Assign(centres[k], k, colours, lab, 2 * reachY, 2 * reachX, weight, labels, distances);
            }
            if (round > 0 && before.AsSpan().SequenceEqual(labels))
                break;
            Move(centres, colours, labels, width);
        }
        return Connected(labels, height, width, (int)(LeastShare * labels.Length / centres.Count), cancellation);
    }

    /// <summary>The distance between centres down and across, and where they start: scikit-image's <c>regular_grid</c> in two dimensions.</summary>
    private static (int StepY, int StartY, int StepX, int StartX) Steps(int height, int width, int segments)
    {
        if ((long)height * width <= segments)
            return (1, 0, 1, 0);
        var step = Math.Sqrt((double)height * width / segments);
        var (down, across) = (step, step);
        if (height < step)
            (down, across) = (height, (double)width / segments);
        else if (width < step)
            (down, across) = ((double)height / segments, width);
        return ((int)Math.Max(1, Math.Round(down)), (int)(down / 2), (int)Math.Max(1, Math.Round(across)), (int)(across / 2));
    }

    private static void Assign(
        double[] centre, int label, double[][] colours, LabPlanes lab, int reachY, int reachX, double weight, int[] labels, double[] distances)
    {
        var (l, a, b) = (colours[0], colours[1], colours[2]);
        var (top, bottom) = ((int)Math.Max(centre[0] - reachY, 0), (int)Math.Min(centre[0] + reachY + 1, lab.Height));
        var (left, right) = ((int)Math.Max(centre[1] - reachX, 0), (int)Math.Min(centre[1] + reachX + 1, lab.Width));
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                var at = (y * lab.Width) + x;
                var distance = (Square(centre[0] - y) + Square(centre[1] - x)) * weight;
                distance += Square(l[at] - centre[2]) + Square(a[at] - centre[3]) + Square(b[at] - centre[4]);
                if (distance < distances[at])
                    (labels[at], distances[at]) = (label, distance);
            }
        }
    }

    private static void Move(List<double[]> centres, double[][] colours, int[] labels, int width)
    {
        var (sums, counts) = (new double[centres.Count * 5], new int[centres.Count]);
        for (var i = 0; i < labels.Length; i++)
        {
            var at = labels[i] * 5;
            counts[labels[i]]++;
            sums[at] += i / width;
            sums[at + 1] += i % width;
            for (var c = 0; c < 3; c++)
                sums[at + 2 + c] += colours[c][i];
        }
        for (var k = 0; k < centres.Count; k++)
        {
            // A centre without pixels stays where it was.
            for (var f = 0; f < 5 && counts[k] > 0; f++)
                centres[k][f] = sums[(k * 5) + f] / counts[k];
        }
    }

    /// <summary>Pieces get labels in reading order; one below the least size joins the labelled neighbour seen last.</summary>
    private static int[] Connected(int[] labels, int height, int width, int least, CancellationToken cancellation)
    {
        var connected = new int[labels.Length];
        Array.Fill(connected, -1);
        var piece = new List<int>();
        var next = 0;
        for (var start = 0; start < labels.Length; start++)
        {
            if (connected[start] >= 0)
                continue;
            cancellation.ThrowIfCancellationRequested();
            var neighbour = Collect(start, next, labels, connected, height, width, piece);
            if (piece.Count >= least || neighbour < 0)
            {
                next++;
                continue;
            }
            foreach (var pixel in piece)
                connected[pixel] = neighbour;
        }
        return connected;
    }

    /// <summary>Collects the piece of equal labels around a pixel and marks it; returns a neighbour's mark, or −1.</summary>
    private static int Collect(int start, int mark, int[] labels, int[] connected, int height, int width, List<int> piece)
    {
        var neighbour = -1;
        piece.Clear();
        piece.Add(start);
        connected[start] = mark;
        for (var i = 0; i < piece.Count; i++)
        {
            var (y, x) = (piece[i] / width, piece[i] % width);
            foreach (var (dy, dx) in ((int, int)[])[(0, 1), (0, -1), (1, 0), (-1, 0)])
            {
                if ((uint)(y + dy) >= (uint)height || (uint)(x + dx) >= (uint)width)
                    continue;
                var other = piece[i] + (dy * width) + dx;
                if (connected[other] < 0 && labels[other] == labels[start])
                {
                    connected[other] = mark;
                    piece.Add(other);
                }
                else if (connected[other] >= 0 && connected[other] != mark)
                {
                    neighbour = connected[other];
                }
            }
        }
        return neighbour;
    }

    private static double Square(double value) => value * value;
}
