using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Methods;

/// <summary>A file that goes by in blocks gives what the same rows in memory give.</summary>
public sealed class StreamTests
{
    private const string Model = "breast-cancer-gbm";
    private const string Test = "breast-cancer/test.csv";

    [Theory]
    [InlineData(TargetSpace.Raw, 1)]
    [InlineData(TargetSpace.Raw, 7)]
    [InlineData(TargetSpace.Raw, 1000)]
    [InlineData(TargetSpace.Probability, 10)]
    public void MeanAbsShap_InBlocks_IsExactlyThatInMemory(TargetSpace space, int blockRows)
    {
        // Raw scores go through the trees, probabilities through coalitions.
        var (memory, stream) = Requests(space, blockRows, ("samples", space == TargetSpace.Raw ? "143" : "12"));
        var method = new MeanAbsShap();
        Explanation expected = method.Explain(memory, null, default), found = method.Explain(stream, null, default);
        Assert.Equal(expected.Attributions.AsEnumerable(), found.Attributions.AsEnumerable());
        Assert.Equal(expected.Warnings.AsEnumerable(), found.Warnings.AsEnumerable());
        Assert.Equal(expected.Samples!.Rows.AsEnumerable(), found.Samples!.Rows.AsEnumerable());
        Assert.Equal(expected.Samples.Texts.AsEnumerable(), found.Samples.Texts.AsEnumerable());
    }

    [Fact]
    public void PermutationImportance_OneBlock_IsExactlyThatInMemory()
    {
        var (memory, stream) = Requests(TargetSpace.Probability, 1000, ("repeats", "3"));
        Explanation expected = new PermutationImportance().Explain(memory, null, default), found = new PermutationImportance().Explain(stream, null, default);
        Assert.Equal(expected.Attributions.AsEnumerable(), found.Attributions.AsEnumerable());
        Assert.Equal(expected.Quality, found.Quality);
        Assert.Empty(found.Warnings);
    }

    [Fact]
    public void PermutationImportance_SeveralBlocks_AgreesWithinItsSpread()
    {
        var (memory, stream) = Requests(TargetSpace.Probability, 40, ("repeats", "30"), ("metric", "log-loss"));
        Explanation expected = new PermutationImportance().Explain(memory, null, default), found = new PermutationImportance().Explain(stream, null, default);
        // Log loss is a mean over rows, so the unshuffled score is that of the whole file.
        Assert.Equal((double)expected.Quality["baselineScore"], (double)found.Quality["baselineScore"], 10);
        foreach (var (whole, blocks) in expected.Attributions.Zip(found.Attributions))
        {
            // Both are means of 30 shuffles; 5 standard errors of their difference, and a little for ties.
            double error = Math.Sqrt(((whole.StandardDeviation!.Value * whole.StandardDeviation.Value) + (blocks.StandardDeviation!.Value * blocks.StandardDeviation.Value)) / 30);
            Assert.InRange(Math.Abs(whole.Contribution - blocks.Contribution), 0, (5 * error) + 0.005);
        }
        Assert.Contains(found.Warnings, warning => warning.Contains("within blocks of 40 rows", StringComparison.Ordinal) && warning.Contains("4 blocks", StringComparison.Ordinal));
    }

    [Fact]
    public void Explain_FaultyRows_AreLeftOutAndTold()
    {
        var lines = File.ReadAllLines(Path.Combine(Fixtures.Root, "data", Test)).Take(41).ToList();
        lines.Insert(4, "oops,1,2");
        var table = Table.Parse(string.Join('\n', lines));
        EncodedTable good = Fixtures.Encode(Model, Test, "target", Enumerable.Range(0, 40));
        var blocks = new EncodedBlocks(table, good.Encoder, "x.csv", 6);
        var request = Request(good, TargetSpace.Raw);
        Explanation expected = new MeanAbsShap().Explain(request, null, default);
        Explanation found = new MeanAbsShap().Explain(request with { Table = good.Select([], ""), Stream = blocks }, null, default);
        Assert.Equal(expected.Attributions.AsEnumerable(), found.Attributions.AsEnumerable());
        Assert.Equal("1 of 41 rows could not be read and were left out. First: Row 3 has 3 fields, the header has 31 (line 5). Fix the row, or quote a field that holds the delimiter.", blocks.Warning);
    }

    [Theory]
    [InlineData("mean-abs-shap", "Stopped at ")]
    [InlineData("permutation-importance", "Stopped ")]
    public void Explain_WhileItRuns_ShowsWhatIsThereAndSaysSo(string id, string start)
    {
        // Far more work than the time between two partial results, on any machine; the first one stops it.
        (string, string)[] options = id == "mean-abs-shap" ? [("samples", "143"), ("evaluations", "4096")] : [("repeats", "5000")];
        var (_, stream) = Requests(TargetSpace.Probability, 20, options);
        var seen = new List<Explanation>();
        using var stop = new CancellationTokenSource();
        var progress = new Listener(value =>
        {
            if (value.Partial is { } partial)
            {
                seen.Add(partial);
                stop.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => ExplainerCatalog.FindGlobal(id).Explain(stream, progress, stop.Token));
        Assert.StartsWith(start, Assert.Single(seen).Warnings[0], StringComparison.Ordinal);
        Assert.All(seen[0].Attributions, attribution => Assert.True(double.IsFinite(attribution.Contribution)));
    }

    private static (GlobalRequest Memory, GlobalRequest Stream) Requests(TargetSpace space, int blockRows, params (string, string)[] options)
    {
        EncodedTable rows = Fixtures.Encode(Model, Test, "target");
        GlobalRequest memory = Request(rows, space, options);
        return (memory, memory with
        {
            Table = rows.Select([], ""),
            Labels = null,
            Stream = new EncodedBlocks(Fixtures.Table(Test), rows.Encoder, "test.csv", blockRows),
            LabelOf = row => memory.Labels![row],
        });
    }

    private static GlobalRequest Request(EncodedTable rows, TargetSpace space, params (string Key, string Value)[] options) => new(
        Fixtures.Predictor(Model, 1, space), rows, Fixtures.Labels(Test, "target", "0", "1"), Fixtures.Encode(Model, Test, "target", Enumerable.Range(0, 10)),
        Fixtures.Options(options), 5);

    private sealed class Listener(Action<ExplanationProgress> report) : IProgress<ExplanationProgress>
    {
        public void Report(ExplanationProgress value) => report(value);
    }
}
