namespace ExplainLsp.Samples;

/// <summary>
/// Masks a table row with background rows: an absent column takes each background row's value in turn (interventional, "marginal"
/// expectation; Lundberg and Lee 2017; Janzing et al. 2020).
/// </summary>
public sealed class BackgroundMasker : Masker
{
    // What a text takes is not known before it is handed to the model: a reference here, and its characters there.
    private const int BytesPerText = 32;

    private readonly InputBatch row;
    private readonly int[][] featuresOfInput;
    private readonly bool[] varying;
    private readonly bool[] differing;

    /// <summary>Takes a row and what stands in for its absent columns.</summary>
    /// <param name="sample">The row.</param>
    /// <param name="background">The background rows, encoded with the same columns; 1 or more.</param>
    public BackgroundMasker(TableRow sample, EncodedTable background)
    {
        ArgumentOutOfRangeException.ThrowIfZero(background.RowCount);
        if (!background.Encoder.Columns.AsSpan().SequenceEqual(sample.Table.Encoder.Columns.AsSpan()))
            throw new ArgumentException("The background is encoded with other columns.", nameof(background));
        Sample = sample;
        Background = background;
        row = sample.Encode();
        var encoder = background.Encoder;
        featuresOfInput = [.. encoder.Inputs.Select((_, input) =>
            Enumerable.Range(0, encoder.Columns.Length).Where(feature => encoder.Columns[feature].Input == input).ToArray())];
        differing = new bool[RowsPerCoalition * encoder.Columns.Length];
        for (var feature = 0; feature < encoder.Columns.Length; feature++)
            Compare(feature);
        varying = [.. encoder.Columns.Select((_, feature) => Enumerable.Range(0, RowsPerCoalition).Any(i => differing[(i * encoder.Columns.Length) + feature]))];
        BytesPerRow = encoder.Inputs.Select((input, i) => encoder.Widths[i] * SizeOf(input.ElementType)).Sum();
    }

    /// <summary>The row that is explained.</summary>
    public TableRow Sample { get; }

