namespace ExplainLsp.Models.Trees;

/// <summary>Turns one row's scores into something else, in place.</summary>
internal delegate void RowTransform(Span<double> scores);

/// <summary>What follows the sum of an ensemble: its post transform, or the log-odds of the probabilities that it makes.</summary>
internal sealed class TreeScores(TreeEnsemble trees)
{
    /// <summary>Whether <see cref="Transform"/> knows an ensemble's post transform. ONNX Runtime's probit is an approximation of its own.</summary>
    public static bool Knows(TreeEnsemble trees) => trees.PostTransform != PostTransform.Probit;

    /// <summary>Whether each probability has log-odds that the scores tell.</summary>
    public bool HasLogOdds => trees.PostTransform is PostTransform.Logistic or PostTransform.Softmax;

    /// <summary>Margins to what the model gives.</summary>
    public RowTransform Transform { get; } = trees.PostTransform switch
    {
        PostTransform.Logistic => Logistic,
        PostTransform.Softmax => Softmax,
        PostTransform.SoftmaxZero => SoftmaxZero,
        _ => _ => { }
        ,
    };

    /// <summary>Margins to log-odds: themselves behind a logistic function, s − ln Σ exp(other scores) behind a softmax.</summary>
    public RowTransform ToLogOdds { get; } = trees.PostTransform == PostTransform.Softmax ? AgainstTheOthers : _ => { };

    private static void Logistic(Span<double> scores)
    {
        foreach (ref var score in scores)
            score = 1 / (1 + Math.Exp(-score));
    }

    private static void Softmax(Span<double> scores)
    {
        var largest = Largest(scores);
        double sum = 0;
        foreach (ref var score in scores)
            sum += score = Math.Exp(score - largest);
        foreach (ref var score in scores)
            score /= sum;
    }

    /// <summary>Softmax over the scores that are not zero; zero stays zero.</summary>
    private static void SoftmaxZero(Span<double> scores)
    {
        var largest = Largest(scores);
        double sum = 0;
        foreach (ref var score in scores)
        {
            // As ONNX Runtime has it: what is close to zero is scaled, not exponentiated.
            var isZero = Math.Abs(score) <= 1e-7;
            score = isZero ? score * Math.Exp(-largest) : Math.Exp(score - largest);
            sum += score;
        }

        foreach (ref var score in scores)
            score /= sum;
    }

    private static void AgainstTheOthers(Span<double> scores)
    {
        Span<double> own = stackalloc double[scores.Length <= 64 ? scores.Length : 0];
        own = scores.Length <= 64 ? own : new double[scores.Length];
        scores.CopyTo(own);
        for (var i = 0; i < own.Length; i++)
        {
            var largest = double.NegativeInfinity;
            for (var k = 0; k < own.Length; k++)
                largest = k == i ? largest : Math.Max(largest, own[k]);
            double sum = 0;
            for (var k = 0; k < own.Length; k++)
                sum += k == i ? 0 : Math.Exp(own[k] - largest);
            scores[i] = own[i] - largest - Math.Log(sum);
        }
    }

    private static double Largest(ReadOnlySpan<double> scores)
    {
        var largest = double.NegativeInfinity;
        foreach (var score in scores)
            largest = Math.Max(largest, score);
        return largest;
    }
}
