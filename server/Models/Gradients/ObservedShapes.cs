using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Running;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients;

/// <summary>Shapes that cannot be inferred, seen in a run of one row: every tensor's, and the values of those that depend on shapes only.</summary>
internal static class ObservedShapes
{
    // Shapes, axes, paddings and positions are short.
    private const int LongestValue = 256;

    /// <summary>What was seen.</summary>
    /// <param name="Facts">Of all tensors.</param>
    /// <param name="Values">Of short integer tensors that no input's values reach.</param>
    internal sealed record Seen(Dictionary<string, TensorFacts> Facts, Dictionary<string, (double[] Values, long[] Shape)> Values);

    /// <summary>Runs the model on the first row; null when it lacks an input.</summary>
    /// <exception cref="OnnxRuntimeException">The run failed.</exception>
    public static Seen? Observe(GradientSource source, IReadOnlyList<ModelTensor> inputs)
    {
        var given = source.Model.Graph.Input.Select(input => inputs.FirstOrDefault(tensor => tensor.Name == input.Name)).ToArray();
        if (given.Any(tensor => tensor.Data is null))
            return null;
        var tensors = source.Facts.Where(pair => pair.Value.Type != DataType.Undefined && !source.IsWeight(pair.Key)).Select(pair => pair.Key)
            .Except(given.Select(tensor => tensor.Name)).ToArray();
        var model = source.Model.Clone();
        model.Graph.Output.Clear();
        model.Graph.Output.AddRange(tensors.Select(name => new ValueInfoProto { Name = name }));
        var rows = Math.Max(source.FixedRows, 1);
        using var session = OrtRuntime.OpenUnoptimised(model.ToByteArray(), source.Folder);
        var values = given.Select(tensor => InputBlock.Create(tensor, 0, 1, rows)).ToArray();
        try
        {
            using var run = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using var results = session.Run(run, [.. given.Select(tensor => tensor.Name)], values, tensors);
            return Read(source, tensors, results);
        }
        finally
        {
            foreach (var value in values)
                value.Dispose();
        }
    }

    private static Seen Read(GradientSource source, string[] tensors, IDisposableReadOnlyCollection<OrtValue> results)
    {
        var facts = new Dictionary<string, TensorFacts>(source.Facts, StringComparer.Ordinal);
        var values = new Dictionary<string, (double[], long[])>(StringComparer.Ordinal);
        var moving = Moving(source.Model.Graph);
        for (var i = 0; i < tensors.Length; i++)
        {
            var shape = results[i].GetTensorTypeAndShape().Shape;
            var count = results[i].GetTensorTypeAndShape().ElementCount;
            facts[tensors[i]] = facts[tensors[i]] with { Dims = [.. shape] };
            if (count <= LongestValue && facts[tensors[i]].Type is DataType.Int64 or DataType.Int32 or DataType.Bool && !moving.Contains(tensors[i]))
                values[tensors[i]] = (TensorValues.Read(results[i], (int)count), shape);
        }

        return new Seen(facts, values);
    }

    /// <summary>The tensors that an input's values reach, other than through its shape.</summary>
    private static HashSet<string> Moving(GraphProto graph)
    {
        var moving = graph.Input.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var node in graph.Node.Where(node => node.OpType is not ("Shape" or "Size") && node.Reads().Any(moving.Contains)))
            moving.UnionWith(node.Output);
        foreach (var node in graph.Node.Where(node => node.OpType.StartsWith("Random", StringComparison.Ordinal)))
            moving.UnionWith(node.Output);
        return moving;
    }
}
