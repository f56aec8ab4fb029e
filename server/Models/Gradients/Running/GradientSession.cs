using System.Collections.Immutable;
using ExplainLsp.Models.Running;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients;

/// <summary>A rewritten graph that is open in ONNX Runtime. Closed once nothing runs any more.</summary>
internal sealed class GradientSession
{
    /// <summary>The key of a graph that serves all shapes.</summary>
    public const string AnyShape = "";

    private readonly UseGate _gate;

    public GradientSession(ModelFile file, GradientSource source, GradientGraph graph, GradientRequest request, int width, string key, int fixedBatch)
    {
        // The graph is not needed any more once ONNX Runtime has it; its weights would be held twice.
        Graph = graph with { Model = new(), Facts = [] };
        (Request, Width, Key, FixedBatch) = (request, width, key, fixedBatch);
        SeedType = graph.Facts[graph.Seed].Type;
        ActivationDims = [.. graph.Model.Graph.Node.SelectMany(node => node.Output)
            .Where(name => source.Facts.ContainsKey(name)).Select(name => (source.Facts[name].Dims ?? [-1], TensorNumbers.SizeOf(source.Facts[name].Type)))];
        InputNames = [.. graph.Model.Graph.Input.Select(input => input.Name)];
        OutputNames = [.. graph.Fetch.Concat(graph.Gradients).Append(graph.Score).Distinct()];
        try
        {
            Session = OrtRuntime.Open(graph.Model.ToByteArray(), source.Folder);
        }
        catch (OnnxRuntimeException exception)
        {
            throw OrtFailure.WhileOpening(file, exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or OutOfMemoryException or OverflowException)
        {
            throw GradientFailure.TooBig(file.DisplayName, "its graph with the gradient is over 2 GiB; keep its weights in a file beside it (external data)");
        }

        _gate = new UseGate(this, Session.Dispose);
    }

    /// <summary>What it computes, without the nodes.</summary>
    public GradientGraph Graph { get; }

    /// <inheritdoc cref="GradientModel.Request"/>
    public GradientRequest Request { get; }

    /// <inheritdoc cref="GradientModel.Width"/>
    public int Width { get; }

    /// <summary>The shapes that it was specialised to.</summary>
    public string Key { get; }

    /// <summary>Rows that every run must have; 0 when the graph leaves it open.</summary>
    public int FixedBatch { get; }

    /// <summary>The open session.</summary>
    public InferenceSession Session { get; }

    /// <summary>The element type of the seed.</summary>
    public DataType SeedType { get; }

    /// <summary>What it must be fed.</summary>
    public ImmutableArray<string> InputNames { get; }

    /// <summary>What it gives back.</summary>
    public string[] OutputNames { get; }

    /// <summary>Dimensions of the model's activations and bytes of their elements.</summary>
    public ImmutableArray<(ImmutableArray<long> Dims, int Size)> ActivationDims { get; }

    /// <summary>Begins a run.</summary>
    public void Enter() => _gate.Enter();

    /// <summary>Ends a run.</summary>
    public void Leave() => _gate.Leave();

    /// <summary>Closes it, once nothing runs any more.</summary>
    public void Close() => _gate.Close();
}
