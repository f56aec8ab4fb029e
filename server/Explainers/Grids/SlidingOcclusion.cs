using System.Collections.Immutable;
using System.Diagnostics;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Grids;

/// <summary>Occlusion of an image or tensor: a window slides over it, and what is under it is replaced by a baseline. Coarse steps run first.</summary>
internal static class SlidingOcclusion
{
    /// <summary>Computes the explanation.</summary>
    public static Explanation Explain(
        LocalRequest request, string id, OptionReader options, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Predictor predictor = request.Predictor;
        (long rowsBefore, long clippedBefore) = (predictor.ModelRows, predictor.ClippedRows);
        GridSample sample = GridRequest.GridOf(request, id);
        GridBaseline baseline = GridMasking.Baseline(options, sample, "zero", null, cancellation);
        OcclusionWindows windows = OcclusionWindows.Read(options, sample.Grid);
        Patch patch = Patch.Of(sample, baseline, windows);

        double predicted = predictor.PredictOne(sample, cancellation);
        (int[] order, ImmutableArray<(int End, int Factor)> stages) = windows.CoarseFirst();
        double[] differences = new double[order.Length];
        double[] values = new double[order.Length];
        var runner = new GridRunner(predictor, sample, order.Length);
        int done = 0;
        foreach ((int end, int factor) in stages)
        {
            for (; done < end; done += Math.Min(runner.Capacity, end - done))
            {
                int count = Math.Min(runner.Capacity, end - done);
                runner.Predict(done, values.AsSpan(done, count), (batch, at, number) => patch.Write(batch, at, order[number]), cancellation);
                for (int i = done; i < done + count; i++)
                    differences[order[i]] = predicted - values[i];
                progress?.Report(new ExplanationProgress(done + count, order.Length));
            }
            if (progress is not null && factor > 1)
                progress.Report(new ExplanationProgress(done, order.Length) { Partial = Tell(factor) });
        }
        return Tell(1);

        Explanation Tell(int factor) => new()
        {
            Method = id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            PredictedValue = predicted,
            Attributions = [],
            Tensor = GridMasking.Map(sample, windows.Map(differences, factor)),
            Cost = new Cost(done + 1, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Background = baseline.Description,
            Warnings = [.. Warnings.Of(predictor, clippedBefore)],
        };
    }

    /// <summary>Writes the sample with one window of the baseline over it.</summary>
    private abstract class Patch(OcclusionWindows windows)
    {
        public static Patch Of(GridSample sample, GridBaseline baseline, OcclusionWindows windows) => sample.Tensor.Data is double[] doubles
            ? new Patch<double>(windows, doubles, Array.ConvertAll(baseline.Row, value => (double)value))
            : new Patch<float>(windows, (float[])sample.Tensor.Data, baseline.Row);

        protected OcclusionWindows Windows => windows;

        public abstract void Write(InputBatch batch, int at, int window);
    }

    private sealed class Patch<T>(OcclusionWindows windows, T[] sample, T[] baseline) : Patch(windows)
    {
        public override void Write(InputBatch batch, int at, int window)
        {
            Span<T> row = ((T[])batch.Tensors[0].Data).AsSpan(at * sample.Length, sample.Length);
            sample.CopyTo(row);
            Span<int> from = stackalloc int[3];
            Span<int> to = stackalloc int[3];
            Windows.Place(window, from, to);
            GridShape grid = Windows.Grid;
            bool whole = grid.Layout != GridLayout.ChannelsLast;
            for (int c = from[0]; c < to[0]; c++)
            {
                for (int y = from[1]; y < to[1]; y++)
                {
                    if (whole)
                    {
                        int start = grid.IndexOf(c, y, from[2]);
                        baseline.AsSpan(start, to[2] - from[2]).CopyTo(row[start..]);
                        continue;
                    }
                    for (int x = from[2]; x < to[2]; x++)
                        row[grid.IndexOf(c, y, x)] = baseline[grid.IndexOf(c, y, x)];
                }
            }
        }
    }
}
