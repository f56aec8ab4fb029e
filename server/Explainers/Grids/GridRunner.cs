using System.Runtime.ExceptionServices;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Grids;

/// <summary>
/// Runs many changed copies of an image or tensor through a model, a bounded number at a time: while one part runs, another thread writes
/// the next. Runs are short, so that progress is seen soon. Not safe for use from several threads.
/// </summary>
internal sealed class GridRunner
{
    private const long BytesPerRun = 8L << 20;
    private const int RowsPerRun = 512;

    // Parts of a run: the first is written before anything runs, so it should be small.
    private const int Parts = 4;

    // What sessions pad small rows to; a part that is no multiple would run rows for nothing.
    private const int Padding = 16;

    private readonly Predictor predictor;
    private readonly InputBatch[] batches;

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
        Capacity = (int)Math.Clamp(memoryBudget / ((long)elements * (doubles ? sizeof(double) : sizeof(float))), 1, Math.Min(RowsPerRun, Math.Max(1, most)));
        int rows = (Capacity + Parts - 1) / Parts;
        if (rows > Padding)
            rows = (rows + Padding - 1) / Padding * Padding;
        batches = [Allocate(), Allocate()];

        InputBatch Allocate() => new([sample.Tensor with { Data = doubles ? new double[rows * elements] : new float[rows * elements] }], rows);
    }

    /// <summary>Writes row <paramref name="at"/> of the batch: the changed copy with a number. Called in order, from one thread at a time.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="at">The row in the batch.</param>
    /// <param name="number">Which of the copies.</param>
    public delegate void Fill(InputBatch batch, int at, int number);

    /// <summary>Rows that it is best asked for at a time.</summary>
    public int Capacity { get; }

    /// <summary>The target's value of the copies <paramref name="from"/> and following.</summary>
    /// <param name="from">The number of the first.</param>
    /// <param name="values">Receives one value a copy.</param>
    /// <param name="fill">Writes a copy.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    public void Predict(int from, Span<double> values, Fill fill, CancellationToken cancellation)
    {
        (InputBatch running, InputBatch next) = (batches[0], batches[1]);
        Write(running, from, values.Length, fill, cancellation);
        for (int done = 0; done < values.Length; done += running.Rows, (running, next) = (next, running))
        {
            int following = done + running.Rows;
            (InputBatch part, int left) = (next, values.Length - following);
            Task writing = left > 0 ? Task.Run(() => Write(part, from + following, left, fill, cancellation), CancellationToken.None) : Task.CompletedTask;
            try
            {
                predictor.Predict(running, values.Slice(done, running.Rows), cancellation);
            }
            finally
            {
                // It writes into what the next call writes into too.
                Task.WhenAny(writing).Wait(CancellationToken.None);
            }
            if (writing.Exception?.InnerException is { } failure)
                ExceptionDispatchInfo.Throw(failure);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static void Write(InputBatch batch, int from, int left, Fill fill, CancellationToken cancellation)
    {
        batch.Rows = Math.Min(batch.Capacity, left);
        for (int i = 0; i < batch.Rows; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            fill(batch, i, from + i);
        }
    }
}
