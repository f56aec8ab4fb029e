using System.Diagnostics;

namespace ExplainLsp.Models.Running;

/// <summary>
/// Hands the blocks of a call to the threads that compute them. Blocks start small and grow to what takes about
/// <see cref="Target"/>: ONNX Runtime can be stopped only between operators, so a block must be short for a cancelled call to end soon.
/// </summary>
internal sealed class BlockQueue(int rows, BlockPlan plan, Pace pace)
{
    /// <summary>How long a block should take.</summary>
    public static readonly TimeSpan Target = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lock = new();
    private int _next;

    /// <summary>The next block, or false when all are taken.</summary>
    public bool TryTake(out int start, out int count)
    {
        lock (_lock)
        {
            start = _next;
            count = Math.Min(rows - start, Size());
            _next += count;
            return count > 0;
        }
    }

    /// <summary>Rows of a block at the present pace.</summary>
    public int Size()
    {
        var most = Math.Clamp(pace.RowsIn(Target), 1, plan.MostRows);
        return most < plan.Multiple ? Math.Min(plan.MostRows, plan.Multiple) : most / plan.Multiple * plan.Multiple;
    }

    /// <summary>Tells how long a block took.</summary>
    public void Report(int count, long startedAt) => pace.Observe(plan.Padded(count), Stopwatch.GetElapsedTime(startedAt));
}

/// <summary>Rows a second that a model was seen to run, the latest block only.</summary>
internal sealed class Pace
{
    // A guess that is right for no model and safe for most; the first block corrects it.
    private double _rowsPerSecond = 25_600;

    public int RowsIn(TimeSpan time) => (int)Math.Min(Volatile.Read(ref _rowsPerSecond) * time.TotalSeconds, int.MaxValue);

    public void Observe(int rows, TimeSpan time) => Volatile.Write(ref _rowsPerSecond, rows / Math.Max(time.TotalSeconds, 1e-6));
}
