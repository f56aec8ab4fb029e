using System.Collections.Immutable;
using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Running;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients;

/// <summary>
/// Types and shapes of a model's inner tensors as ONNX Runtime infers them: they are made outputs of the graph, it is opened without
/// optimisations, and tells of its outputs.
/// </summary>
internal static class TensorInference
{
    /// <summary>Facts of all tensors of the main graph, by name.</summary>
    /// <param name="model">The model; it is not changed.</param>
    /// <param name="folder">Where external data is.</param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime does not accept the model.</exception>
    public static Dictionary<string, TensorFacts> Infer(ModelProto model, string folder)
    {
        var facts = new Dictionary<string, TensorFacts>(StringComparer.Ordinal);
        foreach (var tensor in model.Graph.Initializer)
            facts[tensor.Name] = new TensorFacts((DataType)tensor.DataType, [.. tensor.Dims]);
        var symbols = new Dictionary<string, long>(StringComparer.Ordinal);
        var names = model.Graph.Node.SelectMany(node => node.Output).Where(name => name.Length > 0).ToHashSet(StringComparer.Ordinal);
        names.ExceptWith(facts.Keys);
        using (var session = Open(model, names, folder))
        {
            foreach (var (name, metadata) in session.InputMetadata)
                facts[name] = Describe(metadata, symbols);
            foreach (var (name, metadata) in session.OutputMetadata)
                facts[name] = Describe(metadata, symbols);
        }

        foreach (var input in model.Graph.Input.Where(input => input.Type?.TensorType is { Shape: null }))
            facts[input.Name] = facts[input.Name] with { Dims = null };
        foreach (var name in WithoutRank(model, facts, names, folder))
            facts[name] = facts[name] with { Dims = null };
        return facts;
    }

    /// <summary>The metadata of a scalar and of a tensor of unknown rank look alike; the shape of its shape tells them apart.</summary>
    private static List<string> WithoutRank(ModelProto model, Dictionary<string, TensorFacts> facts, HashSet<string> names, string folder)
    {
        var constants = model.Graph.Node.Where(node => node.OpType == "Constant").SelectMany(node => node.Output).ToHashSet(StringComparer.Ordinal);
        var unsure = names.Where(name => !constants.Contains(name) && facts.TryGetValue(name, out var fact) && fact is { Type: not DataType.Undefined, Dims: [] }).ToArray();
        if (unsure.Length == 0)
            return [];
        var asked = model.Clone();
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in unsure)
        {
            answers["inferred rank of " + name] = name;
            asked.Graph.Node.Add(new NodeProto { OpType = "Shape", Input = { name }, Output = { "inferred rank of " + name } });
        }

        using var session = Open(asked, answers.Keys, folder);
        return [.. session.OutputMetadata.Where(output => answers.ContainsKey(output.Key) && output.Value.Dimensions is [not 0]).Select(output => answers[output.Key])];
    }

    private static InferenceSession Open(ModelProto model, IReadOnlyCollection<string> outputs, string folder)
    {
        var open = new ModelProto(model) { Graph = Shallow(model.Graph) };
        var declared = model.Graph.Output.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        open.Graph.Output.AddRange(outputs.Where(name => !declared.Contains(name)).Select(name => new ValueInfoProto { Name = name }));
        return OrtRuntime.OpenUnoptimised(open.ToByteArray(), folder);
    }

    // Nodes and weights are shared with the model, only the list of outputs is another one.
    private static GraphProto Shallow(GraphProto graph) => new()
    {
        Name = graph.Name.Length > 0 ? graph.Name : "graph",
        Node = { graph.Node },
        Initializer = { graph.Initializer },
        SparseInitializer = { graph.SparseInitializer },
        Input = { graph.Input },
        Output = { graph.Output },
    };

    private static TensorFacts Describe(NodeMetadata metadata, Dictionary<string, long> symbols)
    {
        if (!metadata.IsTensor)
            return new TensorFacts(DataType.Undefined, null);
        var dims = metadata.Dimensions;
        var sizes = ImmutableArray.CreateBuilder<long>(dims.Length);
        for (var i = 0; i < dims.Length; i++)
        {
            var symbol = i < metadata.SymbolicDimensions.Length ? metadata.SymbolicDimensions[i] : "";
            if (dims[i] >= 0)
                sizes.Add(dims[i]);
            else if (string.IsNullOrEmpty(symbol))
                sizes.Add(-1);
            else if (symbols.TryGetValue(symbol, out var number))
                sizes.Add(number);
            else
                sizes.Add(symbols[symbol] = -2 - symbols.Count);
        }

        return new TensorFacts(TypeOf(metadata.ElementDataType), sizes.MoveToImmutable());
    }

    private static DataType TypeOf(TensorElementType type) => Enum.TryParse<DataType>(type.ToString(), ignoreCase: true, out var parsed) ? parsed : DataType.Undefined;
}
