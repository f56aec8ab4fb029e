using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients.Upgrading;

/// <summary>
/// Brings a model to opset 18, which the backward pass needs, operator by operator; a newer one stays as it is. Model-local functions are
/// upgraded from the opset that they name themselves.
/// </summary>
internal static class OpsetUpgrade
{
    /// <summary>The opset whose operators rules may use.</summary>
    public const long Target = 18;

    // The first IR version that opset 18 was released with.
    private const long TargetIr = 8;

    // Before it, broadcasting had attributes of its own.
    private const long Oldest = 7;

    /// <summary>Upgrades a model in place.</summary>
    /// <param name="model">The model.</param>
    /// <param name="displayName">The file as a person names it.</param>
    /// <param name="folder">Where external data is.</param>
    /// <exception cref="ModelException">An opset before 7, or an operator whose older form has no newer one.</exception>
    public static void Apply(ModelProto model, string displayName, string folder)
    {
        var original = model.OpsetImport.Any(opset => opset.Domain is "" or "ai.onnx" && opset.Version < Target) ? model.Clone() : null;
        var version = Version(model.OpsetImport);
        model.IrVersion = Math.Max(model.IrVersion, TargetIr);
        var facts = new Lazy<Dictionary<string, TensorFacts>>(() => TensorInference.Infer(original!, folder));
        Nodes(model.Graph, version, name => facts.Value.GetValueOrDefault(name));
        foreach (var function in model.Functions)
        {
            var upgraded = Upgraded(function.Node, Version(function.OpsetImport), _ => default);
            function.Node.Clear();
            function.Node.AddRange(upgraded);
        }

        void Nodes(GraphProto graph, long from, Func<string, TensorFacts> known)
        {
            var upgraded = Upgraded(graph.Node, from, known);
            graph.Node.Clear();
            graph.Node.AddRange(upgraded);
        }

        List<NodeProto> Upgraded(IEnumerable<NodeProto> nodes, long from, Func<string, TensorFacts> known)
        {
            if (from < Oldest)
                throw new ModelException($"{displayName} is of opset {from}; gradients are known from opset {Oldest} on. Export it with opset 13 or newer.");
            var context = new UpgradeContext(displayName, from, known, ConstantOf);
            foreach (var node in nodes)
            {
                // What subgraphs see of facts are names of the outer graph; those of their own are not asked for.
                foreach (var inner in node.Attribute.SelectMany(GraphNodes.Graphs))
                    Nodes(inner, from, _ => default);
                if (from < Target && node.Domain is "" or "ai.onnx" && OperatorUpgrades.For(node.OpType) is { } adapt)
                    adapt(node, context);
                else
                    context.Keep(node);
            }

            return context.Nodes;
        }

        double[]? ConstantOf(string name)
        {
            var tensor = model.Graph.Initializer.FirstOrDefault(tensor => tensor.Name == name)
                ?? original?.Graph.Node.FirstOrDefault(node => node.OpType == "Constant" && node.Output[0] == name)?.Find("value")?.T;
            return tensor is null ? null : TensorNumbers.Read(tensor, folder);
        }
    }

    private static long Version(Google.Protobuf.Collections.RepeatedField<OperatorSetIdProto> imports)
    {
        var standard = imports.Where(opset => opset.Domain is "" or "ai.onnx").ToArray();
        var version = standard.Length > 0 ? standard.Max(opset => opset.Version) : Target;
        foreach (var opset in standard)
            imports.Remove(opset);
        imports.Add(new OperatorSetIdProto { Version = Math.Max(version, Target) });
        return version;
    }
}
