using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// <c>GridSample</c> of pictures (Jaderberg et al. 2015): linear in the picture, so each sampled value's gradient goes to the elements that it
/// was interpolated from; of the grid, by the slope between them. Nearest neighbours have no slope in the grid.
/// </summary>
internal sealed class GridSampleRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["GridSample"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient || !(context.Needs(0) || context.Needs(1)))
            return;
        if (context.Rank(context.Input(0)!) != 4)
            throw context.Refuse("only grids over pictures (rank 4) are differentiated");
        var mode = context.Text("mode", "linear") switch { "bilinear" => "linear", "bicubic" => "cubic", var other => other };
        if (mode == "cubic" && context.Needs(1))
            throw context.Refuse("the slope of cubic sampling in its grid is not known here");

        var axes = new[] { new GridAxis(context, 0, mode), new GridAxis(context, 1, mode) };
        var flat = context.Add("Reshape", [gradient, context.Integers(0, 0, -1)]);
        if (context.Needs(0))
            context.Give(0, Picture(context, flat, axes));
        if (context.Needs(1))
            context.Give(1, mode == "nearest" ? context.ZerosLike(context.Input(1)!) : Grid(context, flat, axes));
    }

    // axes[0] is x (columns), axes[1] is y (rows), as the last axis of the grid has them.
    private static string Picture(GradientContext context, string gradient, GridAxis[] axes)
    {
        var input = context.Input(0)!;
        var sum = context.ZerosLike(context.Add("Reshape", [input, context.Integers(0, 0, -1)]));
        foreach (var row in axes[1].Taps)
        {
            foreach (var column in axes[0].Taps)
            {
                var weighted = context.Times(gradient, context.Times(row.Weight, column.Weight));
                sum = context.Add("ScatterElements", [sum, Places(context, row, column, axes, gradient), weighted], ("axis", 2L), ("reduction", "add"));
            }
        }

        return context.ShapedLike(sum, input);
    }

    private static string Grid(GradientContext context, string gradient, GridAxis[] axes)
    {
        var picture = context.Add("Reshape", [context.Input(0)!, context.Integers(0, 0, -1)]);
        string? alongX = null, alongY = null;
        foreach (var row in axes[1].Taps)
        {
            foreach (var column in axes[0].Taps)
            {
                var value = context.Add("GatherElements", [picture, Places(context, row, column, axes, gradient)], ("axis", 2L));
                // Over all channels: [N, 1, points]
                var evidence = context.Sum(context.Times(gradient, value), 1);
                var x = context.Times(evidence, context.Times(row.Weight, column.Slope!));
                var y = context.Times(evidence, context.Times(row.Slope!, column.Weight));
                alongX = alongX is null ? x : context.Plus(alongX, x);
                alongY = alongY is null ? y : context.Plus(alongY, y);
            }
        }

        var both = context.Add("Concat", [alongX, alongY], ("axis", 1L));
        return context.ShapedLike(context.Add("Transpose", [both], ("perm", (long[])[0, 2, 1])), context.Input(1)!);
    }

    // Row · width + column, for each channel: [N, C, points].
    private static string Places(GradientContext context, GridTap row, GridTap column, GridAxis[] axes, string gradient)
    {
        var places = context.Plus(context.Times(row.Place, axes[0].Size), column.Place);
        return context.ExpandedLike(context.Add("Cast", [places], ("to", (long)DataType.Int64)), gradient);
    }
}
