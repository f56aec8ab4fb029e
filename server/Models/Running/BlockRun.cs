using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Microsoft.ML.OnnxRuntime;

namespace ExplainLsp.Models.Running;

/// <summary>Computes the blocks of a call side by side, each on one thread, and stops them all when one fails or the caller cancels.</summary>
internal static class BlockRun
{
    /// <summary>Computes one block.</summary>
    /// <param name="start">Its first row.</param>
    /// <param name="count">Its rows.</param>
    /// <param name="run">ONNX Runtime's options; terminated when the call ends early.</param>
    /// <param name="stop">Set when the call ends early.</param>
    internal delegate void Compute(int start, int count, RunOptions run, CancellationToken stop);

    /// <summary>Runs all blocks; the caller's thread computes too.</summary>
    public static void Execute(BlockQueue queue, int rows, int threads, Compute compute, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // Another call on the same model may change the size at any moment.
        var size = queue.Size();
        var blocks = (rows + size - 1) / size;
        var helpers = new Task[Math.Min(threads, blocks) - 1];
        for (var i = 0; i < helpers.Length; i++)
            helpers[i] = Task.Run(ComputeBlocks, CancellationToken.None);
        ExceptionDispatchInfo? failure = null;
        try
        {
            ComputeBlocks();
        }
        catch (Exception exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }

        // The blocks of the others read the caller's arrays: they must end before this call does.
        foreach (var helper in helpers)
        {
            try
            {
                helper.GetAwaiter().GetResult();
            }
            catch (Exception exception) when (failure is null || failure.SourceException is OperationCanceledException)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
            catch (Exception)
            {
                // One reason is enough.
            }
        }

        cancellation.ThrowIfCancellationRequested();
        failure?.Throw();

        void ComputeBlocks()
        {
            using var run = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using var terminate = stop.Token.Register(() => run.Terminate = true);
            try
            {
                while (queue.TryTake(out var start, out var count))
                {
                    stop.Token.ThrowIfCancellationRequested();
                    var startedAt = Stopwatch.GetTimestamp();
                    compute(start, count, run, stop.Token);
                    queue.Report(count, startedAt);
                }
            }
            catch
            {
                stop.Cancel();
                throw;
            }
        }
    }
}
