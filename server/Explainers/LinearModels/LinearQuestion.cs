using ExplainLsp.Explainers.Pipelines;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.LinearModels;

/// <summary>A linear margin, m = intercept + Σ weight × feature, and the background's features.</summary>
/// <param name="Model">The model.</param>
/// <param name="Weights">One a feature.</param>
/// <param name="Intercept">The margin where all features are zero.</param>
/// <param name="Background">Rows × features.</param>
/// <param name="Means">The background's mean of each feature.</param>
internal sealed record LinearQuestion(LinearModel Model, double[] Weights, double Intercept, double[] Background, double[] Means)
{
    /// <summary>Rows of the background.</summary>
    public int BackgroundRows => Background.Length / Weights.Length;

    /// <summary>The margin of the mean of the background, which is the mean of its margins.</summary>
    public double BaseValue => Margin(Means);

    /// <summary>Prepares a question.</summary>
    /// <exception cref="ExplainerException">A missing value in the background that nothing fills.</exception>
    public static LinearQuestion Of(Predictor predictor, LinearModel model, EncodedTable background, CancellationToken cancellation)
    {
        (double[] weights, double intercept) = model.MarginOf(predictor.Target.Index, predictor.Output.Width);
        double[] rows = PipelineFeatures.Of(
            predictor.Session, model.Pipeline, background, [.. Enumerable.Range(0, background.RowCount)], cancellation);
        double[] means = new double[weights.Length];
        for (int i = 0; i < rows.Length; i++)
            means[i % weights.Length] += rows[i] / background.RowCount;
        var question = new LinearQuestion(model, weights, intercept, rows, means);
        question.Check(means, background, "some background rows");
        return question;
    }

    /// <summary>The margin of a row of features.</summary>
    public double Margin(ReadOnlySpan<double> features)
    {
        double sum = Intercept;
        for (int i = 0; i < Weights.Length; i++)
            sum += Weights[i] * features[i];
        return sum;
    }

    /// <summary>Sums values of features by the column that they are made of; one a column of the pipeline.</summary>
    public double[] ByColumn(Func<int, double> value)
    {
        double[] sums = new double[Model.Pipeline.Columns.Length];
        for (int feature = 0; feature < Weights.Length; feature++)
            sums[Model.Pipeline.ColumnOf[feature]] += value(feature);
        return sums;
    }

    /// <summary>Refuses features that are not numbers: a linear model has no answer for them.</summary>
    public void Check(ReadOnlySpan<double> features, EncodedTable table, string where)
    {
        for (int i = 0; i < features.Length; i++)
        {
            if (double.IsFinite(features[i]))
                continue;
            int column = PipelineFeatures.ColumnsOf(Model.Pipeline, table)[Model.Pipeline.ColumnOf[i]];
            throw new ExplainerException(
                $"Column {table.Encoder.Columns[column].Name} is missing or not finite in {where}, and the linear model has no number for that. Fill the cells, or export the model with an imputer.");
        }
    }
}
