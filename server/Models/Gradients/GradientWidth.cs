using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Running;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace ExplainLsp.Models.Gradients;

/// <summary>How many elements an output has a row: as declared or inferred, else by a run on zeros and empty texts.</summary>
internal static class GradientWidth
{
    /// <exception cref="ModelException">It is not declared, and a run on zeros failed.</exception>
    public static int Of(ModelFile file, GradientSource source, InputPlan inputs, GradientRequest request)
    {
        var flat = GradientSeed.Flattened(source.Facts[request.Output].Dims);
        if (flat is [_, >= 0 and var width])
            return checked((int)width);
        var rows = Math.Max(inputs.FixedBatch, 1);
        try
        {
            var model = source.Model.Clone();
            model.Graph.Output.Clear();
            model.Graph.Output.Add(new ValueInfoProto { Name = request.Output });
            using var session = OrtRuntime.OpenUnoptimised(model.ToByteArray(), source.Folder);
            var tensors = RowTensors.Zeros(inputs, rows);
            var values = tensors.Select(tensor => InputBlock.Create(tensor, 0, rows, rows)).ToArray();
            try
            {
                using var run = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
                using var results = session.Run(run, [.. tensors.Select(tensor => tensor.Name)], values, [request.Output]);
                return (int)Math.Max(results[0].GetTensorTypeAndShape().ElementCount / rows, 1);
            }
            finally
            {
                foreach (var value in values)
                    value.Dispose();
            }
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelException(
                $"{file.DisplayName} does not declare how many numbers {request.Output} has, and a trial run failed. Export it with the shapes of its outputs.", exception);
        }
    }
}
