namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>The few formulas that rules are written in, so that a rule reads as on paper.</summary>
internal static class Formulas
{
    extension(GradientContext context)
    {
        /// <summary>a · b.</summary>
        public string Times(string a, string b) => context.Add("Mul", [a, b]);

        /// <summary>a · c for a number c; a itself where c is 1.</summary>
        public string Times(string a, double c) => c == 1 ? a : context.Add("Mul", [a, context.Scalar(c, a)]);

        /// <summary>a / b.</summary>
        public string Over(string a, string b) => context.Add("Div", [a, b]);

        /// <summary>a + b.</summary>
        public string Plus(string a, string b) => context.Add("Add", [a, b]);

        /// <summary>a + c for a number c.</summary>
        public string Plus(string a, double c) => context.Add("Add", [a, context.Scalar(c, a)]);

        /// <summary>a − b.</summary>
        public string Minus(string a, string b) => context.Add("Sub", [a, b]);

        /// <summary>a to the power c.</summary>
        public string Power(string a, double c) => context.Add("Pow", [a, context.Scalar(c, a)]);

        /// <summary>a / b, and 0 where b is 0.</summary>
        public string OverOrZero(string a, string b)
        {
            var zero = context.Scalar(0, b);
            var none = context.Add("Equal", [b, zero]);
            return context.Add("Where", [none, zero, context.Over(a, context.Add("Where", [none, context.Scalar(1, b), b]))]);
        }

        /// <summary>The sum over axes, which stay with size 1.</summary>
        public string Sum(string a, params long[] axes) => context.Add("ReduceSum", [a, context.Integers(axes)], ("keepdims", 1L));

        /// <summary>The mean over axes, which stay with size 1.</summary>
        public string Mean(string a, params long[] axes) => context.Add("ReduceMean", [a, context.Integers(axes)], ("keepdims", 1L));

        /// <summary>The same elements in the shape of another tensor.</summary>
        public string ShapedLike(string a, string tensor) => context.Add("Reshape", [a, context.ShapeOf(tensor)], ("allowzero", 1L));

        /// <summary>Repeated to the shape of another tensor.</summary>
        public string ExpandedLike(string a, string tensor) =>
            // ONNX Runtime takes an expansion of 1 to 0 elements for none at all.
            context.Shape(tensor) is { } shape && shape.Contains(0) && !shape.Contains(-1)
                ? context.Numbers([], [.. shape], a)
                : context.Add("Expand", [a, context.ShapeOf(tensor)]);

        /// <summary>A tensor of zeros in the shape of another.</summary>
        public string ZerosLike(string tensor) => context.ExpandedLike(context.Scalar(0, tensor), tensor);

        /// <summary>The rank of a tensor.</summary>
        /// <exception cref="Exception">It is not known yet.</exception>
        public int Rank(string tensor) => context.Shape(tensor)?.Length ?? throw context.NeedsShapes(tensor);

        /// <summary>An axis counted from the front.</summary>
        public static int Axis(long axis, int rank) => (int)(axis < 0 ? axis + rank : axis);
    }
}
