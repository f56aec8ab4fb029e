namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Formulas of functions that are made of pieces.</summary>
internal static class Pieces
{
    extension(GradientContext context)
    {
        /// <summary>x².</summary>
        public string Square(string x) => context.Add("Mul", [x, x]);

        /// <summary>1 − x.</summary>
        public string OneMinus(string x) => context.Add("Sub", [context.Scalar(1, x), x]);

        /// <summary>exp(x) where x is negative, else 1: never infinite.</summary>
        public string ExpOfNegative(string x) => context.Add("Exp", [context.Add("Min", [x, context.Scalar(0, x)])]);

        /// <summary>x &gt; c.</summary>
        public string Above(string x, double c) => context.Add("Greater", [x, context.Scalar(c, x)]);

        /// <summary>a where x &gt; 0, else 0.</summary>
        public string WhereActive(string a, string x) =>
            // ONNX Runtime compares, converts and multiplies many numbers at a time; its Sign and Where take longer.
            context.Times(a, context.Add("Cast", [context.Above(x, 0)], ("to", (long)context.Type(a))));

        /// <summary>low &lt; x &lt; high.</summary>
        public string Inside(string x, double low, double high) => context.Add("And", [context.Above(x, low), context.Add("Less", [x, context.Scalar(high, x)])]);

        /// <summary>a where a condition holds, else b.</summary>
        public string Choose(string condition, string a, string b) => context.Add("Where", [condition, a, b]);

        /// <summary>a where a condition holds, else 0.</summary>
        public string OnlyWhere(string condition, string a) => context.Add("Where", [condition, a, context.Scalar(0, a)]);

        /// <summary>0 where a condition holds, else a.</summary>
        public string ExceptWhere(string condition, string a) => context.Add("Where", [condition, context.Scalar(0, a), a]);
    }
}
