namespace ExplainLsp.Models.LinearModels;

/// <summary>Scores as an affine function of a tensor, while the graph is followed backwards from the scores: y = C·x + c.</summary>
internal sealed class AffineMap
{
    private double[] _scale = [1];

    /// <summary>C, scores × numbers of the tensor, row-major; null until a product was met: number by number until then.</summary>
    public double[]? Coefficients { get; private set; }

    /// <summary>c; as long as C has rows, or 1 for all.</summary>
    public double[] Intercepts { get; private set; } = [0];

    /// <summary>The tensor is x = scale ∘ u + shift, number by number; either may be one number for all. False when they do not fit.</summary>
    public bool Through(double[] scale, double[] shift)
    {
        if (Coefficients is null)
        {
            if (Combine(_scale, shift, (s, t) => s * t) is not { } moved || Combine(Intercepts, moved, (c, t) => c + t) is not { } intercepts
                || Combine(_scale, scale, (s, t) => s * t) is not { } scaled)
            {
                return false;
            }

            (Intercepts, _scale) = (intercepts, scaled);
            return true;
        }

        var width = Coefficients.Length / Intercepts.Length;
        if ((scale.Length != 1 && scale.Length != width) || (shift.Length != 1 && shift.Length != width))
            return false;
        for (var i = 0; i < Coefficients.Length; i++)
        {
            Intercepts[i / width] += Coefficients[i] * shift[shift.Length == 1 ? 0 : i % width];
            Coefficients[i] *= scale[scale.Length == 1 ? 0 : i % width];
        }

        return true;
    }

    /// <summary>The tensor is x = W·u + b with W rows × features, row-major. False when they do not fit.</summary>
    public bool Through(double[] weights, int rows, double[] bias)
    {
        if (rows == 0 || weights.Length % rows != 0 || (bias.Length != 1 && bias.Length != rows))
            return false;
        var width = weights.Length / rows;
        if (Coefficients is null)
        {
            var ones = Enumerable.Repeat(1.0, rows).ToArray();
            if (Combine(ones, _scale, (_, s) => s) is not { } scale || Combine(ones, Intercepts, (_, c) => c) is not { } shift
                || scale.Length != rows || shift.Length != rows)
            {
                return false;
            }

            Coefficients = [.. weights.Select((weight, i) => weight * scale[i / width])];
            Intercepts = [.. shift.Select((c, row) => c + (scale[row] * bias[bias.Length == 1 ? 0 : row]))];
            return true;
        }

        var scores = Intercepts.Length;
        if (Coefficients.Length != scores * rows)
            return false;
        var product = new double[scores * width];
        for (var score = 0; score < scores; score++)
        {
            for (var row = 0; row < rows; row++)
            {
                var by = Coefficients[(score * rows) + row];
                Intercepts[score] += by * bias[bias.Length == 1 ? 0 : row];
                for (var i = 0; i < width; i++)
                    product[(score * width) + i] += by * weights[(row * width) + i];
            }
        }

        Coefficients = product;
        return true;
    }

    /// <summary>Number by number, one number standing for all; null when neither list does and they differ in length.</summary>
    private static double[]? Combine(double[] one, double[] other, Func<double, double, double> combine)
    {
        var length = Math.Max(one.Length, other.Length);
        return (one.Length == 1 || one.Length == length) && (other.Length == 1 || other.Length == length)
            ? [.. Enumerable.Range(0, length).Select(i => combine(one[one.Length == 1 ? 0 : i], other[other.Length == 1 ? 0 : i]))]
            : null;
    }
}
