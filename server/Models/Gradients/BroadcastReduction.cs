using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients;

/// <summary>The transpose of broadcasting: a gradient is summed over what was repeated.</summary>
internal static class BroadcastReduction
{
    /// <summary>Sums a gradient to the shape of a tensor: by known shapes, else over axes that are found while it runs.</summary>
    public static string ReduceTo(WorkingGraph graph, string gradient, string tensor)
    {
        if (graph.FactsOf(gradient).Dims is not { } from || graph.FactsOf(tensor).Dims is not { } to)
            return Dynamic(graph, gradient, tensor);
        var added = from.Length - to.Length;
        if (added < 0)
            return Dynamic(graph, gradient, tensor);
        var axes = new List<double>();
        for (var i = 0; i < from.Length; i++)
        {
            if (i < added)
                axes.Add(i);
            else if (to[i - added] == 1 && from[i] != 1)
                axes.Add(i);
            else if (to[i - added] != from[i] || from[i] == -1)
            {
                // An open size beside a fixed one above one must be that size, for a gradient as big as its tensor or bigger.
                if (to[i - added] <= 1)
                    return Dynamic(graph, gradient, tensor);
            }
        }

        if (axes.Count == 0)
            return gradient;
        var list = graph.Constant(DataType.Int64, [.. axes], [axes.Count]);
        // Repeated ones in front go; those of the tensor itself stay as ones.
        if (axes.Count == added)
            return graph.Add("ReduceSum", [gradient, list], 1, ("keepdims", 0L))[0];
        var sum = graph.Add("ReduceSum", [gradient, list], 1, ("keepdims", 1L))[0];
        if (added == 0)
            return sum;
        return graph.Add("Squeeze", [sum, graph.Constant(DataType.Int64, [.. Enumerable.Range(0, added).Select(axis => (double)axis)], [added])], 1)[0];
    }

    private static string Dynamic(WorkingGraph graph, string gradient, string tensor)
    {
        var (from, to) = (graph.ShapeOf(gradient), graph.ShapeOf(tensor));
        // The tensor's shape with ones in front, as long as the gradient's.
        var missing = graph.Add("Sub", [graph.Add("Shape", [from], 1)[0], graph.Add("Shape", [to], 1)[0]], 1)[0];
        var ones = graph.Add("Expand", [graph.Constant(DataType.Int64, [1], [1]), missing], 1)[0];
        var padded = graph.Add("Concat", [ones, to], 1, ("axis", 0L))[0];
        var differs = graph.Add("Not", [graph.Add("Equal", [from, padded], 1)[0]], 1)[0];
        var axes = graph.Add("Reshape", [graph.Add("NonZero", [differs], 1)[0], graph.Constant(DataType.Int64, [-1], [1])], 1)[0];
        var sum = graph.Add("ReduceSum", [gradient, axes], 1, ("keepdims", 1L), ("noop_with_empty_axes", 1L))[0];
        var reduced = graph.Add("Reshape", [sum, to], 1, ("allowzero", 1L))[0];
        graph.Facts[reduced] = new TensorFacts(graph.FactsOf(gradient).Type, graph.FactsOf(tensor).Dims);
        return reduced;
    }
}
