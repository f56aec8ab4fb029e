using System.Collections.Immutable;
using ExplainLsp.Models.Gradients;
using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Pipelines;

/// <summary>
/// What each operator of a preprocessing pipeline does to columns: those of ONNX-ML that scikit-learn's converters write, and the standard
/// operators that stand in for them. A new operator is one line of <see cref="Apply"/>.
/// </summary>
internal static class ColumnRules
{
    /// <summary>One output of a node.</summary>
    /// <param name="Node">The node.</param>
    /// <param name="Inputs">Layouts of what it reads; null for an optional input left out.</param>
    /// <param name="Output">The output's number.</param>
    /// <param name="Graph">Where constants are.</param>
    internal sealed record Call(NodeProto Node, ColumnLayout?[] Inputs, int Output, WorkingGraph Graph)
    {
        /// <summary>The first input.</summary>
        public ColumnLayout First => Inputs[0]!;

        /// <summary>An integer attribute.</summary>
        public long Integer(string name, long fallback) => Node.Attribute.FirstOrDefault(attribute => attribute.Name == name)?.I ?? fallback;

        /// <summary>Integers of an attribute, or of the constant that newer opsets give as an input; null when neither is there.</summary>
        public int[]? Integers(string name, int input = -1)
        {
            if (Node.Attribute.FirstOrDefault(attribute => attribute.Name == name) is { } list)
                return [.. list.Ints.Select(value => (int)Math.Clamp(value, int.MinValue, int.MaxValue))];
            return input >= 0 && input < Node.Input.Count && Graph.ValuesOf(Node.Input[input]) is { } constant
                ? [.. constant.Values.Select(value => (int)Math.Clamp(value, int.MinValue, int.MaxValue))]
                : null;
        }

        /// <summary>An axis of the row for an axis of the tensor; null for the axis of the rows.</summary>
        public int? RowAxis(long axis) => axis < 0
            ? First.RowShape.Length + axis is var back && back >= 0 ? (int)back : null
            : axis > 0 && axis <= First.RowShape.Length ? (int)axis - 1 : null;

        /// <summary>Whether the input depends on no column.</summary>
        public bool IsConstant(int input) => input >= Inputs.Length || Inputs[input] is null || Inputs[input]!.Sources.IsEmpty;
    }

    /// <summary>The layout of the output; null when the operator, or this use of it, is not understood.</summary>
    public static ColumnLayout? Apply(Call call)
    {
        if (call.Inputs is not [{ IsKnown: true }, ..] || call.Inputs.Any(input => input is { IsKnown: false }))
            return null;
        return call.Node.OpType switch
        {
            "Identity" or "Dropout" => call.First,
            "Cast" or "CastLike" or "Scaler" or "Imputer" or "Binarizer" or "LabelEncoder" or "CategoryMapper" or "StringNormalizer" =>
                call.First with { AsWritten = false },
            "Abs" or "Ceil" or "Erf" or "Exp" or "Floor" or "IsInf" or "IsNaN" or "Log" or "Neg" or "Not" or "Reciprocal" or "Relu" or "Round"
                or "Sigmoid" or "Sign" or "Sqrt" or "Tanh" or "LeakyRelu" or "Elu" or "Softplus" or "HardSigmoid" or "ThresholdedRelu" or "Clip"
                => call.First with { AsWritten = false },
            "Add" or "Sub" or "Mul" or "Div" or "Pow" or "Mod" or "Min" or "Max" or "Sum" or "Mean" or "Where" or "Equal" or "Less" or "LessOrEqual"
                or "Greater" or "GreaterOrEqual" or "And" or "Or" or "Xor" => Broadcast(call),
            "OneHotEncoder" => OneHot(call),
            "Concat" => call.RowAxis(call.Integer("axis", 1)) is { } axis && Enumerable.Range(0, call.Inputs.Length).All(i => !call.IsConstant(i))
                ? ColumnMoves.Join([.. call.Inputs.OfType<ColumnLayout>()], axis) : null,
            "FeatureVectorizer" => Vectorize(call),
            "Normalizer" or "Softmax" or "LogSoftmax" or "LpNormalization" => Together(call.First),
            "Reshape" => Reshape(call),
            "Flatten" => call.Integer("axis", 1) == 1 ? ColumnMoves.Reshape(call.First, [call.First.Origins.Length]) : null,
            "Squeeze" => Squeeze(call),
            "Unsqueeze" => Unsqueeze(call),
            "Transpose" => call.Integers("perm") is [0, .. var order] ? ColumnMoves.Transpose(call.First, [.. order.Select(axis => axis - 1)]) : null,
            "Gather" => Pick(call, call.RowAxis(call.Integer("axis", 0)), keepsAxis: call.Graph.ValuesOf(call.Node.Input[1])?.Shape.Length == 1),
            "ArrayFeatureExtractor" => Pick(call, call.First.RowShape.Length - 1, keepsAxis: true),
            "Slice" => Slice(call),
            "Split" => Split(call),
            "ReduceSum" or "ReduceMean" or "ReduceMax" or "ReduceMin" or "ReduceProd" or "ReduceL1" or "ReduceL2" or "ReduceSumSquare" =>
                Reduce(call, call.Integers("axes", 1)),
            "ArgMax" or "ArgMin" => Reduce(call, [(int)call.Integer("axis", 0)]),
            "MatMul" => Multiply(call, transposed: false),
            "Gemm" => call.Integer("transA", 0) == 0 && call.IsConstant(2) ? Multiply(call, call.Integer("transB", 0) != 0) : null,
            _ => null,
        };
    }

