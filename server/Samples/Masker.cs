namespace ExplainLsp.Samples;

/// <summary>
/// Turns coalitions (which features are present) into batches of model input. One coalition gives <see cref="RowsPerCoalition"/>
/// rows (one a background row); the value of a coalition is the mean of the model over them (Štrumbelj and Kononenko 2014; Lundberg
/// and Lee 2017, eq. 11 with independent features). The same interface serves tables, images and text.
/// </summary>
public abstract class Masker
{
    /// <summary>The features that can be present or absent, in the sample's order.</summary>
    public abstract IReadOnlyList<Feature> Features { get; }

    /// <summary>Rows of model input that one coalition takes: the background's rows, or 1 for a single baseline.</summary>
    public abstract int RowsPerCoalition { get; }

    /// <summary>Which features differ from at least one background row. The others are dummies: their Shapley value is zero.</summary>
    public abstract IReadOnlyList<bool> Varying { get; }

    /// <summary>Bytes that one row of model input takes, for the memory budget.</summary>
    public abstract int BytesPerRow { get; }

    /// <summary>What stands in for absent features, in words: "20 rows of train.csv".</summary>
    public abstract string Description { get; }

    /// <summary>An empty batch with room for <paramref name="coalitions"/> coalitions.</summary>
    public abstract InputBatch Allocate(int coalitions);

    /// <summary>Fills <paramref name="batch"/> with the rows of the coalitions, one after another, and sets its <see cref="InputBatch.Rows"/>.</summary>
    /// <param name="coalitions">Row-major, coalitions × features; true where the feature is present (taken from the sample).</param>
    /// <param name="batch">A batch of this masker's with enough capacity.</param>
    public abstract void Fill(ReadOnlySpan<bool> coalitions, InputBatch batch);

    /// <summary>
    /// Which features of the sample differ from which row of the background, row-major, background rows × features; empty where that is
    /// not told. Present or absent, a feature that does not differ gives the same model input, so many coalitions share their rows.
    /// </summary>
    public virtual ReadOnlySpan<bool> Differing => [];

    /// <summary>Fills <paramref name="batch"/> with one row a coalition, on a background row of its own, and sets its <see cref="InputBatch.Rows"/>.</summary>
    /// <param name="coalitions">Row-major, coalitions × features; true where the feature is present.</param>
    /// <param name="backgroundRows">The background row of each coalition, 0 to <see cref="RowsPerCoalition"/> − 1.</param>
    /// <param name="batch">A batch of this masker's with enough capacity.</param>
    public abstract void FillRows(ReadOnlySpan<bool> coalitions, ReadOnlySpan<int> backgroundRows, InputBatch batch);
}
