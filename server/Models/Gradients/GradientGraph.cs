using System.Collections.Immutable;
using ExplainLsp.Models.Gradients.Backward;
using ExplainLsp.Models.Gradients.Decompositions;
using ExplainLsp.Models.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace ExplainLsp.Models.Gradients;

/// <summary>A model extended by its derivative, as a graph of standard operators.</summary>
/// <param name="Model">The rewritten model.</param>
/// <param name="Facts">What is known of its tensors.</param>
/// <param name="Score">The tensor that is differentiated, after the tail.</param>
/// <param name="Seed">The input of shape [rows, width] that weights its elements.</param>
/// <param name="Gradients">One a tensor of <see cref="GradientRequest.Wrt"/>, in that order.</param>
/// <param name="Fetch">One a tensor of <see cref="GradientRequest.Fetch"/>, in that order.</param>
/// <param name="References">What the inputs' references are called (DeepLIFT); empty otherwise.</param>
/// <param name="Warnings">What a reader must know.</param>
internal sealed record GradientGraph(
    ModelProto Model,
    Dictionary<string, TensorFacts> Facts,
    string Score,
    string Seed,
    ImmutableArray<string> Gradients,
    ImmutableArray<string> Fetch,
    ImmutableDictionary<string, string> References,
    ImmutableArray<string> Warnings)
{
    // A decomposition may leave nodes that are decomposed in turn (a loop in a branch); deeper nests are not seen in practice.
    private const int DeepestNest = 16;

    /// <summary>Differentiates a model.</summary>
    /// <param name="source">The model.</param>
    /// <param name="request">What to differentiate, with respect to what.</param>
    /// <param name="keepOutputs">Whether the model's own outputs stay, and what is added is named for others to read.</param>
    /// <exception cref="ModelException">No such tensor, no path, an operator without a rule.</exception>
    /// <exception cref="ShapesNeededException">A rule needs shapes that are open.</exception>
    public static GradientGraph Build(GradientSource source, GradientRequest request, bool keepOutputs)
    {
        var family = BackwardFamilies.For(request.Rules);
        var model = source.Model.Clone();
        var facts = new Dictionary<string, TensorFacts>(source.Facts, StringComparer.Ordinal);
        Check(source, request, facts);
        Feed(model, request.Feed, facts);
        if (!keepOutputs)
            model.Graph.Output.Clear();
        Prune(model, [request.Output, .. request.Fetch, .. request.Wrt, .. model.Graph.Output.Select(output => output.Name)]);
        model = Decompose(source, model, request, family, ref facts);

        var graph = new WorkingGraph(model, source.DisplayName, source.Folder, facts);
        source.Tell(graph);
        var score = GradientTail.Append(graph, request.Output, request.Tail);
        var path = GradientPath.Find(graph, score, request.Wrt);
        var unknown = path.Nodes.Where(node => GradientRuleCatalog.Find(node.Key()) is null).ToArray();
        if (unknown.Length > 0)
            throw GradientFailure.NoRule(source.DisplayName, request.Output, request.Wrt[0], unknown);

        var references = ImmutableDictionary<string, string>.Empty;
        ReferencePass? pass = null;
        if (family?.NeedsReference == true)
        {
            references = ReferenceInputs(graph);
            pass = new ReferencePass(graph, references, [.. graph.Model.Graph.Node]);
        }

        var (input, seed) = GradientSeed.Append(graph, score, $"{request.Output}_seed", "seed");
        if (family?.StartsFromOutput == true)
            seed = graph.Add("Mul", [seed, score], 1)[0];
        var sweep = new BackwardSweep(graph, path, family, pass);
        sweep.Run((score, seed));
        ImmutableArray<string> gradients = [.. request.Wrt.Select(name => Expose(graph, name, sweep.GradientOf(name)))];
        ImmutableArray<string> fetch = [.. request.Fetch.Select(name => Fetched(graph, name))];
        foreach (var name in keepOutputs ? [] : fetch.Append(score).Distinct())
            graph.Model.Graph.Output.Add(DeclaredTensor.Of(name, graph.FactsOf(name).Type, graph.FactsOf(name).Dims, "open"));
        Prune(graph.Model, graph.Model.Graph.Output.Select(output => output.Name));
        if (!keepOutputs)
        {
            var read = GradientPath.Upstream(graph.Model.Graph.Node, graph.Model.Graph.Output.Select(output => output.Name));
            Keep(graph.Model.Graph.Input, value => read.Contains(value.Name) || value.Name == input);
        }

        return new GradientGraph(graph.Model, graph.Facts, score, input, gradients, fetch, references, [.. sweep.Warnings]);
    }

    private static void Check(GradientSource source, GradientRequest request, Dictionary<string, TensorFacts> facts)
    {
        foreach (var name in request.Wrt.Concat(request.Feed).Concat(request.Fetch).Append(request.Output))
        {
            if (source.IsWeight(name))
                throw GradientFailure.Weight(source.DisplayName, name);
            if (!facts.ContainsKey(name))
                throw GradientFailure.NoTensor(source.DisplayName, name, source.PublicNames);
        }

        foreach (var name in request.Wrt.Append(request.Output))
        {
            if (!facts[name].MayCarryGradient)
                throw GradientFailure.NotFloating(source.DisplayName, name, facts[name].Type.ToString().ToLowerInvariant());
        }
    }

    private static void Feed(ModelProto model, ImmutableArray<string> names, Dictionary<string, TensorFacts> facts)
    {
        foreach (var name in names.Where(name => model.Graph.Input.All(input => input.Name != name)))
        {
            // The producer may have other outputs that are still read: it keeps those, and only this one gets another name.
            foreach (var node in model.Graph.Node)
            {
                for (var i = 0; i < node.Output.Count; i++)
                {
                    if (node.Output[i] == name)
                        node.Output[i] = $"{name} as computed";
                }
            }

            facts[$"{name} as computed"] = facts[name];
            model.Graph.Input.Add(DeclaredTensor.Of(name, facts[name].Type, facts[name].Dims, "fed"));
        }
    }

    /// <summary>Removes the nodes and weights that no wanted tensor is computed from.</summary>
    private static void Prune(ModelProto model, IEnumerable<string> wanted)
    {
        var needed = GradientPath.Upstream(model.Graph.Node, wanted);
        Keep(model.Graph.Node, node => node.Output.Any(needed.Contains));
        Keep(model.Graph.Initializer, tensor => needed.Contains(tensor.Name));
        Keep(model.Graph.SparseInitializer, tensor => needed.Contains(tensor.Values.Name));
        model.Graph.ValueInfo.Clear();
    }

    private static void Keep<T>(Google.Protobuf.Collections.RepeatedField<T> all, Func<T, bool> wanted)
    {
        var kept = all.Where(wanted).ToArray();
        if (kept.Length == all.Count)
            return;
        all.Clear();
        all.AddRange(kept);
    }

    /// <summary>Replaces nodes on the path by simpler ones, and asks for the shapes of those.</summary>
    private static ModelProto Decompose(
        GradientSource source, ModelProto model, GradientRequest request, IBackwardFamily? family, ref Dictionary<string, TensorFacts> facts)
    {
        var wanted = family?.Decomposed ?? [];
        for (var depth = 0; depth < DeepestNest; depth++)
        {
            var graph = new WorkingGraph(model, source.DisplayName, source.Folder, facts);
            source.Tell(graph);
            var between = Between(model, request);
            if (!NodeDecomposition.Apply(graph, between, wanted))
                return model;
            try
            {
                facts = TensorInference.Infer(model, source.Folder);
            }
            catch (OnnxRuntimeException exception)
            {
                throw new ModelException(
                    $"{source.DisplayName} cannot be differentiated: one of its operators could not be written as simpler ones ({exception.Message.ReplaceLineEndings(" ")}).", exception);
            }
        }

        return model;
    }

    private static HashSet<NodeProto> Between(ModelProto model, GradientRequest request)
    {
        var upstream = GradientPath.Upstream(model.Graph.Node, request.Output);
        var reached = request.Wrt.ToHashSet(StringComparer.Ordinal);
        var between = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        foreach (var node in model.Graph.Node.Where(node => node.Reads().Any(reached.Contains)))
        {
            reached.UnionWith(node.Output.Where(name => name.Length > 0));
            if (node.Output.Any(upstream.Contains))
                between.Add(node);
        }

        return between;
    }

    private static ImmutableDictionary<string, string> ReferenceInputs(WorkingGraph graph)
    {
        var names = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var input in graph.Model.Graph.Input.ToArray())
        {
            var reference = graph.Claim($"{input.Name}_reference");
            var declared = input.Clone();
            declared.Name = reference;
            graph.Model.Graph.Input.Add(declared);
            graph.Facts[reference] = graph.FactsOf(input.Name);
            names.Add(input.Name, reference);
        }

        return names.ToImmutable();
    }

    // An output of a graph must be written by a node.
    private static string Fetched(WorkingGraph graph, string name) =>
        graph.Writer(name) is null ? graph.Add("Identity", [name], 1)[0] : name;

    private static string Expose(WorkingGraph graph, string wrt, string? gradient)
    {
        var facts = graph.FactsOf(wrt);
        // Nothing arrives where every rule on the way says that it is zero (the floor of something).
        var value = gradient ?? graph.Add("Expand", [graph.Constant(facts.Type, [0], []), graph.ShapeOf(wrt)], 1)[0];
        var name = graph.Claim($"{wrt}_gradient");
        graph.Add("Identity", [value], 1);
        graph.Rename(graph.Model.Graph.Node[^1], name);
        graph.Facts[name] = facts;
        graph.Model.Graph.Output.Add(DeclaredTensor.Of(name, facts.Type, facts.Dims, "open"));
        return name;
    }
}
