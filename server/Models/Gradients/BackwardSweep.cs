using ExplainLsp.Models.Gradients.Backward;
using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients;

/// <summary>
/// Reverse mode: the nodes between the chosen tensors and the output are visited from the output back, each is given the sum of the
/// gradients that arrive at its outputs, and its rule adds the nodes that compute those of its inputs.
/// </summary>
internal sealed class BackwardSweep
{
    private readonly GradientPath _path;
    private readonly IBackwardFamily? _family;
    private readonly ReferencePass? _references;
    private readonly Dictionary<string, List<string>> _arrived = new(StringComparer.Ordinal);
    private Func<string, bool>? _needsInstead;

    public BackwardSweep(WorkingGraph graph, GradientPath path, IBackwardFamily? family, ReferencePass? references)
    {
        Graph = graph;
        _path = path;
        _family = family;
        _references = references;
    }

    /// <summary>The graph that grows.</summary>
    public WorkingGraph Graph { get; }

    /// <summary>What rules said that readers must know.</summary>
    public SortedSet<string> Warnings { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a tensor's gradient is wanted.</summary>
    public bool Needs(string tensor) => (_needsInstead ?? _path.Needs)(tensor);

    /// <summary>
    /// The one node from which a tensor's gradient comes and whose rule may treat the two together; null where there are several, where
    /// the tensor is the output or its gradient is asked for, and under modified rules, which treat each node by itself.
    /// </summary>
    public NodeProto? OnlyReader(string tensor)
    {
        if (_family is not null || _path.IsEnd(tensor))
            return null;
        var readers = _path.Nodes.Where(node => node.Reads().Contains(tensor)).Take(2).ToArray();
        return readers is [var only] && only.Input.Count(input => input == tensor) == 1 ? only : null;
    }

    /// <summary>Adds the backward pass.</summary>
    /// <param name="outputs">The tensors that are differentiated, with their gradients.</param>
    public void Run(params IReadOnlyList<(string Output, string Seed)> outputs)
    {
        foreach (var (output, seed) in outputs)
            Arrive(output, seed);
        for (var i = _path.Nodes.Count - 1; i >= 0; i--)
        {
            var node = _path.Nodes[i];
            var gradients = node.Output.Select(name => name.Length > 0 ? GradientOf(name) : null).ToArray();
            if (gradients.All(gradient => gradient is null))
                continue;
            var context = new GradientContext(this, node, gradients, (input, gradient) => Arrive(node.Input[input], gradient));
            if (_family?.Differentiate(context) == true)
                continue;
            RuleOf(node).Differentiate(context);
        }
    }

    /// <summary>The gradient that arrived at a tensor; null when none did.</summary>
    public string? GradientOf(string tensor)
    {
        if (!_arrived.TryGetValue(tensor, out var parts))
            return null;
        while (parts.Count > 1)
        {
            // Pair by pair, in order of arrival: the same sum in every build.
            var sum = Graph.Add("Add", [parts[0], parts[1]], 1)[0];
            if (Graph.FactsOf(tensor) is { Dims: not null } facts)
                Graph.Facts[sum] = facts with { Type = Graph.FactsOf(parts[0]).Type };
            parts.RemoveRange(0, 2);
            parts.Insert(0, sum);
        }

        return parts[0];
    }

    /// <summary>Gives a tensor a gradient; several are added up.</summary>
    public void Arrive(string tensor, string gradient)
    {
        if (!_arrived.TryGetValue(tensor, out var parts))
            _arrived.Add(tensor, parts = []);
        parts.Add(gradient);
    }

    /// <summary>The backward pass of a subgraph.</summary>
    /// <exception cref="ModelException">The backward rules compare with references, which have no branch of their own.</exception>
    public GraphProto Branch(NodeProto owner, GraphProto branch, IReadOnlyList<string?> gradients, IReadOnlyList<string> captured) =>
        _references is not null
            ? throw GradientFailure.Refused(Graph.DisplayName, owner, "its condition is computed, and DeepLIFT cannot compare different branches")
            : BranchGradient.Build(Graph, owner, branch, gradients, captured, _family, Warnings);

    /// <inheritdoc cref="GradientContext.Reference"/>
    public string Reference(string tensor) => _references?.Reference(tensor) ?? tensor;

    /// <inheritdoc cref="GradientContext.ReferenceNode"/>
    public NodeProto ReferenceNode(NodeProto node) => _references?.Node(node) ?? node;

    /// <inheritdoc cref="GradientContext.Position"/>
    public double Position(NodeProto node) => _path.Position(node);

    /// <summary>The gradients of a node's inputs by its plain rule; those inputs are wanted that are wanted of the node it stands for.</summary>
    public string?[] Pullback(NodeProto original, NodeProto other, IReadOnlyList<string?> gradients)
    {
        var given = new string?[other.Input.Count];
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(original.Input.Count, other.Input.Count); i++)
        {
            if (original.Input[i].Length > 0 && Needs(original.Input[i]))
                wanted.Add(other.Input[i]);
        }

        var outer = _needsInstead;
        _needsInstead = wanted.Contains;
        try
        {
            RuleOf(original).Differentiate(new GradientContext(this, other, gradients, Add));
        }
        finally
        {
            _needsInstead = outer;
        }

        return given;

        void Add(int input, string gradient) => given[input] = given[input] is { } before ? Graph.Add("Add", [before, gradient], 1)[0] : gradient;
    }

    private static IGradientRule RuleOf(NodeProto node) =>
        GradientRuleCatalog.Find(node.Key()) ?? throw new InvalidOperationException($"The path was checked before, and {node.Key()} has no rule.");
}
