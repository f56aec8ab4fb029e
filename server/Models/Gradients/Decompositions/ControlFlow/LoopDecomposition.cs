using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients.Decompositions.ControlFlow;

/// <summary>Loop with a fixed number of trips, unrolled: the trip count is a constant and the condition stays true.</summary>
internal sealed class LoopDecomposition : IDecomposition
{
    private const int Longest = 1024;

    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["Loop"];

    /// <inheritdoc/>
    public bool Decompose(DecompositionContext context)
    {
        var body = context.Attribute("body")?.G ?? throw context.Refuse("it has no body");
        var trips = Trips(context, body);
        var carried = Enumerable.Range(2, context.Node.Input.Count - 2)
            .Select(i => context.Input(i) ?? throw context.Refuse("a value that it carries is left out")).ToArray();
        var scanned = body.Output.Count - 1 - carried.Length;
        var collected = Enumerable.Range(0, scanned).Select(_ => new List<string>()).ToArray();
        for (var trip = 0; trip < trips; trip++)
        {
            var iteration = context.Add("Constant", [], ("value", NodeFactory.Scalar(trip, TensorProto.Types.DataType.Int64)));
            var condition = context.Add("Constant", [], ("value", True()));
            var outputs = SubgraphCopy.Into(context, body, [iteration, condition, .. carried]);
            carried = outputs[1..(1 + carried.Length)];
            for (var i = 0; i < scanned; i++)
                collected[i].Add(context.Add("Unsqueeze", [outputs[1 + carried.Length + i], context.Integers(0)]));
        }

        for (var i = 0; i < carried.Length; i++)
            context.Set(i, carried[i]);
        for (var i = 0; i < scanned; i++)
        {
            if (context.HasOutput(carried.Length + i))
            {
                context.Set(
                    carried.Length + i,
                    collected[i].Count switch
                    {
                        0 => throw context.Refuse("it collects values over no trips"),
                        1 => collected[i][0],
                        _ => context.Add("Concat", collected[i], ("axis", 0L)),
                    });
            }
        }

        return true;
    }

    private static int Trips(DecompositionContext context, GraphProto body)
    {
        var count = context.Input(0) is { } limit ? Number(context.Graph.Constant(limit)) : null;
        if (count is not { } trips)
            throw context.Input(0) is null ? context.Refuse("its number of trips is not fixed: it runs until a condition fails") : context.NeedsShapes(context.Input(0)!);
        var stays = body.Output[0].Name;
        var starts = context.Input(1) is not { } initial || Truth(context.Graph.Constant(initial)) == true;
        if (!starts || !StaysTrue(body, stays))
            throw context.Refuse("its number of trips is not fixed: its condition is computed");
        return trips is >= 0 and <= Longest ? (int)trips : throw context.Refuse($"it makes {trips:N0} trips; up to {Longest:N0} are unrolled");
    }

    /// <summary>Whether a body's condition is its own input, or a constant that is true.</summary>
    private static bool StaysTrue(GraphProto body, string condition)
    {
        for (var step = 0; step < body.Node.Count + 1; step++)
        {
            if (condition == body.Input[1].Name)
                return true;
            if (body.Initializer.FirstOrDefault(tensor => tensor.Name == condition) is { } initializer)
                return Truth(initializer) == true;
            var writer = body.Node.FirstOrDefault(node => node.Output.Contains(condition));
            if (writer is { OpType: "Constant" })
                return Truth(writer.Attribute.FirstOrDefault(attribute => attribute.Name == "value")?.T) == true;
            if (writer is not { OpType: "Identity" or "Cast" })
                return false;
            condition = writer.Input[0];
        }

        return false;
    }

    private static TensorProto True()
    {
        var tensor = new TensorProto { DataType = (int)TensorProto.Types.DataType.Bool };
        tensor.Int32Data.Add(1);
        return tensor;
    }

    private static long? Number(TensorProto? tensor) => tensor switch
    {
        { Int64Data: [var value] } => value,
        { RawData.Length: 8 } => BitConverter.ToInt64(tensor.RawData.Span),
        _ => null,
    };

    private static bool? Truth(TensorProto? tensor) => tensor switch
    {
        { Int32Data: [var value] } => value != 0,
        { RawData.Length: 1 } => tensor.RawData[0] != 0,
        _ => null,
    };
}
