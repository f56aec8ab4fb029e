using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Grids;

/// <summary>
/// Runs many changed copies of an image or tensor through a model, a bounded number at a time in one buffer. Runs are short, so that
/// progress is seen soon. Not safe for use from several threads.
/// </summary>
internal sealed class GridRunner
{
    private const long BytesPerRun = 8L << 20;
    private const int RowsPerRun = 512;

    private readonly Predictor predictor;
    private readonly InputBatch batch;

    /// <summary>A runner.</summary>
    /// <param name="predictor">The model and the target.</param>
    /// <param name="sample">What is changed.</param>
    /// <param name="most">Rows that will be asked for at a time at most.</param>
    /// <param name="memoryBudget">Bytes of model input held at a time; one row is the least.</param>
    public GridRunner(Predictor predictor, GridSample sample, long most = RowsPerRun, long memoryBudget = BytesPerRun)
    {
        this.predictor = predictor;
        int elements = sample.Grid.Elements;
        bool doubles = sample.Tensor.Data is double[];
        int rows = (int)Math.Clamp(memoryBudget / ((long)elements * (doubles ? sizeof(double) : sizeof(float))), 1, Math.Min(RowsPerRun, Math.Max(1, most)));
        Array data = doubles ? new double[rows * elements] : new float[rows * elements];
        batch = new InputBatch([sample.Tensor with { Data = data }], rows);
    }

    /// <summary>Writes row <paramref name="at"/> of the batch: the changed copy with a number.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="at">The row in the batch.</param>
    /// <param name="number">Which of the copies.</param>
    public delegate void Fill(InputBatch batch, int at, int number);

    /// <summary>Rows that run at a time.</summary>
    public int Capacity => batch.Capacity;

    /// <summary>The target's value of the copies <paramref name="from"/> and following.</summary>
    /// <param name="from">The number of the first.</param>
    /// <param name="values">Receives one value a copy.</param>
    /// <param name="fill">Writes a copy.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    public void Predict(int from, Span<double> values, Fill fill, CancellationToken cancellation)
    {
        for (int start = 0; start < values.Length; start += batch.Capacity)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(batch.Capacity, values.Length - start);
            for (int i = 0; i < count; i++)
                fill(batch, i, from + start + i);
            batch.Rows = count;
            predictor.Predict(batch, values.Slice(start, count), cancellation);
        }
    }
}
