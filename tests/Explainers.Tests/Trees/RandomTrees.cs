using ExplainLsp.Models;
using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Tests.Trees;
using ExplainLsp.Samples;
using Google.Protobuf;

namespace ExplainLsp.Explainers.Tests.Trees;

/// <summary>Random ensembles as ONNX files, opened by ONNX Runtime: thresholds that repeat, all comparisons, missing values, single leaves, lopsided trees.</summary>
internal sealed class RandomTrees : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"trees-{Guid.NewGuid():N}.onnx");

    public RandomTrees(int seed, int features, int trees, int depth)
    {
        Features = features;
        File.WriteAllBytes(path, ListingOf(seed, features, trees, depth).ToByteArray());
        Session = ModelSession.Open(ModelFile.Read(path), new ModelSessionOptions(1, 1 << 20));
    }

    public int Features { get; }

    public ModelSession Session { get; }

    public Predictor Predictor => new(Session, Session.Outputs[0], new Target(Session.Outputs[0].Name, 0, "y", TargetSpace.Raw));

    /// <summary>Rows of values from −3 to 3 in steps of a half, so that they meet thresholds; every tenth is missing where asked.</summary>
    public EncodedTable Rows(int seed, int count, bool missing)
    {
        var random = new Random(seed);
        string header = string.Join(",", Enumerable.Range(0, Features).Select(i => $"c{i}"));
        var lines = Enumerable.Range(0, count).Select(_ => string.Join(",", Enumerable.Range(0, Features).Select(i =>
            missing && i > 0 && random.Next(10) == 0 ? "" : ((random.Next(13) / 2.0) - 3).ToString(System.Globalization.CultureInfo.InvariantCulture))));
        Table table = Samples.Table.Parse(header + "\n" + string.Join("\n", lines) + "\n");
        return TableEncoder.Bind(table, [new InputSpec("x", typeof(float), [Features])], [])
            .Encode(table, [.. Enumerable.Range(0, count)]);
    }

    public void Dispose()
    {
        Session.Dispose();
        File.Delete(path);
    }

    /// <summary>Trees over a tensor <c>x</c> that write <c>y</c>.</summary>
    public static NodeProto NodeOf(int seed, int features, int trees, int depth) => ListingOf(seed, features, trees, depth).Graph.Node[0];

    private static ModelProto ListingOf(int seed, int features, int trees, int depth) =>
        new TreeListing(features).Grow(new Random(seed), trees, depth).Regressor(bases: [0.25f]);
}
