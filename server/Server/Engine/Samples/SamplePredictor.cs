using System.Collections.Immutable;
using ExplainLsp.Explainers;

namespace ExplainLsp.Server.Engine;

/// <summary>Predicts samples and remembers the scores by the samples' content.</summary>
/// <param name="scores">Scores by content.</param>
/// <param name="store">Files read before.</param>
internal sealed class SamplePredictor(ContentCache<ImmutableArray<double>> scores, SampleStore store)
{
    /// <summary>Samples looked at together: few enough to encode within the time a cancel may take.</summary>
    private const int BlockRows = 2048;

    private const int BytesBesideScores = 160;

    /// <summary>Predicts samples; faulty ones come back with their problem.</summary>
    /// <exception cref="ExplainerException">The query names a label column that is not there.</exception>
    public ImmutableArray<SampleOutcome> Predict(EngineQuestion question, IReadOnlyList<int> rows, CancellationToken cancellation)
    {
        var outcomes = ImmutableArray.CreateBuilder<SampleOutcome>(rows.Count);
        foreach (var block in rows.Chunk(BlockRows))
        {
            cancellation.ThrowIfCancellationRequested();
            AddBlock(question, block, outcomes, cancellation);
        }

        return outcomes.MoveToImmutable();
    }

    private void AddBlock(EngineQuestion question, int[] rows, ImmutableArray<SampleOutcome>.Builder outcomes, CancellationToken cancellation)
    {
        var samples = question.Query.Samples;
        Dictionary<int, string> problems = [];
        var keys = samples.Keys(rows, problems, store, cancellation).DistinctBy(sample => sample.Row)
            .ToDictionary(sample => sample.Row, sample => KeyOf(question, sample.Key));
        Dictionary<int, ImmutableArray<double>> known = [];
        List<int> unknown = [];
        foreach (var (row, key) in keys)
        {
            if (scores.TryGet(key, out var found))
            {
                known[row] = found;
            }
            else
            {
                unknown.Add(row);
            }
        }

        foreach (var (batch, batchRows) in samples.Encode(unknown, problems, store, cancellation))
        {
            var width = question.Choice.Output.Width;
            var all = question.PredictorForAll().PredictAll(batch, cancellation);
            for (var i = 0; i < batchRows.Length; i++)
            {
                var row = batchRows[i];
                known[row] = [.. all.AsSpan(i * width, width)];
                scores.Add(keys[row], known[row], (width * sizeof(double)) + BytesBesideScores);
            }
        }

        foreach (var row in rows)
        {
            var place = samples.PlaceOf(row);
            outcomes.Add(known.TryGetValue(row, out var values)
                ? new SampleOutcome(row, place, PredictionOf(question, row, place, values), null)
                : new SampleOutcome(row, place, null, problems[row]));
        }
    }

    private static SamplePrediction PredictionOf(EngineQuestion question, int row, SamplePlace place, ImmutableArray<double> values)
    {
        var isClassifier = question.Choice.IsClassifier;
        var label = question.Query.Samples.LabelOf(question.Query, row);
        return new SamplePrediction
        {
            Row = row,
            Place = place,
            Names = question.Choice.Names,
            Probabilities = isClassifier ? values : [],
            Values = isClassifier ? [] : values,
            Index = isClassifier ? IndexOfLargest(values) : 0,
            Label = label,
            LabelIndex = isClassifier && label is not null ? question.Query.Binding.ClassOf(label) : null,
        };
    }

    private static int IndexOfLargest(ImmutableArray<double> values)
    {
        var largest = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] > values[largest])
            {
                largest = i;
            }
        }

        return largest;
    }

    private static ContentKey KeyOf(EngineQuestion question, ContentKey sample)
    {
        using var key = new ContentKey.Builder();
        return key.Add(question.ModelSha256).Add(question.Choice.Output.Name).Add(sample).Build();
    }
}
