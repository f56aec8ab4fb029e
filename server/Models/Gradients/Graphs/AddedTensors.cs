using System.Collections.Immutable;
using ExplainLsp.Models.Onnx;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients;

/// <summary>
/// Types and shapes of the tensors that rules add, for the operators that rules add most. ONNX Runtime infers those of the model; asking
/// it again after each added node would cost more than the gradient. What is not known here stays open.
/// </summary>
internal static class AddedTensors
{
    /// <summary>Notes what follows for the outputs of a node.</summary>
    public static void Infer(WorkingGraph graph, NodeProto node)
    {
        for (var i = 0; i < node.Output.Count; i++)
        {
            if (node.Output[i].Length > 0 && !graph.Facts.ContainsKey(node.Output[i]))
                graph.Facts[node.Output[i]] = new TensorFacts(TypeOf(graph, node, i), i == 0 ? DimsOf(graph, node) : null);
        }
    }

    private static DataType TypeOf(WorkingGraph graph, NodeProto node, int output) => node.OpType switch
    {
        "Shape" or "Size" or "NonZero" or "ArgMax" or "ArgMin" => DataType.Int64,
        "MaxPool" or "TopK" when output == 1 => DataType.Int64,
        "Cast" => (DataType)(node.Find("to")?.I ?? 0),
        "Equal" or "Less" or "LessOrEqual" or "Greater" or "GreaterOrEqual" or "And" or "Or" or "Xor" or "Not" or "IsNaN" or "IsInf" => DataType.Bool,
        "Constant" when node.Find("value") is { } value => (DataType)value.T.DataType,
        "Constant" => node.Attribute is [{ Name: "value_int" or "value_ints" }] ? DataType.Int64 : DataType.Float,
        "ConstantOfShape" => node.Find("value") is { } value ? (DataType)value.T.DataType : DataType.Float,
        "OneHot" => graph.FactsOf(node.Input[2]).Type,
        "Where" or "CastLike" => graph.FactsOf(node.Input[1]).Type,
        "If" or "Loop" or "Scan" => DataType.Undefined,
        _ => node.Input is [var first, ..] ? graph.FactsOf(first).Type : DataType.Undefined,
    };

    private static ImmutableArray<long>? DimsOf(WorkingGraph graph, NodeProto node)
    {
        switch (node.OpType)
        {
            case "Neg" or "Abs" or "Sqrt" or "Exp" or "Log" or "Reciprocal" or "Sign" or "Relu" or "Sigmoid" or "Tanh" or "Erf" or "Softplus"
                or "Cast" or "CastLike" or "Identity" or "Not" or "Floor" or "Ceil" or "Round" or "Sin" or "Cos" or "Tan" or "Softmax"
                or "LogSoftmax" or "Clip" or "CumSum" or "IsNaN" or "IsInf" or "ScatterND" or "ScatterElements" or "Trilu" or "HardSigmoid"
                or "LeakyRelu" or "Elu" or "Sinh" or "Cosh" or "LRN" or "BatchNormalization" or "InstanceNormalization":
                return Dims(0);
            case "Add" or "Sub" or "Mul" or "Div" or "Pow" or "Equal" or "Less" or "LessOrEqual" or "Greater" or "GreaterOrEqual" or "And"
                or "Or" or "Xor" or "Where" or "Max" or "Min" or "Sum" or "Mean" or "Mod" or "PRelu":
                return Broadcast([.. node.Input.Select(graph.FactsOf).Select(facts => facts.Dims)]);
            case "Shape":
                return Dims(0) is { } shaped && node.Attribute.Count == 0 ? [shaped.Length] : [-1];
            case "Transpose":
                return Transposed(Dims(0), node.Find("perm")?.Ints);
            case "Reshape":
                return Reshaped(graph, node);
            case "Expand":
                return Integers(1) is { } target ? Broadcast([Dims(0), target]) : null;
            case "ConstantOfShape":
                return Integers(0);
            case "Unsqueeze":
                return Integers(1) is { } added && Dims(0) is { } before ? Unsqueezed(before, added) : null;
            case "Squeeze":
                return node.Input.Count > 1 && Integers(1) is { } removed && Dims(0) is { } full
                    ? [.. full.Where((_, i) => !removed.Contains(i) && !removed.Contains(i - full.Length))] : null;
            case "MatMul":
                return Product(Dims(0), Dims(1));
            case "GlobalAveragePool" or "GlobalMaxPool":
                return Dims(0) is { } picture ? [.. picture.Select((size, i) => i < 2 ? size : 1)] : null;
            case var name when name.StartsWith("Reduce", StringComparison.Ordinal):
                return Reduced(graph, node);
            case "Concat":
                return Concatenated([.. node.Input.Select(input => graph.FactsOf(input).Dims)], node.Find("axis")?.I ?? 0);
            default:
                return null;
        }

        ImmutableArray<long>? Dims(int input) => node.Input.Count > input ? graph.FactsOf(node.Input[input]).Dims : null;

        ImmutableArray<long>? Integers(int input) =>
            graph.ValuesOf(node.Input[input]) is { } constant ? [.. constant.Values.Select(value => (long)value)] : null;
    }

