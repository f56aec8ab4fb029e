using System.Collections.Immutable;
using ExplainLsp.Explainers;
using ExplainLsp.Samples;
using ExplainLsp.Workspaces;

namespace ExplainLsp.Server.Engine;

/// <summary>
/// Samples of one kind with the model that explains them: rows of a table (<see cref="TableSource"/>), or images and tensors
/// (<see cref="GridSource"/>). What depends on the kind of sample is behind this class; the engine does the rest.
/// </summary>
/// <param name="Path">The file or folder that was named, as it is to be shown and written to results.</param>
public abstract record SampleSource(string Path)
{
    /// <summary>Its name without its folder: <c>test.csv</c>.</summary>
    public string Name => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Path));

    /// <summary>The model that explains them.</summary>
    public abstract ModelBinding Binding { get; }

    /// <summary>What they are.</summary>
    public abstract SampleKinds Kind { get; }

    /// <summary>How many there are; they are numbered from 0.</summary>
    public abstract int Count { get; }

    /// <summary>The columns of a table that the model sees, in the order of the attributions; empty for images and tensors.</summary>
    public virtual ImmutableArray<FeatureColumn> Columns => [];

    /// <summary>Where a sample stands.</summary>
    /// <param name="row">Its number, 0 to <see cref="Count"/> − 1.</param>
    public abstract SamplePlace PlaceOf(int row);

    /// <summary>The label of a sample as the file writes it; null where there is none.</summary>
    internal abstract string? LabelOf(ExplanationQuery query, int row);

    /// <summary>Reads samples; those that cannot be read go into <paramref name="problems"/>, the others are numbered with what they hold.</summary>
    /// <param name="rows">Numbers of samples.</param>
    /// <param name="problems">Receives the number and the sentence of each faulty one.</param>
    /// <param name="store">Files read before.</param>
    /// <param name="cancellation">Honoured between samples.</param>
    internal abstract IEnumerable<KeyedSample> Keys(IReadOnlyList<int> rows, Dictionary<int, string> problems, SampleStore store, CancellationToken cancellation);

    /// <summary>Samples as model input, in batches that fit into memory; faulty ones go into <paramref name="problems"/>.</summary>
    internal abstract IEnumerable<SampleBatch> Encode(IReadOnlyList<int> rows, Dictionary<int, string> problems, SampleStore store, CancellationToken cancellation);

    /// <summary>A sample with all that a method compares it with.</summary>
    /// <exception cref="SampleException">The sample or its background cannot be read.</exception>
    /// <exception cref="ExplainerException">Rows of the background that are not there.</exception>
    internal abstract PreparedSample Prepare(ExplanationQuery query, int row, SampleStore store, CancellationToken cancellation);

    /// <summary>The method where the query names none, with its options.</summary>
    internal abstract (ILocalExplainer Method, IReadOnlyDictionary<string, string> Options) DefaultMethod(
        EngineQuestion question, PreparedSample sample, CancellationToken cancellation);
}

/// <summary>Where a sample stands.</summary>
/// <param name="Path">Its file, as it is to be written to results.</param>
/// <param name="Row">Its row in a table, a list or a stack, from 0; null where the file is one sample.</param>
/// <param name="Line">The line it begins on, from 0 as in the protocol (people read it plus one); null in files without lines.</param>
/// <param name="Words">Where it stands in words, for people: <c>test.csv, row 13 (line 15)</c>, <c>shirt.png</c>.</param>
public sealed record SamplePlace(string Path, int? Row, int? Line, string Words);

/// <summary>A sample's number and what it holds.</summary>
internal readonly record struct KeyedSample(int Row, ContentKey Key);

/// <summary>Samples as model input.</summary>
/// <param name="Batch">The input.</param>
/// <param name="Rows">The samples' numbers, in the order of the batch.</param>
internal sealed record SampleBatch(InputBatch Batch, ImmutableArray<int> Rows);

/// <summary>A sample ready to be explained.</summary>
/// <param name="Sample">It.</param>
/// <param name="Masker">What stands in for absent columns; null for images and tensors.</param>
/// <param name="References">Background samples; null when there are none.</param>
/// <param name="Key">What the sample and its background hold.</param>
/// <param name="Sha256">SHA-256 of the sample's data, for receipts.</param>
/// <param name="Warnings">What a reader must know about them.</param>
internal sealed record PreparedSample(
    Sample Sample, Masker? Masker, References? References, ContentKey Key, string Sha256, ImmutableArray<string> Warnings)
{
    /// <summary>What columns may become, by name; empty for images and tensors.</summary>
    public ImmutableDictionary<string, ColumnConstraint> Constraints { get; init; } = ImmutableDictionary<string, ColumnConstraint>.Empty;
}
