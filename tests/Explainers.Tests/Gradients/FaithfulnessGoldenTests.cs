using System.Text.Json;
using ExplainLsp.Explainers.Sampling;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Gradients;

/// <summary>Maps are as faithful and as steady as Captum 0.8.0 finds its own (Yeh et al. 2019), measured here from the definitions.</summary>
public sealed class FaithfulnessGoldenTests
{
    private const string Model = "fashion-cnn";
    private const int Runs = 10;

    private static readonly JsonElement Golden = Fixtures.Golden(Model, "metrics");

    /// <summary>Infidelity: E[(Σ I·φ − (f(x) − f(x − I)))²] for normal noise I of deviation 0.1, 200 draws.</summary>
    [Fact]
    public void Infidelity_OfIntegratedGradients_AgreesWithThePeer() => AssertAgrees("infidelity", (sample, target, run) =>
    {
        double[] values = Map("integrated-gradients", sample, target);
        var random = new SeededRandom(run, 1);
        Predictor predictor = Fixtures.Predictor(Model, target, TargetSpace.Raw);
        double own = predictor.PredictOne(sample, default), sum = 0;
        const int Draws = 200;
        for (int draw = 0; draw < Draws; draw++)
        {
            double[] noise = [.. values.Select(_ => 0.1 * random.Normal())];
            double change = own - predictor.PredictOne(Moved(sample, noise, -1), default);
            double told = noise.Zip(values, (step, value) => step * value).Sum();
            sum += (told - change) * (told - change);
        }
        return sum / Draws;
    });

    /// <summary>Max-sensitivity: the largest ‖φ(x + δ) − φ(x)‖ / ‖φ(x)‖ for δ uniform within ±0.02, 10 draws.</summary>
    [Fact]
    public void MaxSensitivity_OfSaliency_AgreesWithThePeer() => AssertAgrees("sensitivity_max", (sample, target, run) =>
    {
        double[] values = Map("saliency", sample, target);
        var random = new SeededRandom(run, 2);
        return Enumerable.Range(0, 10).Max(_ =>
        {
            double[] step = [.. values.Select(_ => 0.02 * ((2 * random.Uniform()) - 1))];
            return Norm(Map("saliency", Moved(sample, step, 1), target).Zip(values, (there, here) => there - here)) / Norm(values);
        });
    });

    private static void AssertAgrees(string metric, Func<GridSample, int, int, double> measure)
    {
        JsonElement golden = Golden.GetProperty(metric);
        double[] means = golden.GetProperty("values_mean").Doubles(), deviations = golden.GetProperty("values_std").Doubles();
        double largest = means.Max(Math.Abs);
        int at = 0;
        foreach ((string file, int target) in GridFixtures.Inputs(Golden))
        {
            GridSample sample = GridFixtures.Image(Model, file);
            double mean = Enumerable.Range(0, Runs).Average(run => measure(sample, target, run));
            double allowed = (4 * deviations[at] * Math.Sqrt((1.0 / Runs) + (1.0 / golden.GetProperty("n_seeds").GetInt32()))) + (1e-3 * largest);
            Assert.True(Math.Abs(mean - means[at]) <= allowed, $"{metric} of {file}: peer {means[at]}, here {mean}, allowed {allowed}");
            at++;
        }
    }

    private static double[] Map(string method, GridSample sample, int target) =>
        [.. ExplainerCatalog.FindLocal(method).Explain(GridFixtures.Request(Model, sample, target), null, default).Tensor!.Values];

    private static TensorSample Moved(GridSample sample, double[] step, int sign)
    {
        double[] values = [.. ((float[])sample.Tensor.Data).Select((value, i) => value + (sign * step[i]))];
        return TensorSample.Create(
            new NumpyArray(sample.Tensor.RowShape, values, "f4"), "moved", null, new InputSpec(sample.Tensor.Name, typeof(float), sample.Tensor.RowShape));
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}
