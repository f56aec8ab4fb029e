using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>
/// Runs many changed rows of a table through a model, a bounded number at a time in one buffer, and reports progress in rows. Not safe
/// for use from several threads.
/// </summary>
internal sealed class RowRunner
{
    private const int RowsPerRun = 8192;
    private const long CellsPerRun = 1 << 21;

    private readonly Predictor predictor;
    private readonly InputBatch batch;
    private readonly IProgress<ExplanationProgress>? progress;
    private readonly long planned;
    private long done;

    /// <param name="predictor">The model and the target.</param>
    /// <param name="table">A table with the columns of the rows.</param>
    /// <param name="planned">Rows that will be run in all.</param>
    /// <param name="progress">Told after every run; null for nobody.</param>
    public RowRunner(Predictor predictor, EncodedTable table, long planned, IProgress<ExplanationProgress>? progress)
    {
        this.predictor = predictor;
        this.planned = planned;
        this.progress = progress;
        long rows = Math.Clamp(CellsPerRun / Math.Max(1, table.ColumnCount), 1, RowsPerRun);
        batch = table.Allocate((int)Math.Min(rows, Math.Max(1, planned)));
    }

    /// <summary>Writes rows <c>from</c> to <c>from + count</c> of the whole into rows 0 to <c>count</c> of the batch.</summary>
    public delegate void Fill(InputBatch batch, int from, int count);

    /// <summary>The target's value of each row.</summary>
    public void Predict(Span<double> values, Fill fill, CancellationToken cancellation)
    {
        for (int from = 0; from < values.Length; from += batch.Capacity)
        {
            int count = Begin(from, values.Length, fill, cancellation);
            predictor.Predict(batch, values.Slice(from, count), cancellation);
            End(count);
        }
    }

    /// <summary>All scores of each row in a space, rows × width.</summary>
    public void PredictAll(Span<double> scores, TargetSpace space, Fill fill, CancellationToken cancellation)
    {
        int width = predictor.Output.Width;
        int rows = scores.Length / width;
        for (int from = 0; from < rows; from += batch.Capacity)
        {
            int count = Begin(from, rows, fill, cancellation);
            predictor.PredictAll(batch, space, cancellation).CopyTo(scores[(from * width)..]);
            End(count);
        }
    }

    private int Begin(int from, int rows, Fill fill, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int count = Math.Min(batch.Capacity, rows - from);
        batch.Rows = count;
        fill(batch, from, count);
        return count;
    }

    private void End(int count)
    {
        done += count;
        progress?.Report(new ExplanationProgress(done, Math.Max(done, planned)));
    }
}
