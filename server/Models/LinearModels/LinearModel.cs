using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ExplainLsp.Models.LinearModels;

namespace ExplainLsp.Models;

/// <summary>What follows the scores of a linear model.</summary>
public enum LinearLink
{
    /// <summary>Nothing: a regression, or scores as they are.</summary>
    None,

    /// <summary>The logistic function of each score.</summary>
    Logistic,

    /// <summary>Softmax over the scores.</summary>
    Softmax,
}

/// <summary>
/// A model that is linear in features of its input columns: <c>LinearClassifier</c>, <c>LinearRegressor</c>, or products with constant
/// weights (<c>Gemm</c>, <c>MatMul</c>, <c>Add</c>, …), perhaps followed by a logistic function or a softmax. Products behind one another
/// (a principal component analysis before a regression) are multiplied out.
/// </summary>
public sealed class LinearModel
{
    // Networks are not read at all: what is linear is small.
    private const int MostNodes = 512;

    private static readonly ConditionalWeakTable<ModelFile, ConcurrentDictionary<string, StrongBox<LinearModel?>>> Read = [];

    internal LinearModel() { }

    /// <summary>What makes the features of the model's input columns.</summary>
    public required FeaturePipeline Pipeline { get; init; }

    /// <summary>Scores × features, row-major.</summary>
    public required ImmutableArray<double> Coefficients { get; init; }

    /// <summary>One a score.</summary>
    public required ImmutableArray<double> Intercepts { get; init; }

    /// <summary>What follows the scores.</summary>
    public required LinearLink Link { get; init; }

    /// <summary>Scores that the model computes: 1 where one stands for two classes.</summary>
    public int Scores => Intercepts.Length;

    /// <summary>Features that it reads.</summary>
    public int Features => Coefficients.Length / Scores;

    /// <summary>The linear model behind an output; null when the output is something else. Kept with the file.</summary>
    /// <param name="file">The model.</param>
    /// <param name="output">The output's name.</param>
    /// <exception cref="ModelException">The file is gone.</exception>
    public static LinearModel? Of(ModelFile file, string output)
    {
        if (file.Nodes.Length > MostNodes)
            return null;
        return Read.GetOrCreateValue(file).GetOrAdd(output, output => new StrongBox<LinearModel?>(LinearModelReader.Read(file, output))).Value;
    }

    /// <summary>
    /// How the margin of an element of the output depends on the features: margin = intercept + Σ weight × feature. The margin is the
    /// output itself (regression, scores), the log-odds of one of two classes, or the class's own score of several (the decision function).
    /// </summary>
    /// <param name="index">The element.</param>
    /// <param name="width">Elements of the output.</param>
    public (double[] Weights, double Intercept) MarginOf(int index, int width)
    {
        var weights = new double[Features];
        var intercept = 0.0;
        if (Scores == 1)
        {
            // One score for two classes is the second's.
            Add(0, index == 0 && width == 2 ? -1 : 1);
        }
        else
        {
            Add(index, 1);
            // Two scores under a softmax are told apart by their difference alone.
            if (Scores == 2 && Link == LinearLink.Softmax)
                Add(1 - index, -1);
        }

        return (weights, intercept);

        void Add(int score, double sign)
        {
            intercept += sign * Intercepts[score];
            for (var i = 0; i < weights.Length; i++)
                weights[i] += sign * Coefficients[(score * weights.Length) + i];
        }
    }
}
