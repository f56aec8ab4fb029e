using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients.Backward.Relevance;

/// <summary>
/// The γ and z⁺ rules at a layer with weights: contributions x·w are told apart by their sign, whatever the signs of x and w. For x ≥ 0 these
/// are the rules of Montavon et al. (w + γ·w⁺; w⁺). Under γ, an output below zero favours its negative contributions instead, so that the
/// denominator keeps its sign.
/// </summary>
internal static class SignedContributions
{
    /// <summary>Only positive contributions, and a positive bias, count.</summary>
    public static bool Positive(GradientContext context, string relevance, int input, BackwardRules rules)
    {
        if (Halves.Of(context, input) is not { } halves)
            return Proportional.Split(context, relevance, rules.Epsilon);
        var seed = Proportional.Divided(context, relevance, halves.Sum(positive: true), rules.Epsilon);
        context.Give(input, halves.Back(seed, positive: true));
        return true;
    }

    /// <summary>Contributions of the output's sign count γ more.</summary>
    public static bool Gamma(GradientContext context, string relevance, int input, BackwardRules rules)
    {
        if (Halves.Of(context, input) is not { } halves)
            return Proportional.Split(context, relevance, rules.Epsilon);
        var z = context.Output(0);
        var below = context.Add("Less", [z, context.Scalar(0, z)]);
        var gamma = context.Scalar(rules.Gamma, z);
        var favoured = context.Add("Where", [below, halves.Sum(positive: false), halves.Sum(positive: true)]);
        var seed = Proportional.Divided(context, relevance, context.Add("Add", [z, context.Add("Mul", [favoured, gamma])]), rules.Epsilon);
        var more = context.Add("Mul", [seed, context.Add("Add", [gamma, context.Scalar(1, z)])]);
        var positive = halves.Back(context.Add("Where", [below, seed, more]), positive: true);
        var negative = halves.Back(context.Add("Where", [below, more, seed]), positive: false);
        context.Give(input, context.Add("Add", [positive, negative]));
        return true;
    }

    /// <summary>A layer whose activation, weights and bias are split by sign.</summary>
    private sealed class Halves
    {
        private readonly GradientContext _context;
        private readonly int _input;
        private readonly (string Positive, string Negative) _x;
        private readonly (string Positive, string Negative) _w;
        private readonly (string Positive, string Negative)? _bias;

        private Halves(GradientContext context, int input)
        {
            (_context, _input) = (context, input);
            _x = Split(context.Input(input)!);
            _w = Split(context.Input(1 - input)!);
            _bias = context.Input(2) is { } bias ? Split(bias) : null;
        }

        /// <summary>The layer; null where its factors would turn signs.</summary>
        public static Halves? Of(GradientContext context, int input) =>
            context.Number("alpha", 1) > 0 && context.Number("beta", 1) > 0 ? new Halves(context, input) : null;

        /// <summary>The sum of all contributions of a sign, bias included.</summary>
        public string Sum(bool positive) => _context.Add(
            "Add",
            [
                Forward(Node(_x.Positive, positive ? _w.Positive : _w.Negative, _bias is { } bias ? positive ? bias.Positive : bias.Negative : null)),
                Forward(Node(_x.Negative, positive ? _w.Negative : _w.Positive, null)),
            ]);

        /// <summary>What the contributions of a sign get of a seed.</summary>
        public string Back(string seed, bool positive) => _context.Add(
            "Add",
            [
                Back(seed, _x.Positive, positive ? _w.Positive : _w.Negative),
                Back(seed, _x.Negative, positive ? _w.Negative : _w.Positive),
            ]);

        private string Back(string seed, string x, string w) =>
            _context.Add("Mul", [x, _context.Pullback(Node(x, w, null), [seed])[_input]!]);

        private string Forward(NodeProto node) => _context.Add(node);

        private NodeProto Node(string x, string w, string? bias)
        {
            var node = _context.Node.Clone();
            node.Input[_input] = x;
            node.Input[1 - _input] = w;
            if (node.Input.Count > 2)
            {
                node.Input.RemoveAt(2);
                if (bias is not null)
                    node.Input.Add(bias);
            }

            return node;
        }

        private (string Positive, string Negative) Split(string tensor)
        {
            var zero = _context.Scalar(0, tensor);
            return (_context.Add("Max", [tensor, zero]), _context.Add("Min", [tensor, zero]));
        }
    }
}
