using ExplainLsp.Models;
using ExplainLsp.Models.Gradients;
using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Running;
using ExplainLsp.Samples;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace ExplainLsp.Benchmarks.Images;

/// <summary>
/// What the one graph with forward and backward pass costs beside its alternatives: the model's forward pass as it was exported beside the
/// same brought to the newer opset, and the whole pass in one session beside two that hand their tensors over without copies.
/// </summary>
internal sealed class OneGraphOrTwo : IDisposable
{
    private readonly Part _exported;
    private readonly Part _upgraded;
    private readonly Part _whole;
    private readonly Part _forward;
    private readonly Part _backward;
    private readonly Dictionary<string, OrtValue> _fed;

    /// <param name="path">A model with one float input.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="batch">Copies in one call.</param>
    public OneGraphOrTwo(string path, GridSample sample, int batch)
    {
        var exported = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        var (input, output) = (exported.Graph.Input[0].Name, exported.Graph.Output[0].Name);
        var source = GradientSource.Prepare(exported.Clone(), path, Path.GetDirectoryName(path)!);
        var graph = GradientGraph.Build(source, new GradientRequest(output, [input]), keepOutputs: false);
        var own = graph.Model.Graph.Node.Where(node => node.Output.Any(source.Facts.ContainsKey)).ToArray();
        var added = graph.Model.Graph.Node.Except(own).ToArray();
        var handed = added.SelectMany(node => node.Input).Where(own.SelectMany(node => node.Output).ToHashSet().Contains).Distinct().ToArray();

        _exported = new Part(exported);
        _upgraded = new Part(source.Model);
        _whole = new Part(graph.Model);
        _forward = new Part(Cut(graph.Model, own, [input], [graph.Score, .. handed]));
        _backward = new Part(Cut(graph.Model, added, [graph.Seed, .. handed], [.. graph.Gradients]));
        var width = (int)graph.Facts[graph.Seed].Dims!.Value[1];
        var rows = Enumerable.Repeat(((float[])sample.Tensor.Data).Take(sample.Grid.Elements), batch).SelectMany(row => row).ToArray();
        _fed = new Dictionary<string, OrtValue>
        {
            [input] = OrtValue.CreateTensorValueFromMemory(rows, [batch, .. sample.Tensor.RowShape.Select(size => (long)size)]),
            [graph.Seed] = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1f, batch * width).ToArray(), [batch, width]),
        };
    }

    /// <summary>The forward pass as it was exported.</summary>
    public void Exported() => Dispose(_exported.Run(_fed));

    /// <summary>The forward pass brought to the newer opset.</summary>
    public void Upgraded() => Dispose(_upgraded.Run(_fed));

    /// <summary>Forward and backward in one session.</summary>
    public void One() => Dispose(_whole.Run(_fed));

    /// <summary>Forward in one session, backward in another.</summary>
    public void Two()
    {
        var handed = _forward.Run(_fed);
        Dispose(_backward.Run(_fed.Concat(handed).ToDictionary()));
        Dispose(handed);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(_fed);
        foreach (var part in (Part[])[_exported, _upgraded, _whole, _forward, _backward])
            part.Dispose();
    }

    private static void Dispose(Dictionary<string, OrtValue> values)
    {
        foreach (var value in values.Values)
            value.Dispose();
    }

    private static ModelProto Cut(ModelProto whole, NodeProto[] nodes, string[] inputs, string[] outputs)
    {
        var part = whole.Clone();
        part.Graph.Node.Clear();
        part.Graph.Node.AddRange(nodes);
        part.Graph.Input.Clear();
        part.Graph.Input.AddRange(inputs.Select(name =>
            whole.Graph.Input.FirstOrDefault(input => input.Name == name) ?? DeclaredTensor.Of(name, TensorProto.Types.DataType.Float, null, "handed")));
        part.Graph.Output.Clear();
        part.Graph.Output.AddRange(outputs.Distinct().Select(name => new ValueInfoProto { Name = name }));
        return part;
    }

    private sealed class Part(ModelProto model) : IDisposable
    {
        private readonly RunOptions _options = new();

        public InferenceSession Session { get; } = OrtRuntime.Open(model.ToByteArray(), "");

        public Dictionary<string, OrtValue> Run(Dictionary<string, OrtValue> fed)
        {
            var results = Session.Run(_options, Session.InputNames, [.. Session.InputNames.Select(name => fed[name])], Session.OutputNames);
            return Session.OutputNames.Zip(results).ToDictionary();
        }

        public void Dispose()
        {
            Session.Dispose();
            _options.Dispose();
        }
    }
}
