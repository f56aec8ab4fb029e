using System.Runtime.InteropServices;

namespace ExplainLsp.Samples;

/// <summary>
/// Masks a grid by segments: the elements of an absent segment take the baseline's values (SHAP's image masker; Ribeiro et al. 2016, section
/// 3.4). With several baselines a coalition's value is the mean over them.
/// </summary>
/// <remarks>Filling is the hot loop of methods over images: elements are copied in runs of equal labels.</remarks>
public sealed class SegmentMasker : Masker
{
    // Below this many elements a run, choosing element by element is faster than copying runs.
    private const int ShortRun = 4;

    private readonly Feature[] features;
    private readonly int[] labels;
    private readonly (int Start, int Length, int Label)[] runs;
    private readonly Array[] sources;
    private readonly bool[] differing;
    private readonly bool[] varying;

    /// <summary>Takes a sample, its segments and what stands in for absent ones.</summary>
    /// <param name="sample">What is explained.</param>
    /// <param name="segmentation">One label an element of the sample's row.</param>
    /// <param name="baselines">Rows of model input, 1 or more, each as long as the sample's.</param>
    /// <param name="description">What the baselines are, in words: "a blurred copy", "20 pictures of background.csv".</param>
    /// <exception cref="ArgumentException">Lengths that differ, or no baseline.</exception>
    public SegmentMasker(GridSample sample, Segmentation segmentation, IReadOnlyList<float[]> baselines, string description)
    {
        (Sample, Segmentation, Description) = (sample, segmentation, description);
        labels = [.. segmentation.Labels];
        if (labels.Length != sample.Tensor.Data.Length)
            throw new ArgumentException("The segmentation labels another number of elements than the sample has.", nameof(segmentation));
        if (labels.AsSpan().ContainsAnyExceptInRange(0, segmentation.Count - 1))
            throw new ArgumentException("A label lies outside of the segmentation's count.", nameof(segmentation));
        if (baselines.Count == 0 || baselines.Any(row => row.Length != labels.Length))
            throw new ArgumentException("A baseline must be given, as long as the sample's row.", nameof(baselines));
        sources = [.. baselines.Select(row => sample.Tensor.Data is double[] doubles
            ? (Array)Joined(Array.ConvertAll(row, value => (double)value), doubles)
            : Joined(row, (float[])sample.Tensor.Data))];
        features = [.. Enumerable.Range(0, segmentation.Count).Select(i => new Feature($"region {i}", null))];
        runs = Runs(labels);
        differing = new bool[checked(baselines.Count * segmentation.Count)];
        for (var row = 0; row < sources.Length; row++)
            Compare(row);
        varying = [.. Enumerable.Range(0, segmentation.Count).Select(i => Enumerable.Range(0, sources.Length).Any(row => differing[(row * segmentation.Count) + i]))];
    }

    /// <summary>The sample that is explained.</summary>
    public GridSample Sample { get; }

    /// <summary>Which segment each element belongs to.</summary>
    public Segmentation Segmentation { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Feature> Features => features;

    /// <inheritdoc/>
    public override int RowsPerCoalition => sources.Length;

    /// <inheritdoc/>
    public override IReadOnlyList<bool> Varying => varying;

    /// <inheritdoc/>
    public override ReadOnlySpan<bool> Differing => differing;

    /// <inheritdoc/>
    public override int BytesPerRow => labels.Length * (Sample.Tensor.Data is double[]? sizeof(double) : sizeof(float));

    /// <inheritdoc/>
    public override string Description { get; }

    /// <inheritdoc/>
    public override InputBatch Allocate(int coalitions)
    {
        var capacity = checked(coalitions * RowsPerCoalition);
        var length = checked(capacity * labels.Length);
        Array data = Sample.Tensor.Data is double[]? GC.AllocateUninitializedArray<double>(length) : GC.AllocateUninitializedArray<float>(length);
        return new InputBatch([Sample.Tensor with { Data = data }], capacity);
    }

    /// <inheritdoc/>
    public override void Fill(ReadOnlySpan<bool> coalitions, InputBatch batch)
    {
        var count = features.Length == 0 ? 0 : coalitions.Length / features.Length;
        if (count * features.Length != coalitions.Length || count * RowsPerCoalition > batch.Capacity)
            throw new ArgumentException("The coalitions do not fit into the batch.", nameof(coalitions));
        for (var i = 0; i < count; i++)
        {
            var coalition = coalitions.Slice(i * features.Length, features.Length);
            for (var row = 0; row < sources.Length; row++)
                FillRow(coalition, row, batch, (i * sources.Length) + row);
        }
        batch.Rows = count * RowsPerCoalition;
    }

    /// <inheritdoc/>
    public override void FillRows(ReadOnlySpan<bool> coalitions, ReadOnlySpan<int> backgroundRows, InputBatch batch)
    {
        if (backgroundRows.Length * features.Length != coalitions.Length || backgroundRows.Length > batch.Capacity)
            throw new ArgumentException("The coalitions do not fit into the batch.", nameof(coalitions));
        for (var i = 0; i < backgroundRows.Length; i++)
            FillRow(coalitions.Slice(i * features.Length, features.Length), backgroundRows[i], batch, i);
        batch.Rows = backgroundRows.Length;
    }

    private void FillRow(ReadOnlySpan<bool> coalition, int baseline, InputBatch batch, int row)
    {
        if (batch.Tensors[0].Data is float[] floats)
            FillRow(coalition, (float[])sources[baseline], floats.AsSpan(row * labels.Length, labels.Length));
        else
            FillRow(coalition, (double[])sources[baseline], ((double[])batch.Tensors[0].Data).AsSpan(row * labels.Length, labels.Length));
    }

    /// <summary>Without branches on coalitions, which are random: absent and present stand one after the other in one array.</summary>
    private void FillRow<T>(ReadOnlySpan<bool> coalition, T[] source, Span<T> row)
        where T : unmanaged
    {
        var present = MemoryMarshal.AsBytes(coalition);
        if (labels.Length < runs.Length * ShortRun)
        {
            for (var i = 0; i < labels.Length; i++)
                row[i] = source[(present[labels[i]] * labels.Length) + i];
            return;
        }
        foreach (var (start, length, label) in runs)
            source.AsSpan((present[label] * labels.Length) + start, length).CopyTo(row[start..]);
    }

    private static T[] Joined<T>(T[] absent, T[] present) => [.. absent, .. present];

    private static (int Start, int Length, int Label)[] Runs(int[] labels)
    {
        var runs = new List<(int, int, int)>();
        for (int start = 0, end; start < labels.Length; start = end)
        {
            for (end = start + 1; end < labels.Length && labels[end] == labels[start];)
                end++;
            runs.Add((start, end - start, labels[start]));
        }
        return [.. runs];
    }

    /// <summary>Missing values (NaN) equal each other here: the model sees the same.</summary>
    private void Compare(int row)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            var equal = sources[row] is float[] floats
                ? floats[i].Equals(floats[labels.Length + i])
                : ((double[])sources[row])[i].Equals(((double[])sources[row])[labels.Length + i]);
            differing[(row * features.Length) + labels[i]] |= !equal;
        }
    }
}
