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
    private readonly Array sample;
    private readonly Array[] absent;
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
        this.sample = sample.Tensor.Data;
        labels = [.. segmentation.Labels];
        if (labels.Length != this.sample.Length)
            throw new ArgumentException("The segmentation labels another number of elements than the sample has.", nameof(segmentation));
        if (labels.AsSpan().ContainsAnyExceptInRange(0, segmentation.Count - 1))
            throw new ArgumentException("A label lies outside of the segmentation's count.", nameof(segmentation));
        if (baselines.Count == 0 || baselines.Any(row => row.Length != labels.Length))
            throw new ArgumentException("A baseline must be given, as long as the sample's row.", nameof(baselines));
        absent = [.. baselines.Select(row => this.sample is float[]? (Array)row : Array.ConvertAll(row, value => (double)value))];
        features = [.. Enumerable.Range(0, segmentation.Count).Select(i => new Feature($"region {i}", null))];
        runs = Runs(labels);
        differing = new bool[checked(baselines.Count * segmentation.Count)];
        for (var row = 0; row < absent.Length; row++)
            Compare(row);
        varying = [.. Enumerable.Range(0, segmentation.Count).Select(i => Enumerable.Range(0, absent.Length).Any(row => differing[(row * segmentation.Count) + i]))];
    }

    /// <summary>The sample that is explained.</summary>
    public GridSample Sample { get; }

    /// <summary>Which segment each element belongs to.</summary>
    public Segmentation Segmentation { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Feature> Features => features;

    /// <inheritdoc/>
    public override int RowsPerCoalition => absent.Length;

    /// <inheritdoc/>
    public override IReadOnlyList<bool> Varying => varying;

    /// <inheritdoc/>
    public override ReadOnlySpan<bool> Differing => differing;

    /// <inheritdoc/>
    public override int BytesPerRow => labels.Length * (sample is float[]? sizeof(float) : sizeof(double));

    /// <inheritdoc/>
    public override string Description { get; }

    /// <inheritdoc/>
    public override InputBatch Allocate(int coalitions)
    {
        var capacity = checked(coalitions * RowsPerCoalition);
        var length = checked(capacity * labels.Length);
        Array data = sample is float[]? GC.AllocateUninitializedArray<float>(length) : GC.AllocateUninitializedArray<double>(length);
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
            for (var row = 0; row < absent.Length; row++)
                FillRow(coalition, row, batch, (i * absent.Length) + row);
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
            FillRow(coalition, (float[])sample, (float[])absent[baseline], floats.AsSpan(row * labels.Length, labels.Length));
        else
            FillRow(coalition, (double[])sample, (double[])absent[baseline], ((double[])batch.Tensors[0].Data).AsSpan(row * labels.Length, labels.Length));
    }

    private void FillRow<T>(ReadOnlySpan<bool> coalition, T[] present, T[] baseline, Span<T> row)
        where T : unmanaged
    {
        if (labels.Length < runs.Length * ShortRun)
        {
            for (var i = 0; i < row.Length; i++)
                row[i] = coalition[labels[i]] ? present[i] : baseline[i];
            return;
        }
        foreach (var (start, length, label) in runs)
            (coalition[label] ? present : baseline).AsSpan(start, length).CopyTo(row[start..]);
    }

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

    private void Compare(int row)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            // Missing values (NaN) equal each other here: the model sees the same.
            var equal = sample is float[] floats ? floats[i].Equals(((float[])absent[row])[i]) : ((double[])sample)[i].Equals(((double[])absent[row])[i]);
            differing[(row * features.Length) + labels[i]] |= !equal;
        }
    }
}
