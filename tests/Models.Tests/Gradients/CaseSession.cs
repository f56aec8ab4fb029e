using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Running;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients;

/// <summary>A model in ONNX Runtime, with numbers as doubles whatever its precision.</summary>
internal sealed class CaseSession(ModelProto model, DataType precision) : IDisposable
{
    private readonly InferenceSession _session = OrtRuntime.Open(model.ToByteArray(), Path.GetTempPath());

    public double[] Run(string output, IReadOnlyDictionary<string, CaseTensor> inputs) => Run([output], inputs)[0].Values;

    public CaseTensor[] Run(IReadOnlyList<string> outputs, IReadOnlyDictionary<string, CaseTensor> inputs)
    {
        var names = _session.InputNames.Where(inputs.ContainsKey).ToArray();
        var values = names.Select(name => Value(inputs[name])).ToArray();
        try
        {
            using var options = new RunOptions();
            using var results = _session.Run(options, names, values, outputs);
            return [.. results.Select(Read)];
        }
        finally
        {
            foreach (var value in values)
                value.Dispose();
        }
    }

    public void Dispose() => _session.Dispose();

    private OrtValue Value(CaseTensor tensor)
    {
        var type = tensor.Type == DataType.Undefined ? precision : tensor.Type;
        return type switch
        {
            DataType.Float => Create([.. tensor.Values.Select(value => (float)value)]),
            DataType.Double => Create([.. tensor.Values]),
            DataType.Float16 => Create([.. tensor.Values.Select(value => (Float16)(float)value)]),
            DataType.Int64 => Create([.. tensor.Values.Select(value => (long)value)]),
            DataType.Int32 => Create([.. tensor.Values.Select(value => (int)value)]),
            DataType.Bool => Create([.. tensor.Values.Select(value => value != 0)]),
            DataType.Uint8 => Create([.. tensor.Values.Select(value => (byte)value)]),
            DataType.Int8 => Create([.. tensor.Values.Select(value => (sbyte)value)]),
            _ => throw new NotSupportedException($"Inputs of type {type}."),
        };

        OrtValue Create<T>(T[] data)
            where T : unmanaged => OrtValue.CreateTensorValueFromMemory(data, tensor.Shape);
    }

    private static CaseTensor Read(OrtValue value)
    {
        var info = value.GetTensorTypeAndShape();
        double[] values = info.ElementDataType switch
        {
            TensorElementType.Float => [.. value.GetTensorDataAsSpan<float>().ToArray().Select(number => (double)number)],
            TensorElementType.Double => value.GetTensorDataAsSpan<double>().ToArray(),
            TensorElementType.Float16 => [.. value.GetTensorDataAsSpan<Float16>().ToArray().Select(number => (double)(float)number)],
            TensorElementType.Int64 => [.. value.GetTensorDataAsSpan<long>().ToArray().Select(number => (double)number)],
            TensorElementType.Bool => [.. value.GetTensorDataAsSpan<bool>().ToArray().Select(flag => flag ? 1.0 : 0)],
            var type => throw new NotSupportedException($"Outputs of type {type}."),
        };
        return new CaseTensor(DataType.Undefined, values, info.Shape);
    }
}
