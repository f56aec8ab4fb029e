using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients.Upgrading;

/// <summary>Puts the bodies of model-local functions in place of the nodes that call them.</summary>
internal static class FunctionInlining
{
    private const int DeepestCall = 64;

    /// <summary>Inlines all calls, in subgraphs too.</summary>
    /// <exception cref="ModelException">Functions call each other without end.</exception>
    public static void Apply(ModelProto model, string displayName)
    {
        if (model.Functions.Count == 0)
            return;
        var functions = model.Functions.ToDictionary(function => (Domain(function.Domain), function.Name, function.Overload));
        var calls = 0;
        Inline(model.Graph.Node, 0);
        foreach (var opset in model.Functions.SelectMany(function => function.OpsetImport))
        {
            if (model.OpsetImport.All(known => Domain(known.Domain) != Domain(opset.Domain)))
                model.OpsetImport.Add(opset.Clone());
        }

        model.Functions.Clear();

        void Inline(Google.Protobuf.Collections.RepeatedField<NodeProto> nodes, int depth)
        {
            var inlined = new List<NodeProto>(nodes.Count);
            foreach (var node in nodes)
            {
                foreach (var inner in node.Attribute.SelectMany(GraphNodes.Graphs))
                    Inline(inner.Node, depth);
                if (!functions.TryGetValue((Domain(node.Domain), node.OpType, node.Overload), out var function))
                {
                    inlined.Add(node);
                    continue;
                }

                if (depth >= DeepestCall)
                    throw new ModelException($"{displayName}: function {function.Name} calls itself. Export the model again.");
                var body = new Google.Protobuf.Collections.RepeatedField<NodeProto>();
                body.AddRange(Body(function, node, $"{function.Name}_{++calls}"));
                Inline(body, depth + 1);
                inlined.AddRange(body);
            }

            nodes.Clear();
            nodes.AddRange(inlined);
        }
    }

    private static string Domain(string domain) => domain is "ai.onnx" ? "" : domain;

    private static IEnumerable<NodeProto> Body(FunctionProto function, NodeProto call, string prefix)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < function.Input.Count; i++)
            names[function.Input[i]] = i < call.Input.Count ? call.Input[i] : "";
        for (var i = 0; i < function.Output.Count; i++)
        {
            if (i < call.Output.Count && call.Output[i].Length > 0)
                names.TryAdd(function.Output[i], call.Output[i]);
        }

        var attributes = function.AttributeProto.ToDictionary(attribute => attribute.Name);
        foreach (var attribute in call.Attribute)
            attributes[attribute.Name] = attribute;
        foreach (var node in function.Node)
            yield return Copy(node);
        // An output that is an input too is written by nobody.
        for (var i = 0; i < Math.Min(function.Output.Count, call.Output.Count); i++)
        {
            if (function.Input.Contains(function.Output[i]) && call.Output[i].Length > 0)
                yield return new NodeProto { OpType = "Identity", Input = { names[function.Output[i]] }, Output = { call.Output[i] } };
        }

        NodeProto Copy(NodeProto node)
        {
            var copy = node.Clone();
            copy.Name = node.Name.Length > 0 ? $"{prefix}/{node.Name}" : "";
            Rename(copy);
            return copy;
        }

        void Rename(NodeProto node)
        {
            for (var i = 0; i < node.Input.Count; i++)
                node.Input[i] = NameOf(node.Input[i]);
            for (var i = 0; i < node.Output.Count; i++)
                node.Output[i] = NameOf(node.Output[i]);
            var resolved = node.Attribute.Select(Resolve).OfType<AttributeProto>().ToArray();
            node.Attribute.Clear();
            node.Attribute.AddRange(resolved);
            foreach (var graph in node.Attribute.SelectMany(GraphNodes.Graphs))
            {
                foreach (var tensor in graph.Initializer)
                    tensor.Name = NameOf(tensor.Name);
                foreach (var value in graph.Input.Concat(graph.Output))
                    value.Name = NameOf(value.Name);
                graph.ValueInfo.Clear();
                foreach (var inner in graph.Node)
                    Rename(inner);
            }
        }

        string NameOf(string name)
        {
            if (name.Length == 0)
                return name;
            if (!names.TryGetValue(name, out var actual))
                names[name] = actual = $"{prefix}/{name}";
            return actual;
        }

        AttributeProto? Resolve(AttributeProto attribute)
        {
            if (attribute.RefAttrName.Length == 0)
                return attribute;
            if (!attributes.TryGetValue(attribute.RefAttrName, out var actual))
                return null;
            var copy = actual.Clone();
            copy.Name = attribute.Name;
            return copy;
        }
    }
}
