using System.Collections.Immutable;
using ExplainLsp.Explainers.Metrics;
using ExplainLsp.Explainers.Sampling;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>
/// A model's score on labelled rows, as they are and with columns shuffled among them; as many shuffles at a time as fit into one run of
/// the model. A shuffle depends on its first column, its repeat and the seed only.
/// </summary>
internal sealed class ShuffledScores
{
    private const long Stream = 0x73687566;
    private const int RowsTogether = 1 << 16;

    private readonly GlobalRequest request;
    private readonly LabelledRows labelled;
    private readonly Metric metric;
    private readonly int shuffles;
    private readonly RowRunner runner;
    private readonly int width;

    /// <param name="request">Model, rows, seed.</param>
    /// <param name="labelled">The rows that are scored.</param>
    /// <param name="metric">How.</param>
    /// <param name="shuffles">Shuffles that there will be.</param>
    /// <param name="progress">Told of rows; null for nobody.</param>
    public ShuffledScores(GlobalRequest request, LabelledRows labelled, Metric metric, int shuffles, IProgress<ExplanationProgress>? progress)
    {
        this.request = request;
        this.labelled = labelled;
        this.metric = metric;
        this.shuffles = shuffles;
        width = request.Predictor.Output.Width;
        runner = new RowRunner(request.Predictor, request.Table, labelled.Rows.Length * (1L + shuffles), progress);
    }

    private int Rows => labelled.Rows.Length;

    /// <summary>The score of the rows as they are.</summary>
    public double Unshuffled(CancellationToken cancellation)
    {
        double[] scores = new double[Rows * width];
        Run(scores, (batch, from, count) => request.Table.CopyRows(labelled.Rows.AsSpan(from, count), batch), cancellation);
        return Score(scores);
    }

    /// <summary>The score of each shuffle.</summary>
    /// <param name="columnsOf">The columns that a shuffle moves.</param>
    /// <param name="repeatOf">Which repeat of them it is.</param>
    /// <param name="sofar">Told of the scores found so far and how many these are; null for nobody.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    public double[] Shuffled(Func<int, ImmutableArray<int>> columnsOf, Func<int, int> repeatOf, Action<double[], int>? sofar, CancellationToken cancellation)
    {
        int together = Math.Clamp(RowsTogether / Rows, 1, shuffles);
        double[] found = new double[shuffles], scores = new double[together * Rows * width], one = new double[Rows * width];
        int[] order = new int[together * Rows];
        for (int first = 0; first < shuffles; first += together)
        {
            int here = Math.Min(together, shuffles - first);
            for (int i = 0; i < here; i++)
            {
                Span<int> rows = order.AsSpan(i * Rows, Rows);
                labelled.Rows.CopyTo(rows);
                new SeededRandom(request.Seed, Stream, columnsOf(first + i)[0], repeatOf(first + i)).Shuffle(rows, Rows);
            }
            Run(scores.AsSpan(0, here * Rows * width), Fill, cancellation);
            for (int i = 0; i < here; i++)
            {
                scores.AsSpan(i * Rows * width, one.Length).CopyTo(one);
                found[first + i] = Score(one);
            }
            sofar?.Invoke(found, first + here);

            void Fill(InputBatch batch, int from, int count)
            {
                for (int done = 0; done < count;)
                {
                    (int shuffle, int row) = Math.DivRem(from + done, Rows);
                    int length = Math.Min(Rows - row, count - done);
                    request.Table.CopyRows(labelled.Rows.AsSpan(row, length), batch, done);
                    foreach (int column in columnsOf(first + shuffle))
                        request.Table.CopyColumn(column, order.AsSpan((shuffle * Rows) + row, length), batch, done);
                    done += length;
                }
            }
        }
        return found;
    }

    private void Run(Span<double> scores, RowRunner.Fill fill, CancellationToken cancellation) =>
        runner.PredictAll(scores, request.Predictor.IsClassifier ? TargetSpace.Probability : TargetSpace.Raw, fill, cancellation);

    /// <summary>A regression with several values is scored on the one that is explained.</summary>
    private double Score(double[] scores) => request.Predictor.IsClassifier
        ? metric.Score(labelled.Labels, scores, width)
        : metric.Score(labelled.Labels, LabelledRows.Element(scores, width, request.Predictor.Target.Index), 1);
}
