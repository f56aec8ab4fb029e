using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// A model seen through its target: model input in, one number a row out, in the target's space. Softmax, the logistic function and
/// log-odds are applied here, so that methods never see which kind of output the model has. Counts the rows it ran.
/// </summary>
/// <param name="session">The model.</param>
/// <param name="output">The output that is explained.</param>
/// <param name="target">The element of it, with its space.</param>
public sealed class Predictor(ModelSession session, SessionOutput output, Target target)
{
    /// <summary>The model.</summary>
    public ModelSession Session => session;

    /// <summary>The output that is explained.</summary>
    public SessionOutput Output => output;

    /// <summary>The number that is explained.</summary>
    public Target Target => target;

    /// <summary>Rows run so far.</summary>
    public long ModelRows => throw new NotImplementedException();

    /// <summary>The target's value for each row of a batch.</summary>
    public void Predict(InputBatch batch, Span<double> values, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>All scores of each row, rows × width, in the target's space: every class's probability, or every raw score.</summary>
    public double[] PredictAll(InputBatch batch, CancellationToken cancellation) => throw new NotImplementedException();
}
