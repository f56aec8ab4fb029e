using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>An element that a sampled value is made of, along one axis; tensors of <c>[N, 1, points]</c>.</summary>
/// <param name="Place">Its place, within the picture.</param>
/// <param name="Weight">Its weight; 0 outside of the picture where that counts as zero.</param>
/// <param name="Slope">The derivative of the weight in the grid's coordinate; null where there is none.</param>
internal readonly record struct GridTap(string Place, string Weight, string? Slope);

/// <summary>Where the points of a <c>GridSample</c> lie along one axis of the picture.</summary>
internal sealed class GridAxis
{
    private readonly GradientContext _context;
    private readonly long _size;
    private readonly bool _aligned;
    private readonly string _padding;

    /// <param name="context">The node.</param>
    /// <param name="coordinate">0 for columns (x), 1 for rows (y).</param>
    /// <param name="mode">nearest, linear or cubic.</param>
    public GridAxis(GradientContext context, int coordinate, string mode)
    {
        var (input, grid) = (context.Input(0)!, context.Input(1)!);
        _context = context;
        _aligned = context.Integer("align_corners", 0) != 0;
        _padding = context.Text("padding_mode", "zeros");
        _size = context.Shape(input)!.Value[3 - coordinate];
        if (_size < 0)
            throw context.NeedsShapes(input);

        var points = context.Add("Gather", [grid, context.Integers(coordinate)], ("axis", 3L));
        var flat = context.Add("Reshape", [points, context.Integers(0, 1, -1)]);
        var place = _aligned
            ? context.Times(context.Plus(flat, 1), (_size - 1) / 2.0)
            : context.Plus(context.Times(context.Plus(flat, 1), _size / 2.0), -0.5);
        Taps = mode switch { "nearest" => Nearest(place), "cubic" => Cubic(place), _ => Linear(place) };
    }

    /// <summary>Elements of the picture along the axis.</summary>
    public long Size => _size;

    /// <summary>The elements that a point is made of.</summary>
    public IReadOnlyList<GridTap> Taps { get; }

    private GridTap[] Nearest(string place)
    {
        var nearest = _context.Add("Round", [_padding == "zeros" ? place : Inside(place).Place]);
        return [Tap(nearest, OnesLike(nearest), null)];
    }

    private GridTap[] Linear(string place)
    {
        var slope = (_aligned ? _size - 1 : _size) / 2.0;
        var (inside, sign) = _padding == "zeros" ? (place, OnesLike(place)) : Inside(place);
        var low = _context.Add("Floor", [inside]);
        var rest = _context.Minus(inside, low);
        var rising = _context.Times(sign, slope);
        return [Tap(low, _context.Plus(_context.Add("Neg", [rest]), 1), _context.Add("Neg", [rising])), Tap(_context.Plus(low, 1), rest, rising)];
    }

    private GridTap[] Cubic(string place)
    {
        const double A = -0.75;
        var low = _context.Add("Floor", [place]);
        var rest = _context.Minus(place, low);
        return
        [
            .. Enumerable.Range(-1, 4).Select(offset =>
            {
                // Distance from the point: rest − offset, in (1, 2) or (0, 1).
                var x = _context.Add("Abs", [_context.Plus(rest, -offset)]);
                double[] factors = offset is 0 or 1 ? [A + 2, -(A + 3), 0, 1] : [A, -5 * A, 8 * A, -4 * A];
                var weight = _context.Times(x, factors[0]);
                foreach (var factor in factors.AsSpan()[1..3])
                    weight = _context.Times(_context.Plus(weight, factor), x);
                var tap = _context.Plus(low, offset);
                return Tap(_padding == "zeros" ? tap : Inside(tap).Place, _context.Plus(weight, factors[3]), null);
            }),
        ];
    }

    // A place brought inside, with the derivative of that.
    private (string Place, string Slope) Inside(string place)
    {
        if (_padding == "border")
        {
            var clipped = _context.Add("Clip", [place, _context.Scalar(0, place), _context.Scalar(_size - 1, place)]);
            return (clipped, AsNumber(_context.Add("Equal", [clipped, place]), place));
        }

        // Reflected at the outer elements' centres or edges: a triangle wave.
        var (low, length) = _aligned ? (0.0, _size - 1.0) : (-0.5, (double)_size);
        if (length == 0)
            return (_context.Times(place, 0), _context.Times(place, 0));
        var from = _context.Plus(place, -low);
        var period = _context.Scalar(2 * length, place);
        var phase = _context.Minus(from, _context.Times(_context.Add("Floor", [_context.Over(from, period)]), period));
        var falling = AsNumber(_context.Add("Greater", [phase, _context.Scalar(length, place)]), place);
        var direction = _context.Plus(_context.Times(falling, -2), 1);
        var reflected = _context.Plus(_context.Plus(_context.Times(phase, direction), _context.Times(falling, 2 * length)), low);
        var edge = _context.Add("Clip", [reflected, _context.Scalar(0, place), _context.Scalar(_size - 1, place)]);
        return (edge, _context.Times(direction, AsNumber(_context.Add("Equal", [edge, reflected]), place)));
    }

    // Places outside have no weight and are moved inside, so that they can be looked up.
    private GridTap Tap(string place, string weight, string? slope)
    {
        var clipped = _context.Add("Clip", [place, _context.Scalar(0, place), _context.Scalar(_size - 1, place)]);
        if (_padding != "zeros")
            return new GridTap(clipped, weight, slope);
        var inside = AsNumber(_context.Add("Equal", [clipped, place]), place);
        return new GridTap(clipped, _context.Times(weight, inside), slope is null ? null : _context.Times(slope, inside));
    }

    private string OnesLike(string tensor) => _context.ExpandedLike(_context.Scalar(1, tensor), tensor);

    private string AsNumber(string condition, string like) => _context.Add("Cast", [condition], ("to", (long)_context.Type(like)));
}