    private static ColumnLayout? Broadcast(Call call)
    {
        var rank = call.Inputs.OfType<ColumnLayout>().Where(input => !input.Sources.IsEmpty).Select(input => input.RowShape.Length).Distinct().ToArray();
        if (rank is not [var rows])
            return rank.Length == 0 ? call.First with { AsWritten = false } : null;
        var operands = new List<ColumnLayout>();
        foreach (var input in call.Inputs.OfType<ColumnLayout>())
        {
            // A constant as long as rows + 1 axes must not differ from row to row.
            var extra = input.Sources.IsEmpty ? Math.Max(0, input.RowShape.Length - rows) : 0;
            if (extra > 1 || (extra == 1 && input.RowShape[0] != 1))
                return null;
            operands.Add(extra == 1 ? input with { RowShape = input.RowShape.RemoveAt(0) } : input);
        }

        return ColumnMoves.Broadcast(operands);
    }

    private static ColumnLayout? OneHot(Call call)
    {
        var categories = call.Node.Attribute.Where(attribute => attribute.Name is "cats_strings" or "cats_int64s")
            .Sum(attribute => attribute.Strings.Count + attribute.Ints.Count);
        return categories == 0 ? null : new ColumnLayout(
            call.First.RowShape.Add(categories), [.. call.First.Origins.SelectMany(origin => Enumerable.Repeat(origin, categories))], false);
    }

    private static ColumnLayout? Vectorize(Call call) =>
        ColumnMoves.Join([.. call.Inputs.OfType<ColumnLayout>().Select(input => ColumnMoves.Reshape(input, [input.Origins.Length])!)], 0) is { } joined
            // It gives floats whatever it reads.
            ? joined with { AsWritten = false } : null;

    /// <summary>Every number depends on all those along the last axis.</summary>
    private static ColumnLayout Together(ColumnLayout layout)
    {
        var size = layout.RowShape.LastOrDefault(1);
        var together = layout.Origins.Chunk(size).Select(group => ColumnLayout.Union(group));
        return layout with { AsWritten = false, Origins = [.. together.SelectMany(union => Enumerable.Repeat(union, size))] };
    }

    private static ColumnLayout? Reshape(Call call)
    {
        var shape = call.Integers("shape", 1);
        return shape switch
        {
            // All rows in one line keep apart when there is one number each.
            [-1] => call.First.Origins.Length == 1 ? call.First with { RowShape = [] } : null,
            [-1 or 0, .. var row] when row.All(size => size > 0) => ColumnMoves.Reshape(call.First, [.. row]),
            [0, .. var row] => ColumnMoves.Reshape(
                call.First, [.. row.Select((size, axis) => size == 0 && axis < call.First.RowShape.Length ? call.First.RowShape[axis] : size)]),
            _ => null,
        };
    }