    /// <summary>The rows that stand in for absent features.</summary>
    public EncodedTable Background { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Feature> Features => Sample.Features;

    /// <inheritdoc/>
    public override int RowsPerCoalition => Background.RowCount;

    /// <inheritdoc/>
    public override IReadOnlyList<bool> Varying => varying;

    /// <inheritdoc/>
    public override ReadOnlySpan<bool> Differing => differing;

    /// <inheritdoc/>
    public override int BytesPerRow { get; }

    /// <inheritdoc/>
    public override string Description => Background.Description;

    /// <inheritdoc/>
    public override InputBatch Allocate(int coalitions) => Background.Allocate(checked(coalitions * RowsPerCoalition));

    /// <inheritdoc/>
    public override void Fill(ReadOnlySpan<bool> coalitions, InputBatch batch)
    {
        var count = coalitions.Length / Features.Count;
        if (count * Features.Count != coalitions.Length || count * RowsPerCoalition > batch.Capacity)
            throw new ArgumentException("The coalitions do not fit into the batch.", nameof(coalitions));
        for (var input = 0; input < batch.Tensors.Length; input++)
        {
            switch (batch.Tensors[input].Data)
            {
                case float[] data: FillInput(input, coalitions, data); break;
                case double[] data: FillInput(input, coalitions, data); break;
                case long[] data: FillInput(input, coalitions, data); break;
                case int[] data: FillInput(input, coalitions, data); break;
                case bool[] data: FillInput(input, coalitions, data); break;
                case string[] data: FillInput(input, coalitions, data); break;
            }
        }
        batch.Rows = count * RowsPerCoalition;
    }

    /// <summary>The background as one block a coalition, then the present columns over it.</summary>
    private void FillInput<T>(int input, ReadOnlySpan<bool> coalitions, T[] data)
    {
        var width = Background.Encoder.Widths[input];
        var block = RowsPerCoalition * width;
        var absent = new ReadOnlySpan<T>((T[])Background.Batch.Tensors[input].Data, 0, block);
        var sample = (T[])row.Tensors[input].Data;
        var features = featuresOfInput[input];
        var present = new int[features.Length];
        for (int start = 0, at = 0; start < coalitions.Length; start += Features.Count, at += block)
        {
            var coalition = coalitions.Slice(start, Features.Count);
            var presentCount = 0;
            foreach (var feature in features)
            {
                if (coalition[feature])
                    present[presentCount++] = Background.Encoder.Columns[feature].Offset;
            }
            var rows = data.AsSpan(at, block);
            if (width == 1 && presentCount == 1)
            {
                rows.Fill(sample[0]);
                continue;
            }
            absent.CopyTo(rows);
            for (var first = 0; presentCount > 0 && first < block; first += width)
            {
                var cells = rows.Slice(first, width);
                foreach (var offset in present.AsSpan(0, presentCount))
                    cells[offset] = sample[offset];
            }
        }
    }

    /// <inheritdoc/>
    public override void FillRows(ReadOnlySpan<bool> coalitions, ReadOnlySpan<int> backgroundRows, InputBatch batch)
    {
        if (backgroundRows.Length * Features.Count != coalitions.Length || backgroundRows.Length > batch.Capacity)
            throw new ArgumentException("The coalitions do not fit into the batch.", nameof(coalitions));
        for (var input = 0; input < batch.Tensors.Length; input++)
        {
            switch (batch.Tensors[input].Data)
            {
                case float[] data: FillRows(input, coalitions, backgroundRows, data); break;
                case double[] data: FillRows(input, coalitions, backgroundRows, data); break;
                case long[] data: FillRows(input, coalitions, backgroundRows, data); break;
                case int[] data: FillRows(input, coalitions, backgroundRows, data); break;
                case bool[] data: FillRows(input, coalitions, backgroundRows, data); break;
                case string[] data: FillRows(input, coalitions, backgroundRows, data); break;
            }
        }
        batch.Rows = backgroundRows.Length;
    }

    private void FillRows<T>(int input, ReadOnlySpan<bool> coalitions, ReadOnlySpan<int> backgroundRows, T[] data)
    {
        var width = Background.Encoder.Widths[input];
        var absent = (T[])Background.Batch.Tensors[input].Data;
        var sample = (T[])row.Tensors[input].Data;
        for (var i = 0; i < backgroundRows.Length; i++)
        {
            var cells = data.AsSpan(i * width, width);
            absent.AsSpan(backgroundRows[i] * width, width).CopyTo(cells);
            var coalition = coalitions.Slice(i * Features.Count, Features.Count);
            foreach (var feature in featuresOfInput[input])
            {
                if (coalition[feature])
                    cells[Background.Encoder.Columns[feature].Offset] = sample[Background.Encoder.Columns[feature].Offset];
            }
        }
    }

    private void Compare(int feature)
    {
        switch (row.Tensors[Background.Encoder.Columns[feature].Input].Data)
        {
            case float[] data: Compare(data, feature); break;
            case double[] data: Compare(data, feature); break;
            case long[] data: Compare(data, feature); break;
            case int[] data: Compare(data, feature); break;
            case bool[] data: Compare(data, feature); break;
            case string[] data: Compare(data, feature); break;
        }
    }

    /// <summary>Missing values (NaN) equal each other here: the model sees the same.</summary>
    private void Compare<T>(T[] sample, int feature)
    {
        var column = Background.Encoder.Columns[feature];
        var width = Background.Encoder.Widths[column.Input];
        var absent = (T[])Background.Batch.Tensors[column.Input].Data;
        for (var i = 0; i < RowsPerCoalition; i++)
        {
            differing[(i * Features.Count) + feature] =
                !EqualityComparer<T>.Default.Equals(absent[(i * width) + column.Offset], sample[column.Offset]);
        }
    }

    private static int SizeOf(Type type) =>
        type == typeof(string) ? BytesPerText : type == typeof(bool) ? 1 : type == typeof(float) || type == typeof(int) ? 4 : 8;
}
