using System.Collections.Immutable;

namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// A max pool along one axis: it takes a tensor apart into what each element of the kernel sees, and gives the gradient back to the first
/// maximum. Only copies, comparisons and products, which ONNX Runtime runs many elements at a time.
/// <para>
/// A part is <c>[1, leading, places]</c> where nothing lies behind the axis, else <c>[leading, places, 1, trailing]</c>: so that parts split and
/// join along the axis of size 1 in whole blocks.
/// </para>
/// </summary>
/// <param name="context">The node.</param>
/// <param name="axis">How the kernel slides.</param>
/// <param name="size">Elements along the axis.</param>
/// <param name="windows">Windows along the axis.</param>
/// <param name="trailing">Elements behind each.</param>
internal sealed class MaxPoolStage(GradientContext context, SlidingAxis axis, long size, long windows, long trailing)
{
    private ImmutableArray<string> _seen = [];

    private bool Last => trailing == 1;

    // Elements of a phase: every stride-th element of the axis, for one start.
    private long PhaseSize => (size + axis.Stride - 1) / axis.Stride;

    /// <summary>Whether each element lies in some window; else another way is better.</summary>
    public static bool Covers(SlidingAxis axis) =>
        Enumerable.Range(0, (int)axis.Kernel).Select(element => element * axis.Dilation % axis.Stride).Distinct().Count() == axis.Stride;

    /// <summary>Takes the tensor apart.</summary>
    public void Read(string tensor)
    {
        var beyond = (PhaseSize * axis.Stride) - size;
        var phases = Phases(beyond == 0 ? tensor : Moved(Part(tensor, size), 0, beyond, double.NegativeInfinity));
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

    /// <summary>The gradient of the tensor; its elements in order, in any shape.</summary>
    /// <param name="gradient">One element a window.</param>
    /// <param name="largest">What each window found.</param>
    public string Backward(string gradient, string largest)
    {
        var rest = Part(gradient, windows);
        largest = Part(largest, windows);
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

        var (whole, beyond) = (Whole(phases!), (PhaseSize * axis.Stride) - size);
        return beyond == 0 ? whole : Moved(Part(whole, PhaseSize * axis.Stride), 0, -beyond, 0);
    }

    // The phase that an element of the kernel sees, and the place in it that the first window sees.
    private (int Phase, long Shift) Position(int element)
    {
        var place = (element * axis.Dilation) - axis.Before;
        var shift = (long)Math.Floor((double)place / axis.Stride);
        return ((int)(place - (shift * axis.Stride)), shift);
    }

    private string Part(string tensor, long places) =>
        context.Add("Reshape", [tensor, Last ? context.Integers(1, -1, places) : context.Integers(-1, places, 1, trailing)]);

    // Places added before and after, or taken off where the numbers are negative.
    private string Moved(string part, long before, long after, double fill)
    {
        if (before == 0 && after == 0)
            return part;
        var pads = Last ? context.Integers(0, 0, before, 0, 0, after) : context.Integers(0, before, 0, 0, 0, after, 0, 0);
        return context.Add("Pad", [part, pads, fill == 0 ? null : context.Scalar(fill, part)]);
    }

    private ImmutableArray<string> Phases(string tensor)
    {
        if (axis.Stride == 1)
            return [Part(tensor, size)];
        var together = Last
            ? context.Add("Reshape", [Swapped(context.Add("Reshape", [tensor, context.Integers(-1, axis.Stride)])), context.Integers(axis.Stride, -1, PhaseSize)])
            : context.Add("Reshape", [tensor, context.Integers(-1, PhaseSize, axis.Stride, trailing)]);
        return context.AddMany("Split", [together], (int)axis.Stride, ("axis", Last ? 0L : 2L), ("num_outputs", axis.Stride));
    }

    private string Whole(string[] phases)
    {
        if (axis.Stride == 1)
            return phases[0];
        var together = context.Add("Concat", phases, ("axis", Last ? 0L : 2L));
        return Last ? Swapped(context.Add("Reshape", [together, context.Integers(axis.Stride, -1)])) : together;
    }

    private string Swapped(string matrix) => context.Add("Transpose", [matrix], ("perm", (long[])[1, 0]));
}
