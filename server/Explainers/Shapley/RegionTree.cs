using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Shapley;

/// <summary>
/// A hierarchy of an image's or tensor's parts by halving the longer side (as SHAP's image masker): rows when the part is at least as
/// high as wide, else columns, and channels when it is one pixel. Of an odd side the first half is the larger. Regions are halved
/// by the places of their centres.
/// </summary>
internal sealed class RegionTree
{
    private readonly List<Node> nodes = [];

    private RegionTree(int[] order) => Order = order;

    /// <summary>The leaves' features in the order in which the tree holds them: a node's are consecutive.</summary>
    public int[] Order { get; }

    /// <summary>The nodes; the first is the root.</summary>
    public IReadOnlyList<Node> Nodes => nodes;

    /// <summary>A tree down to single elements; features are the row's elements.</summary>
    public static RegionTree OfElements(GridShape grid)
    {
        var tree = new RegionTree(new int[grid.Elements]);
        int filled = 0;
        // Depth first, by hand: a picture may be one pixel high and very wide.
        var open = new Stack<(Box Box, int Parent, bool Right)>();
        open.Push((new Box(0, grid.Height, 0, grid.Width, 0, grid.Channels), -1, false));
        while (open.TryPop(out var at))
        {
            int number = tree.Add(filled, at.Box.Size, at.Parent, at.Right);
            if (at.Box.Size == 1)
            {
                tree.Order[filled++] = grid.IndexOf(at.Box.FromChannel, at.Box.Top, at.Box.Left);
                continue;
            }
            (Box first, Box second) = at.Box.Halves();
            open.Push((second, number, true));
            open.Push((first, number, false));
        }
        return tree;
    }

    /// <summary>A tree of regions, halved by their centres.</summary>
    public static RegionTree OfRegions(GridShape grid, Segmentation segmentation)
    {
        (double Y, double X)[] centres = Centres(grid, segmentation);
        int[] order = [.. Enumerable.Range(0, segmentation.Count)];
        var tree = new RegionTree(order);
        var open = new Stack<(int Start, int Count, int Parent, bool Right)>();
        open.Push((0, order.Length, -1, false));
        while (open.TryPop(out var at))
        {
            int number = tree.Add(at.Start, at.Count, at.Parent, at.Right);
            if (at.Count == 1)
                continue;
            Span<int> part = order.AsSpan(at.Start, at.Count);
            (double top, double bottom, double left, double right) = (double.MaxValue, double.MinValue, double.MaxValue, double.MinValue);
            foreach (int region in part)
            {
                (top, bottom) = (Math.Min(top, centres[region].Y), Math.Max(bottom, centres[region].Y));
                (left, right) = (Math.Min(left, centres[region].X), Math.Max(right, centres[region].X));
            }
            bool down = bottom - top >= right - left;
            part.Sort((a, b) =>
            {
                int byPlace = down ? centres[a].Y.CompareTo(centres[b].Y) : centres[a].X.CompareTo(centres[b].X);
                return byPlace != 0 ? byPlace : a.CompareTo(b);
            });
            int half = (at.Count + 1) / 2;
            open.Push((at.Start + half, at.Count - half, number, true));
            open.Push((at.Start, half, number, false));
        }
        return tree;
    }

    private int Add(int start, int count, int parent, bool right)
    {
        nodes.Add(new Node(start, count, -1, -1));
        int number = nodes.Count - 1;
        if (parent >= 0)
            nodes[parent] = right ? nodes[parent] with { Second = number } : nodes[parent] with { First = number };
        return number;
    }

    private static (double Y, double X)[] Centres(GridShape grid, Segmentation segmentation)
    {
        var sums = new (double Y, double X)[segmentation.Count];
        int[] counts = new int[segmentation.Count];
        for (int c = 0; c < grid.Channels; c++)
        {
            for (int y = 0; y < grid.Height; y++)
            {
                for (int x = 0; x < grid.Width; x++)
                {
                    int region = segmentation.Labels[grid.IndexOf(c, y, x)];
                    sums[region] = (sums[region].Y + y, sums[region].X + x);
                    counts[region]++;
                }
            }
        }
        return [.. sums.Select((sum, i) => (sum.Y / Math.Max(1, counts[i]), sum.X / Math.Max(1, counts[i])))];
    }

    /// <summary>A node: the features at <paramref name="Start"/> to <paramref name="Start"/> + <paramref name="Count"/> of the order.</summary>
    /// <param name="Start">Where its features begin.</param>
    /// <param name="Count">How many there are; a leaf has 1.</param>
    /// <param name="First">Its first child; −1 for a leaf.</param>
    /// <param name="Second">Its second child; −1 for a leaf.</param>
    public readonly record struct Node(int Start, int Count, int First, int Second);

    private readonly record struct Box(int Top, int Bottom, int Left, int Right, int FromChannel, int ToChannel)
    {
        public int Size => (Bottom - Top) * (Right - Left) * (ToChannel - FromChannel);

        public (Box First, Box Second) Halves()
        {
            (int height, int width) = (Bottom - Top, Right - Left);
            int middle = FromChannel + ((ToChannel - FromChannel + 1) / 2);
            if (height >= width && height > 1)
                return (this with { Bottom = Top + ((height + 1) / 2) }, this with { Top = Top + ((height + 1) / 2) });
            if (width > 1)
                return (this with { Right = Left + ((width + 1) / 2) }, this with { Left = Left + ((width + 1) / 2) });
            return (this with { ToChannel = middle }, this with { FromChannel = middle });
        }
    }
}