    /// <summary>The shape that operands of these shapes are broadcast to; null when a rank is not known.</summary>
    public static ImmutableArray<long>? Broadcast(ImmutableArray<ImmutableArray<long>?> shapes)
    {
        if (shapes.Any(shape => shape is null))
            return null;
        var rank = shapes.Max(shape => shape!.Value.Length);
        var result = new long[rank];
        for (var i = 0; i < rank; i++)
        {
            var size = 1L;
            foreach (var shape in shapes)
            {
                var at = i - rank + shape!.Value.Length;
                var other = at < 0 ? 1 : shape.Value[at];
                // An open dimension may be one; only a number above one (or zero) decides.
                if (other == size || other == 1)
                    continue;
                size = size == 1 || (size < 0 && other >= 0) ? other : size < 0 ? -1 : size;
            }

            result[i] = size;
        }

        return [.. result];
    }

    private static ImmutableArray<long>? Transposed(ImmutableArray<long>? dims, IList<long>? order)
    {
        if (dims is not { } from)
            return null;
        return order is { Count: > 0 } ? [.. order.Select(axis => from[(int)(axis < 0 ? axis + from.Length : axis)])] : [.. from.Reverse()];
    }

    private static ImmutableArray<long>? Reshaped(WorkingGraph graph, NodeProto node)
    {
        if (graph.ValuesOf(node.Input[1]) is not { } target)
            return graph.FactsOf(node.Input[1]).Dims is [> 0 and var rank] ? [.. Enumerable.Repeat(-1L, (int)rank)] : null;
        var from = graph.FactsOf(node.Input[0]).Dims;
        var literal = node.Find("allowzero")?.I == 1;
        var dims = new long[target.Values.Length];
        var open = -1;
        for (var i = 0; i < dims.Length; i++)
        {
            dims[i] = (long)target.Values[i];
            if (dims[i] == 0 && !literal)
                dims[i] = from is { } known && i < known.Length ? known[i] : -1;
            else if (dims[i] == -1)
                open = i;
        }

        if (open >= 0 && from is { } all && all.All(size => size > 0))
        {
            var rest = TensorNumbers.Count(dims.Where((_, i) => i != open));
            if (rest > 0)
                dims[open] = TensorNumbers.Count(all) / rest;
        }

        return [.. dims];
    }

    private static ImmutableArray<long> Unsqueezed(ImmutableArray<long> dims, ImmutableArray<long> axes)
    {
        var rank = dims.Length + axes.Length;
        var added = axes.Select(axis => (int)(axis < 0 ? axis + rank : axis)).ToHashSet();
        var next = 0;
        return [.. Enumerable.Range(0, rank).Select(i => added.Contains(i) ? 1 : dims[next++])];
    }

    private static ImmutableArray<long>? Product(ImmutableArray<long>? left, ImmutableArray<long>? right)
    {
        if (left is not { Length: > 1 } a || right is not { Length: > 1 } b)
            return null;
        return Broadcast([a[..^2], b[..^2]]) is { } batch ? [.. batch, a[^2], b[^1]] : null;
    }

    private static ImmutableArray<long>? Reduced(WorkingGraph graph, NodeProto node)
    {
        if (graph.FactsOf(node.Input[0]).Dims is not { } dims)
            return null;
        var keep = (node.Find("keepdims")?.I ?? 1) == 1;
        ImmutableArray<long>? axes = node.Input.Count < 2 || node.Input[1].Length == 0 ? []
            : graph.ValuesOf(node.Input[1]) is { } constant ? [.. constant.Values.Select(value => (long)value)] : null;
        if (axes is not { } reduced)
            return keep ? [.. dims.Select(_ => -1L)] : null;
        if (reduced.IsEmpty && node.Find("noop_with_empty_axes")?.I == 1)
            return dims;
        var set = reduced.IsEmpty ? Enumerable.Range(0, dims.Length).ToHashSet() : reduced.Select(axis => (int)(axis < 0 ? axis + dims.Length : axis)).ToHashSet();
        return keep ? [.. dims.Select((size, i) => set.Contains(i) ? 1 : size)] : [.. dims.Where((_, i) => !set.Contains(i))];
    }

    private static ImmutableArray<long>? Concatenated(ImmutableArray<ImmutableArray<long>?> shapes, long axis)
    {
        if (shapes.Any(shape => shape is null))
            return null;
        var first = shapes[0]!.Value.ToArray();
        var at = (int)(axis < 0 ? axis + first.Length : axis);
        first[at] = shapes.All(shape => shape!.Value[at] >= 0) ? shapes.Sum(shape => shape!.Value[at]) : -1;
        return [.. first];
    }
}
