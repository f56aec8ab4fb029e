namespace ExplainLsp.Samples;

/// <summary>
/// Masks a table row with background rows: an absent column takes each background row's value in turn (interventional, "marginal"
/// expectation; Lundberg and Lee 2017; Janzing et al. 2020).
/// </summary>
/// <param name="sample">The row.</param>
/// <param name="background">The background rows, encoded with the same columns; 1 or more.</param>
public sealed class BackgroundMasker(TableRow sample, EncodedTable background) : Masker
{
    /// <summary>The row that is explained.</summary>
    public TableRow Sample => sample;

    /// <summary>The rows that stand in for absent features.</summary>
    public EncodedTable Background => background;

    /// <inheritdoc/>
    public override IReadOnlyList<Feature> Features => sample.Features;

    /// <inheritdoc/>
    public override int RowsPerCoalition => background.RowCount;

    /// <inheritdoc/>
    public override IReadOnlyList<bool> Varying => throw new NotImplementedException();

    /// <inheritdoc/>
    public override int BytesPerRow => throw new NotImplementedException();

    /// <inheritdoc/>
    public override string Description => background.Description;

    /// <inheritdoc/>
    public override InputBatch Allocate(int coalitions) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override void Fill(ReadOnlySpan<bool> coalitions, InputBatch batch) => throw new NotImplementedException();
}
