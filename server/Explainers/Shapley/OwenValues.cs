namespace ExplainLsp.Explainers.Shapley;

/// <summary>
/// Owen values over a hierarchy of features (Owen 1977; nested: Winter 1989), as SHAP's PartitionExplainer finds them: the two children of
/// a node share what it adds, in both orders, and parts are taken apart where they add most. When the budget ends, what a part adds is
/// shared equally among its features.
/// </summary>
/// <param name="tree">The hierarchy; the game's players are its features.</param>
/// <param name="evaluations">Coalitions to evaluate, 2 or more.</param>
internal sealed class OwenValues(RegionTree tree, long evaluations)
{
    // Nodes taken apart at a time: which ones are, depends on it, so it never changes.
    private const int NodesPerRound = 25;

    private readonly double[] held = new double[tree.Nodes.Count];
    private readonly PriorityQueue<Part, (double, long)> queue = new();
    private long added;

    /// <summary>Whether every part was taken apart to single features, so that the values are exact.</summary>
    public bool IsExact { get; private set; }

    /// <summary>The values.</summary>
    /// <param name="game">The game.</param>
    /// <param name="sofar">Told an estimate after a round; null for nobody.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    public ShapleyValues Solve(ICoalitionGame game, Action<ShapleyValues>? sofar, CancellationToken cancellation)
    {
        var block = new bool[Math.Max(2, 2 * NodesPerRound) * game.Players];
        double[] values = new double[2 * NodesPerRound];
        block.AsSpan(game.Players, game.Players).Fill(true);
        game.Evaluate(block.AsSpan(0, 2 * game.Players), values.AsSpan(0, 2), cancellation);
        (double empty, double full) = (values[0], values[1]);
        queue.Enqueue(new Part(null, empty, full, 0, 1), (0, added++));

        long left = evaluations - 2;
        List<Part> round = [];
        while (queue.Count > 0 && left > 0)
        {
            round.Clear();
            while (queue.Count > 0 && round.Count < NodesPerRound && 2 * round.Count < left)
            {
                Part part = queue.Dequeue();
                if (tree.Nodes[part.Node].Count == 1)
                    held[part.Node] += part.Adds;
                else
                    round.Add(part);
            }
            if (round.Count == 0)
                continue;
            for (int i = 0; i < round.Count; i++)
            {
                RegionTree.Node node = tree.Nodes[round[i].Node];
                Write(round[i].Context, node.First, block.AsSpan(2 * i * game.Players, game.Players));
                Write(round[i].Context, node.Second, block.AsSpan(((2 * i) + 1) * game.Players, game.Players));
            }
            game.Evaluate(block.AsSpan(0, 2 * round.Count * game.Players), values.AsSpan(0, 2 * round.Count), cancellation);
            left -= 2 * round.Count;
            for (int i = 0; i < round.Count; i++)
                Split(round[i], values[2 * i], values[(2 * i) + 1]);
            sofar?.Invoke(new ShapleyValues(Shared(), null, empty, full));
        }
        IsExact = queue.UnorderedItems.All(item => tree.Nodes[item.Element.Node].Count == 1);
        return new ShapleyValues(Shared(), null, empty, full);
    }

    /// <summary>Each child first and last: with nothing of the other present, and with all of it.</summary>
    private void Split(Part part, double first, double second)
    {
        RegionTree.Node node = tree.Nodes[part.Node];
        double half = part.Weight / 2;
        Enqueue(new Part(part.Context, part.Empty, first, node.First, half));
        Enqueue(new Part(part.Context, part.Empty, second, node.Second, half));
        Enqueue(new Part(new Present(node.Second, part.Context), second, part.Full, node.First, half));
        Enqueue(new Part(new Present(node.First, part.Context), first, part.Full, node.Second, half));
    }

    private void Enqueue(Part part) => queue.Enqueue(part, (-Math.Abs(part.Full - part.Empty) * part.Weight, added++));

    private void Write(Present? context, int node, Span<bool> coalition)
    {
        coalition.Clear();
        Show(node, coalition);
        for (Present? at = context; at is not null; at = at.Before)
            Show(at.Node, coalition);
    }

    private void Show(int number, Span<bool> coalition)
    {
        RegionTree.Node node = tree.Nodes[number];
        foreach (int feature in tree.Order.AsSpan(node.Start, node.Count))
            coalition[feature] = true;
    }

    /// <summary>What parts add, shared equally among their features.</summary>
    private double[] Shared()
    {
        double[] each = [.. held];
        foreach ((Part part, _) in queue.UnorderedItems.OrderBy(item => item.Priority))
            each[part.Node] += part.Adds;
        double[] values = new double[tree.Order.Length];
        // Parents stand before their children.
        for (int number = 0; number < each.Length; number++)
        {
            RegionTree.Node node = tree.Nodes[number];
            if (node.Count == 1)
            {
                values[tree.Order[node.Start]] = each[number];
                continue;
            }
            foreach (int child in (ReadOnlySpan<int>)[node.First, node.Second])
                each[child] += each[number] * tree.Nodes[child].Count / node.Count;
        }
        return values;
    }

    /// <summary>A part whose effect is known with what is present beside it.</summary>
    /// <param name="Context">What is present.</param>
    /// <param name="Empty">The value without the part.</param>
    /// <param name="Full">The value with it.</param>
    /// <param name="Node">The part.</param>
    /// <param name="Weight">The share of orders with this context.</param>
    private sealed record Part(Present? Context, double Empty, double Full, int Node, double Weight)
    {
        public double Adds => (Full - Empty) * Weight;
    }

    private sealed record Present(int Node, Present? Before);
}
