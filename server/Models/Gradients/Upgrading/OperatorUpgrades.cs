using ExplainLsp.Models.Gradients.Decompositions;
using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients.Upgrading;

/// <summary>How operators of opsets 7 to 17 are written in opset 18, where that differs (the change log of the ONNX operator schemas).</summary>
internal static class OperatorUpgrades
{
    /// <summary>Adds a node's newer form.</summary>
    internal delegate void Adapt(NodeProto node, UpgradeContext context);

    private static readonly Dictionary<string, Adapt> All = new(StringComparer.Ordinal)
    {
        ["Squeeze"] = AxesBecomeInput(13),
        ["Unsqueeze"] = AxesBecomeInput(13),
        ["ReduceSum"] = AxesBecomeInput(13),
        ["ReduceL1"] = AxesBecomeInput(18),
        ["ReduceL2"] = AxesBecomeInput(18),
        ["ReduceLogSum"] = AxesBecomeInput(18),
        ["ReduceLogSumExp"] = AxesBecomeInput(18),
        ["ReduceMax"] = AxesBecomeInput(18),
        ["ReduceMean"] = AxesBecomeInput(18),
        ["ReduceMin"] = AxesBecomeInput(18),
        ["ReduceProd"] = AxesBecomeInput(18),
        ["ReduceSumSquare"] = AxesBecomeInput(18),
        ["Softmax"] = OverFlattened,
        ["LogSoftmax"] = OverFlattened,
        ["Hardmax"] = OverFlattened,
        ["Clip"] = Clip,
        ["Pad"] = Pad,
        ["Slice"] = Slice,
        ["TopK"] = TopK,
        ["Split"] = Split,
        ["Dropout"] = Dropout,
        ["BatchNormalization"] = BatchNormalization,
        ["Upsample"] = Upsample,
        ["Resize"] = Resize,
        ["Scatter"] = Renamed("ScatterElements"),
        ["RoiAlign"] = RoiAlign,
        ["Scan"] = Scan,
    };

    /// <summary>The change of an operator; null when its form has stayed the same.</summary>
    public static Adapt? For(string type) => All.GetValueOrDefault(type);

    private static Adapt AxesBecomeInput(long since) => (node, context) =>
    {
        if (context.Version < since && UpgradeContext.Take(node, "axes") is { } axes)
            UpgradeContext.SetInput(node, 1, context.Integers(axes.Ints));
        context.Keep(node);
    };

    private static Adapt Renamed(string type) => (node, context) =>
    {
        node.OpType = type;
        context.Keep(node);
    };

    // Before 13: over all dimensions from an axis on, taken as one.
    private static void OverFlattened(NodeProto node, UpgradeContext context)
    {
        if (context.Version >= 13)
        {
            context.Keep(node);
            return;
        }

        var axis = UpgradeContext.Take(node, "axis")?.I ?? 1;
        var rank = context.Rank(node.Input[0]);
        if (axis == -1 || axis == rank - 1)
        {
            node.Attribute.Add(NodeFactory.Attribute("axis", -1L));
            context.Keep(node);
            return;
        }

        var flat = context.Add("Flatten", [node.Input[0]], ("axis", axis));
        var result = context.Add(node.OpType, [flat], ("axis", -1L));
        var shape = context.Add("Shape", [node.Input[0]]);
        context.Keep(NodeFactory.Create("Reshape", [result, shape], [node.Output[0]]));
    }

    private static void Clip(NodeProto node, UpgradeContext context)
    {
        if (context.Version < 11)
        {
            if (UpgradeContext.Take(node, "min") is { } low)
                UpgradeContext.SetInput(node, 1, context.Scalar(low.F, node.Input[0]));
            if (UpgradeContext.Take(node, "max") is { } high)
                UpgradeContext.SetInput(node, 2, context.Scalar(high.F, node.Input[0]));
        }

        context.Keep(node);
    }

