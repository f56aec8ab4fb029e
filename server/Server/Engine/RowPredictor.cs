using System.Collections.Immutable;
using ExplainLsp.Explainers;
using ExplainLsp.Samples;

namespace ExplainLsp.Server.Engine;

/// <summary>Predicts rows of a table and remembers the scores by the rows' content.</summary>
/// <param name="scores">Scores by content.</param>
internal sealed class RowPredictor(ContentCache<ImmutableArray<double>> scores)
{
    /// <summary>Rows predicted at once: few enough to encode within the time a cancel may take.</summary>
    private const int BlockRows = 2048;

    private const int BytesBesideScores = 160;

    /// <summary>Predicts rows; faulty ones come back with their problem.</summary>
    /// <exception cref="ExplainerException">The query names a label column that is not there.</exception>
    public ImmutableArray<RowOutcome> Predict(EngineQuestion question, IReadOnlyList<int> rows, CancellationToken cancellation)
    {
        var labelColumn = LabelReader.ColumnOf(question.Query);
        var outcomes = ImmutableArray.CreateBuilder<RowOutcome>(rows.Count);
        foreach (var block in rows.Chunk(BlockRows))
        {
            cancellation.ThrowIfCancellationRequested();
            AddBlock(question, block, labelColumn, outcomes, cancellation);
        }

        return outcomes.MoveToImmutable();
    }

    private void AddBlock(
        EngineQuestion question, int[] rows, int? labelColumn, ImmutableArray<RowOutcome>.Builder outcomes, CancellationToken cancellation)
    {
        var query = question.Query;
        var keys = rows.ToDictionary(row => row, row => KeyOf(question, row));
        Dictionary<int, ImmutableArray<double>> known = [];
        List<int> unknown = [];
        foreach (var row in rows)
        {
            if (scores.TryGet(keys[row], out var found))
            {
                known[row] = found;
            }
            else
            {
                unknown.Add(row);
            }
        }

        Dictionary<int, string> problems = [];
        var encoded = RowEncoder.EncodeGood(
            candidates => query.Binding.Encoder.Encode(query.Samples.Table, candidates, query.Samples.Name, cancellation), unknown, problems, cancellation);
        if (encoded is not null)
        {
            var width = question.Choice.Output.Width;
            var all = question.PredictorForAll().PredictAll(encoded.Batch, cancellation);
            for (var i = 0; i < encoded.RowCount; i++)
            {
                var row = encoded.RowNumbers[i];
                known[row] = [.. all.AsSpan(i * width, width)];
                scores.Add(keys[row], known[row], (width * sizeof(double)) + BytesBesideScores);
            }
        }

        foreach (var row in rows)
        {
            var line = query.Samples.Table.LineOf(row);
            outcomes.Add(known.TryGetValue(row, out var values)
                ? new RowOutcome(row, line, PredictionOf(question, row, line, values, LabelReader.TextOf(query, labelColumn, row)), null)
                : new RowOutcome(row, line, null, problems[row]));
        }
    }

    private static RowPrediction PredictionOf(EngineQuestion question, int row, int line, ImmutableArray<double> values, string? label)
    {
        var isClassifier = question.Choice.IsClassifier;
        return new RowPrediction
        {
            Row = row,
            Line = line,
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

    private static ContentKey KeyOf(EngineQuestion question, int row)
    {
        using var key = new ContentKey.Builder();
        return key.Add(question.ModelSha256).Add(question.Choice.Output.Name).Add(RowKey.Of(question.Query, row)).Build();
    }
}
