using System.Collections.Immutable;
using ExplainLsp.Explainers;
using ExplainLsp.Samples;

namespace ExplainLsp.Server.Engine;

/// <summary>Images or tensors that methods compare with several of: the baselines of DeepLIFT SHAP and expected gradients.</summary>
/// <param name="References">The samples as model input, with what they are in words.</param>
/// <param name="Key">What they hold.</param>
/// <param name="Warnings">What a reader must know about them.</param>
internal sealed record GridBackground(References References, ContentKey Key, ImmutableArray<string> Warnings)
{
    /// <summary>Reads what a query names, else what the manifest does; null when neither names any.</summary>
    /// <exception cref="SampleException">Nothing there, or nothing that fits the model.</exception>
    /// <exception cref="ExplainerException">ROWS names rows that are not there.</exception>
    public static GridBackground? Load(ExplanationQuery query, GridSource source, SampleStore store, CancellationToken cancellation)
    {
        if ((query.BackgroundPath ?? source.Binding.BackgroundPath) is not { } path)
        {
            return query.BackgroundRows is null ? null
                : throw new ExplainerException("Rows of a background are named, and no background. Name it with --background FILE.");
        }

        var samples = GridSourceReader.Read(path, source.Binding, cancellation);
        var selection = query.BackgroundRows ?? (query.BackgroundPath is null ? source.Binding.BackgroundRows : null);
        var rows = selection is null
            ? RowSelection.EvenSpread(samples.Count, RowChoice.SpreadRows)
            : RowChoice.Parse(selection, samples.Count, samples.Name);
        return Of(samples, rows, store, cancellation);
    }

    private static GridBackground Of(GridSource source, IReadOnlyList<int> rows, SampleStore store, CancellationToken cancellation)
    {
        Dictionary<int, string> problems = [];
        List<GridSample> read = [];
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                read.Add(source.Read(row, store, cancellation));
            }
            catch (SampleException problem)
            {
                problems[row] = problem.Message;
            }
        }

        if (read.Count == 0)
        {
            throw new SampleException(problems.Count == 0
                ? $"{source.Name} holds no image to compare with. Name another background."
                : $"No sample of {source.Name} can serve as background. {problems.First().Value}");
        }

        if (read.Find(sample => !GridBatch.Fit(read[0], sample)) is { } other)
        {
            throw new SampleException($"{other.Name} and {read[0].Name} have different sizes, and a background needs one. Bring the images of {source.Name} to the same size.");
        }

        using var key = new ContentKey.Builder();
        foreach (var sample in read)
        {
            key.Add(GridKey.Of(sample));
        }

        return new GridBackground(
            new References(GridBatch.Of(read), Describe(source, read)), key.Build(),
            problems.Count == 0 ? [] : [$"{problems.Count} of {rows.Count} samples of {source.Name} could not be read and are missing from the background. First: {problems.First().Value}"]);
    }

    private static string Describe(GridSource source, List<GridSample> read)
    {
        var noun = read[0] is ImageSample ? "picture" : "tensor";
        return read.Count == 1 && source.Count == 1 ? source.Name : $"{read.Count} {noun}{(read.Count == 1 ? "" : "s")} of {source.Name}";
    }
}