    private static void Pad(NodeProto node, UpgradeContext context)
    {
        if (context.Version < 11)
        {
            UpgradeContext.SetInput(node, 1, context.Integers(UpgradeContext.Take(node, "pads")?.Ints ?? []));
            if (UpgradeContext.Take(node, "value") is { F: not 0 } value)
                UpgradeContext.SetInput(node, 2, context.Scalar(value.F, node.Input[0]));
        }

        context.Keep(node);
    }

    private static void Slice(NodeProto node, UpgradeContext context)
    {
        if (context.Version < 10)
        {
            var starts = UpgradeContext.Take(node, "starts")!.Ints;
            UpgradeContext.SetInput(node, 1, context.Integers(starts));
            UpgradeContext.SetInput(node, 2, context.Integers(UpgradeContext.Take(node, "ends")!.Ints));
            UpgradeContext.SetInput(node, 3, context.Integers(UpgradeContext.Take(node, "axes")?.Ints ?? Enumerable.Range(0, starts.Count).Select(axis => (long)axis)));
        }

        context.Keep(node);
    }

    private static void TopK(NodeProto node, UpgradeContext context)
    {
        if (context.Version < 10)
            UpgradeContext.SetInput(node, 1, context.Integers([UpgradeContext.Take(node, "k")!.I]));
        context.Keep(node);
    }

    private static void Split(NodeProto node, UpgradeContext context)
    {
        if (context.Version < 13 && UpgradeContext.Take(node, "split") is { } sizes)
            UpgradeContext.SetInput(node, 1, context.Integers(sizes.Ints));
        if (node.Input.Count < 2 || node.Input[1].Length == 0)
            node.Attribute.Add(NodeFactory.Attribute("num_outputs", (long)node.Output.Count));
        context.Keep(node);
    }

    private static void Dropout(NodeProto node, UpgradeContext context)
    {
        if (context.Version < 12)
            UpgradeContext.Take(node, "ratio");
        context.Keep(node);
    }

    private static void BatchNormalization(NodeProto node, UpgradeContext context)
    {
        if (UpgradeContext.Take(node, "spatial") is { I: 0 })
            throw context.Refuse(node, "it normalises each element by itself");
        if (context.Version < 14)
        {
            // Further outputs were statistics of training.
            while (node.Output.Count > 1)
                node.Output.RemoveAt(1);
        }

        context.Keep(node);
    }

    private static void Upsample(NodeProto node, UpgradeContext context)
    {
        var scales = UpgradeContext.Take(node, "scales") is { } list
            ? context.Add("Constant", [], ("value_floats", list.Floats.ToArray()))
            : node.Input[1];
        context.Keep(Resized(node, scales, "floor"));
    }

    private static void Resize(NodeProto node, UpgradeContext context) =>
        // In opset 10 a size that shrinks takes the element above; sizes that grow and shrink at once are not told apart here.
        context.Keep(context.Version < 11 ? Resized(node, node.Input[1], Shrinks(node, context) ? "ceil" : "floor") : node);

    private static bool Shrinks(NodeProto node, UpgradeContext context) =>
        context.ConstantOf(node.Input[1]) is { } scales && scales.Any(scale => scale < 1);

    private static NodeProto Resized(NodeProto node, string scales, string nearest)
    {
        var mode = node.Find("mode")?.S.ToStringUtf8() ?? "nearest";
        var resized = NodeFactory.Create(
            "Resize", [node.Input[0], null, scales], [node.Output[0]], ("mode", mode == "bilinear" ? "linear" : mode), ("coordinate_transformation_mode", "asymmetric"));
        if (mode == "nearest")
            resized.Attribute.Add(NodeFactory.Attribute("nearest_mode", nearest));
        resized.Name = node.Name;
        return resized;
    }

    private static void RoiAlign(NodeProto node, UpgradeContext context)
    {
        if (context.Version < 16)
            node.Attribute.Add(NodeFactory.Attribute("coordinate_transformation_mode", "output_half_pixel"));
        context.Keep(node);
    }

    private static void Scan(NodeProto node, UpgradeContext context)
    {
        if (context.Version < 9)
            throw context.Refuse(node, "its form has no newer one");
        context.Keep(node);
    }
}
