using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Explainers;
using ExplainLsp.Samples;
using ExplainLsp.Workspaces;

namespace ExplainLsp.Server.Engine;

/// <summary>Images and tensors: one file, the rows of a list, a stack, a folder. Files are read when a sample is asked for.</summary>
/// <param name="Path">The file or folder that was named.</param>
/// <param name="Items">The samples.</param>
/// <param name="Binding">The model, and how a picture becomes its input.</param>
public sealed record GridSource(string Path, ImmutableArray<GridItem> Items, GridBinding Binding) : SampleSource(Path)
{
    // Bytes of model input encoded at once: bounded, since a folder may hold any number of images.
    private const long BatchBytes = 32L << 20;

    /// <inheritdoc/>
    public override GridBinding Binding { get; } = Binding;

    /// <inheritdoc/>
    public override SampleKinds Kind => SampleKinds.Grids;

    /// <inheritdoc/>
    public override int Count => Items.Length;

    /// <inheritdoc/>
    public override SamplePlace PlaceOf(int row) => Items[row].Place;

    /// <inheritdoc/>
    internal override string? LabelOf(ExplanationQuery query, int row) => Items[row].Label;

    /// <inheritdoc/>
    internal override IEnumerable<KeyedSample> Keys(
        IReadOnlyList<int> rows, Dictionary<int, string> problems, SampleStore store, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Read(row, problems, store, cancellation) is { } sample)
            {
                yield return new KeyedSample(row, GridKey.Of(sample));
            }
        }
    }

    /// <inheritdoc/>
    internal override IEnumerable<SampleBatch> Encode(
        IReadOnlyList<int> rows, Dictionary<int, string> problems, SampleStore store, CancellationToken cancellation)
    {
        List<(int Row, GridSample Sample)> waiting = [];
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Read(row, problems, store, cancellation) is not { } sample)
            {
                continue;
            }

            // Samples run together only when their shapes are the same; a model may leave height and width open.
            if (waiting.Count > 0 && (!GridBatch.Fit(waiting[0].Sample, sample) || waiting.Count * GridBatch.BytesOf(sample) >= BatchBytes))
            {
                yield return BatchOf(waiting);
                waiting = [];
            }

            waiting.Add((row, sample));
        }

        if (waiting.Count > 0)
        {
            yield return BatchOf(waiting);
        }
    }

    /// <inheritdoc/>
    internal override PreparedSample Prepare(ExplanationQuery query, int row, SampleStore store, CancellationToken cancellation)
    {
        var sample = store.Grids.Read(Items[row], Binding, cancellation);
        var background = GridBackground.Load(query, this, store, cancellation);
        using var key = new ContentKey.Builder();
        key.Add(GridKey.Of(sample));
        if (background is not null)
        {
            key.Add(background.Key);
        }

        ImmutableArray<string> guesses = sample is ImageSample image ? image.Preprocessing.Guesses : [];
        return new PreparedSample(
            sample, null, background?.References, key.Build(), (sample as ImageSample)?.Picture.FileSha256 ?? sample.Sha256,
            [.. guesses, .. background?.Warnings ?? []]);
    }

    /// <inheritdoc/>
    internal override (ILocalExplainer Method, IReadOnlyDictionary<string, string> Options) DefaultMethod(
        EngineQuestion question, PreparedSample sample, CancellationToken cancellation) =>
        (ExplainerCatalog.DefaultForGrid(question.Session, question.Choice.Output, cancellation), new Dictionary<string, string>());

    /// <summary>Reads a sample, as the model sees it.</summary>
    /// <exception cref="SampleException">It cannot be read, or does not fit the model.</exception>
    internal GridSample Read(int row, SampleStore store, CancellationToken cancellation) => store.Grids.Read(Items[row], Binding, cancellation);

    private GridSample? Read(int row, Dictionary<int, string> problems, SampleStore store, CancellationToken cancellation)
    {
        try
        {
            return Read(row, store, cancellation);
        }
        catch (SampleException problem)
        {
            problems[row] = Items[row].Place.Line is { } line
                ? string.Create(CultureInfo.InvariantCulture, $"Row {row} (line {line + 1}): {problem.Message}")
                : problem.Message;
            return null;
        }
    }

    private static SampleBatch BatchOf(List<(int Row, GridSample Sample)> samples) =>
        new(GridBatch.Of([.. samples.Select(pair => pair.Sample)]), [.. samples.Select(pair => pair.Row)]);
}
