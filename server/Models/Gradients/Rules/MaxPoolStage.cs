using System.Collections.Immutable;

namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// A max pool along one axis: it takes a tensor apart into what each element of the kernel sees, and gives the gradient back to the first
/// maximum. The tensor is <c>[leading, size, trailing]</c>, without the last axis where that is 1. Only copies, comparisons and products, which
/// ONNX Runtime runs many elements at a time.
/// </summary>
/// <param name="context">The node.</param>
/// <param name="axis">How the kernel slides.</param>
/// <param name="size">Elements along the axis.</param>
/// <param name="windows">Windows along the axis.</param>
/// <param name="trailing">Elements behind each.</param>
internal sealed class MaxPoolStage(GradientContext context, SlidingAxis axis, long size, long windows, long trailing)
{
    private ImmutableArray<string> _seen = [];

    // Elements of a phase: every stride-th element of the axis, for one start.
    private long PhaseSize => (size + axis.Stride - 1) / axis.Stride;

    /// <summary>Whether each element lies in some window; else another way is better.</summary>
    public static bool Covers(SlidingAxis axis) =>
        Enumerable.Range(0, (int)axis.Kernel).Select(element => element * axis.Dilation % axis.Stride).Distinct().Count() == axis.Stride;

    /// <summary>Takes the tensor apart.</summary>
    public void Read(string tensor)
    {
        var phases = Phases(Moved(Shaped(tensor, size), 0, (PhaseSize * axis.Stride) - size, double.NegativeInfinity));
        _seen =
        [
            .. Enumerable.Range(0, (int)axis.Kernel).Select(element =>
            {
                var (phase, shift) = Position(element);
                return Moved(phases[phase], -shift, shift + windows - PhaseSize, double.NegativeInfinity);
            }),
        ];
    }

    /// <summary>The largest that each window sees.</summary>
    public string Largest() => _seen.Length == 1 ? _seen[0] : context.Add("Max", [.. _seen]);

    /// <summary>The gradient of the tensor.</summary>
    /// <param name="gradient">One element a window.</param>
    /// <param name="largest">What each window found.</param>
    public string Backward(string gradient, string largest)
    {
        var rest = Shaped(gradient, windows);
        largest = Shaped(largest, windows);
        var phases = new string?[axis.Stride];
        for (var element = 0; element < axis.Kernel; element++)
        {
            var taken = rest;
            if (element < axis.Kernel - 1)
            {
                var here = context.Add("Cast", [context.Add("Equal", [_seen[element], largest])], ("to", (long)context.Type(gradient)));
                taken = context.Times(rest, here);
                rest = context.Minus(rest, taken);
            }

            var (phase, shift) = Position(element);
            taken = Moved(taken, shift, PhaseSize - windows - shift, 0);
            phases[phase] = phases[phase] is { } sum ? context.Plus(sum, taken) : taken;
        }

        return Moved(Whole(phases!), 0, size - (PhaseSize * axis.Stride), 0);
    }

    // The phase that an element of the kernel sees, and the place in it that the first window sees.
    private (int Phase, long Shift) Position(int element)
    {
        var place = (element * axis.Dilation) - axis.Before;
        var shift = (long)Math.Floor((double)place / axis.Stride);
        return ((int)(place - (shift * axis.Stride)), shift);
    }

    private string Shaped(string tensor, long length) =>
        context.Add("Reshape", [tensor, trailing == 1 ? context.Integers(-1, length) : context.Integers(-1, length, trailing)]);

    // Elements added before and after, or taken off where the numbers are negative.
    private string Moved(string tensor, long before, long after, double fill)
    {
        if (before == 0 && after == 0)
            return tensor;
        var pads = trailing == 1 ? context.Integers(0, before, 0, after) : context.Integers(0, before, 0, 0, after, 0);
        return context.Add("Pad", [tensor, pads, fill == 0 ? null : context.Scalar(fill, tensor)]);
    }

    private ImmutableArray<string> Phases(string tensor)
    {
        if (axis.Stride == 1)
            return [tensor];
        ImmutableArray<string> parts;
        if (trailing == 1)
        {
            // Through one axis, so that ONNX Runtime does not move the transposition behind the split, where it would be slow.
            var columns = context.Add("Transpose", [context.Add("Reshape", [tensor, context.Integers(-1, axis.Stride)])], ("perm", (long[])[1, 0]));
            var flat = context.Add("Reshape", [columns, context.Integers(-1)]);
            parts = context.AddMany("Split", [flat], (int)axis.Stride, ("axis", 0L), ("num_outputs", axis.Stride));
        }
        else
        {
            var rows = context.Add("Reshape", [tensor, context.Integers(-1, axis.Stride, trailing)]);
            parts = context.AddMany("Split", [rows], (int)axis.Stride, ("axis", 1L), ("num_outputs", axis.Stride));
        }

        return [.. parts.Select(part => Shaped(part, PhaseSize))];
    }

    private string Whole(string[] phases)
    {
        if (axis.Stride == 1)
            return phases[0];
        var apart = trailing == 1 ? context.Integers(-1) : context.Integers(-1, 1, trailing);
        var parts = phases.Select(phase => context.Add("Reshape", [phase, apart])).ToArray();
        if (trailing > 1)
            return Shaped(context.Add("Concat", parts, ("axis", 1L)), PhaseSize * axis.Stride);
        var columns = context.Add("Reshape", [context.Add("Concat", parts, ("axis", 0L)), context.Integers(axis.Stride, -1)]);
        return Shaped(context.Add("Transpose", [columns], ("perm", (long[])[1, 0])), PhaseSize * axis.Stride);
    }
}
