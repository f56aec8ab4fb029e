namespace ExplainLsp.Models.Tests.Gradients.Backward;

/// <summary>What DeepLIFT promises: multipliers times differences add up to the difference of the outputs.</summary>
public class DeepLiftTests
{
    public static TheoryData<string> Networks => [.. RandomNetworks.Names];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Run_AgainstReferences_AddsUpToTheDifference(string name)
    {
        const int Rows = 6;
        var (model, shape) = RandomNetworks.Build(name);
        var size = shape.Aggregate(1, (product, dimension) => product * dimension);
        var random = new Random(11);
        float[] Draw() => [.. Enumerable.Range(0, Rows * size).Select(_ => (random.NextSingle() * 4) - 2)];
        var (x, references) = (Draw(), Draw());
        // One element that is the same in both, and one that all but is.
        references[0] = x[0];
        references[size - 1] = x[size - 1] + 1e-6f;
        using var folder = new ModelFolder();
        using var session = folder.Open(model);
        var gradient = session.Gradient(new("y", ["x"]) { Rules = new(BackwardKind.DeepLift) }, CancellationToken.None);

        for (var target = 0; target < gradient.Width; target++)
        {
            var seed = new float[Rows * gradient.Width];
            for (var row = 0; row < Rows; row++)
                seed[(row * gradient.Width) + target] = 1;
            var batch = gradient.Run([new("x", x, shape)], Rows, seed, [new("x", references, shape)], CancellationToken.None);
            var before = gradient.Run([new("x", references, shape)], Rows, seed, [new("x", references, shape)], CancellationToken.None);

            for (var row = 0; row < Rows; row++)
            {
                var sum = Enumerable.Range(row * size, size).Sum(i => batch.Gradients[0].Data[i] * ((double)x[i] - references[i]));
                var at = (row * gradient.Width) + target;
                var change = batch.Scores[at] - before.Scores[at];
                Assert.True(
                    Math.Abs(sum - change) <= 1e-5 * Math.Max(1, Math.Abs(change)), $"Row {row}, output {target}: {sum} is not {change}.");
            }
        }
    }

    [Fact]
    public void Run_ReferenceEqualToInput_GivesTheGradient()
    {
        var (model, shape) = RandomNetworks.Build("rooms");
        var random = new Random(5);
        var x = Enumerable.Range(0, 128).Select(_ => random.NextSingle() - 0.5f).ToArray();
        using var folder = new ModelFolder();
        using var session = folder.Open(model);

        var multipliers = session.Gradient(new("y", ["x"]) { Rules = new(BackwardKind.DeepLift) }, CancellationToken.None)
            .Run([new("x", x, shape)], 1, [1, 0], [new("x", x, shape)], CancellationToken.None).Gradients[0].Data;
        var gradient = session.Gradient(new("y", ["x"]), CancellationToken.None)
            .Run([new("x", x, shape)], 1, [1, 0], null, CancellationToken.None).Gradients[0].Data;

        for (var i = 0; i < gradient.Length; i++)
            Assert.Equal(gradient[i], multipliers[i], 1e-5f);
    }
}
