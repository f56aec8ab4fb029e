using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.WhatIf;

/// <summary>Asks the model about changed rows, within a budget.</summary>
internal sealed class Trial
{
    private readonly TableRow row;
    private readonly Predictor predictor;
    private readonly DesiredOutcome desired;
    private readonly RowRunner runner;
    private readonly long budget;

    /// <param name="row">The explained row.</param>
    /// <param name="predictor">The model.</param>
    /// <param name="desired">What it should say.</param>
    /// <param name="budget">Changed rows that it may be asked about.</param>
    /// <param name="progress">Told in changed rows; null for nobody.</param>
    public Trial(TableRow row, Predictor predictor, DesiredOutcome desired, long budget, IProgress<ExplanationProgress>? progress)
    {
        this.row = row;
        this.predictor = predictor;
        this.desired = desired;
        this.budget = budget;
        runner = new RowRunner(predictor, row.Table, budget, progress);
    }

    /// <summary>Changed rows asked about so far.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Whether a share of the budget is left for some rows.</summary>
    public bool Allows(double share, long rows) => Evaluations + rows <= share * budget;

    /// <summary>How near each candidate is to what is wanted: 0 or more exactly when it is it.</summary>
    public double[] Gains(IReadOnlyList<Candidate> candidates, CancellationToken cancellation)
    {
        double[] gains = new double[candidates.Count];
        int width = predictor.Output.Width;
        double[] scores = new double[gains.Length * width];
        runner.PredictAll(scores, Decision.Space(predictor), Fill, cancellation);
        Evaluations += gains.Length;
        for (int i = 0; i < gains.Length; i++)
            gains[i] = desired.Gain(scores.AsSpan(i * width, width));
        return gains;

        void Fill(InputBatch batch, int from, int count)
        {
            row.Table.RepeatRow(row.Index, count, batch);
            for (int i = 0; i < count; i++)
            {
                Cell?[] cells = candidates[from + i].Cells;
                for (int column = 0; column < cells.Length; column++)
                {
                    if (cells[column] is not { } cell)
                        continue;
                    if (double.IsNaN(cell.Number))
                        row.Table.SetColumn(batch, column, i, 1, cell.Text);
                    else
                        row.Table.SetColumn(batch, column, i, 1, cell.Number);
                }
            }
        }
    }

    /// <summary>The candidates that are what is wanted.</summary>
    public List<Candidate> Holding(IReadOnlyList<Candidate> candidates, CancellationToken cancellation)
    {
        double[] gains = Gains(candidates, cancellation);
        return [.. candidates.Where((_, i) => gains[i] >= 0)];
    }
}