    private static ColumnLayout? Squeeze(Call call)
    {
        if (call.Integers("axes", 1) is not { } axes)
            return ColumnMoves.Reshape(call.First, [.. call.First.RowShape.Where(size => size != 1)]);
        var removed = axes.Select(axis => call.RowAxis(axis)).ToArray();
        return removed.Contains(null) ? null : ColumnMoves.Reshape(call.First, [.. call.First.RowShape.Where((_, axis) => !removed.Contains(axis))]);
    }

    private static ColumnLayout? Unsqueeze(Call call)
    {
        if (call.Integers("axes", 1) is not { } axes)
            return null;
        var rank = call.First.RowShape.Length + 1 + axes.Length;
        var shape = call.First.RowShape.ToBuilder();
        foreach (var axis in axes.Select(axis => axis < 0 ? axis + rank : axis).Order())
        {
            if (axis < 1 || axis > shape.Count + 1)
                return null;
            shape.Insert(axis - 1, 1);
        }

        return ColumnMoves.Reshape(call.First, shape.ToImmutable());
    }

    private static ColumnLayout? Pick(Call call, int? axis, bool keepsAxis)
    {
        if (axis is not >= 0 || call.Integers("", 1) is not { } places)
            return null;
        var size = call.First.RowShape[axis.Value];
        var picked = ColumnMoves.Select(call.First, axis.Value, [.. places.Select(place => place < 0 ? place + size : place)]);
        return picked is null || keepsAxis ? picked : picked with { RowShape = picked.RowShape.RemoveAt(axis.Value) };
    }

    private static ColumnLayout? Slice(Call call)
    {
        if (call.Integers("starts", 1) is not { } starts || call.Integers("ends", 2) is not { } ends || ends.Length != starts.Length)
            return null;
        var axes = call.Integers("axes", 3) ?? [.. Enumerable.Range(0, starts.Length)];
        var steps = call.Integers("", 4) ?? [.. starts.Select(_ => 1)];
        var layout = call.First;
        for (var i = 0; i < starts.Length && layout is not null; i++)
        {
            if (call.RowAxis(axes[i]) is not { } axis || steps[i] <= 0)
                return null;
            var size = layout.RowShape[axis];
            int from = Bound(starts[i], size), to = Bound(ends[i], size), step = steps[i];
            layout = ColumnMoves.Select(layout, axis, [.. Enumerable.Range(from, Math.Max(0, to - from)).Where(place => (place - from) % step == 0)]);
        }

        return layout;

        static int Bound(int place, int size) => Math.Clamp(place < 0 ? place + size : place, 0, size);
    }

    private static ColumnLayout? Split(Call call)
    {
        if (call.RowAxis(call.Integer("axis", 0)) is not { } axis)
            return null;
        int size = call.First.RowShape[axis], parts = call.Node.Output.Count, chunk = (size + parts - 1) / parts;
        var sizes = call.Integers("split", 1) ?? [.. Enumerable.Range(0, parts).Select(part => Math.Clamp(size - (part * chunk), 0, chunk))];
        return sizes.Length != parts ? null
            : ColumnMoves.Select(call.First, axis, [.. Enumerable.Range(sizes.Take(call.Output).Sum(), sizes[call.Output])]);
    }

    private static ColumnLayout? Reduce(Call call, int[]? axes)
    {
        var rows = (axes ?? []).Select(axis => call.RowAxis(axis)).ToArray();
        return rows.Length == 0 || rows.Contains(null) ? null
            : ColumnMoves.Reduce(call.First, [.. rows.Select(axis => axis!.Value)], call.Integer("keepdims", 1) != 0);
    }

    /// <summary>A product with constant weights: a number depends on the columns whose weight is not zero.</summary>
    private static ColumnLayout? Multiply(Call call, bool transposed)
    {
        if (call.First.RowShape is not [var rows] || call.IsConstant(0) || call.Graph.ValuesOf(call.Node.Input[1]) is not { Shape: [var first, var second] } weights)
            return null;
        var columns = (int)(transposed ? first : second);
        if ((transposed ? second : first) != rows)
            return null;
        return new ColumnLayout([columns], [.. Enumerable.Range(0, columns).Select(column => ColumnLayout.Union(Enumerable.Range(0, rows)
            .Where(row => weights.Values[transposed ? (column * rows) + row : (row * columns) + column] != 0).Select(row => call.First.Origins[row])))], false);
    }
}
