using System.Diagnostics;

namespace ExplainLsp.Benchmarks.Images;

/// <summary>Times and memory.</summary>
internal static class Measure
{
    /// <summary>Medians of two actions that are taken in turns, so that a busy moment of the machine meets both; once each before it counts.</summary>
    public static (double First, double Second) InTurns(int rounds, Action first, Action second)
    {
        first();
        second();
        var times = new double[2][];
        (times[0], times[1]) = (new double[rounds], new double[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            times[0][round] = Milliseconds(first);
            times[1][round] = Milliseconds(second);
        }

        return (Median(times[0]), Median(times[1]));
    }

    /// <summary>How much the process's resident memory grows at most while an action runs, MiB.</summary>
    public static double PeakGrowth(Action action)
    {
        var before = Resident();
        var peak = before;
        using var stop = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                peak = Math.Max(peak, Resident());
                await Task.Delay(5);
            }
        });
        action();
        stop.Cancel();
        watch.Wait();
        return (peak - before) / (double)(1 << 20);
    }

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static double Milliseconds(Action action)
    {
        var began = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
