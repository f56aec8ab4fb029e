using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Gradients that go back to places known by their number: for operators that pick, repeat or reorder elements.</summary>
internal static class Scattering
{
    extension(GradientContext context)
    {
        /// <summary>The number of each element of a tensor, row-major, in the tensor's shape.</summary>
        public string Numbered(string tensor)
        {
            var count = context.Add("Size", [tensor]);
            var numbers = context.Add("Range", [context.Integer(0), count, context.Integer(1)]);
            return context.ShapedLike(numbers, tensor);
        }

        /// <summary>Zeros in the shape of a tensor, with a gradient put (or added) where numbers say.</summary>
        /// <param name="gradient">What is put.</param>
        /// <param name="numbers">Where: the number of an element of <paramref name="tensor"/>, row-major; as many as the gradient has elements.</param>
        /// <param name="tensor">The tensor whose gradient this is.</param>
        /// <param name="add">Whether a place may come several times.</param>
        public string Scattered(string gradient, string numbers, string tensor, bool add)
        {
            var size = context.Add("Reshape", [context.Add("Size", [tensor]), context.Integers(1)]);
            var zeros = context.Add("Expand", [context.Numbers([0], [1], tensor), size]);
            var flat = context.Integers(-1);
            var (places, values) = (context.Add("Reshape", [numbers, flat]), context.Add("Reshape", [gradient, flat]));
            var scattered = add
                ? context.Add("ScatterElements", [zeros, places, values], ("axis", 0L), ("reduction", "add"))
                : context.Add("ScatterElements", [zeros, places, values], ("axis", 0L));
            return context.ShapedLike(scattered, tensor);
        }

        /// <summary>A constant integer, a scalar.</summary>
        public string Integer(long value)
        {
            var tensor = new TensorProto { DataType = (int)TensorProto.Types.DataType.Int64 };
            tensor.Int64Data.Add(value);
            return context.Add("Constant", [], ("value", tensor));
        }
    }
}
