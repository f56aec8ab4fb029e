using System.Text.Json;
using ExplainLsp.Explainers.Gradients;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Gradients;

/// <summary>Methods by gradients on pictures, against Captum 0.8.0 and SHAP 0.49.1: the same network in PyTorch, in double precision.</summary>
public sealed class GridGradientGoldenTests
{
    public static TheoryData<string, string, string, string> Deterministic => new()
    {
        { "fashion-cnn", "gradient", "saliency", "absolute=false" },
        { "fashion-cnn", "saliency", "saliency", "" },
        { "fashion-cnn", "input-x-gradient", "input-x-gradient", "" },
        { "fashion-cnn", "integrated-gradients", "integrated-gradients", "" },
        { "fashion-cnn", "integrated-gradients-middle", "integrated-gradients", "rule=riemann-middle" },
        { "fashion-cnn", "integrated-gradients-trapezoid", "integrated-gradients", "rule=trapezoid" },
        { "fashion-cnn", "deeplift", "deep-lift", "" },
        { "fashion-cnn", "shap-deep-zero-baseline", "deep-lift", "" },
        { "fashion-cnn", "deeplift-shap", "deep-lift-shap", "" },
        { "fashion-cnn", "shap-deep", "deep-lift-shap", "" },
        { "fashion-cnn", "guided-backprop", "guided-backprop", "" },
        { "fashion-cnn", "deconvolution", "deconvolution", "" },
        { "fashion-cnn", "lrp-epsilon", "lrp", "" },
        { "digits-resnet", "gradient", "saliency", "absolute=false" },
        { "digits-resnet", "saliency", "saliency", "" },
        { "digits-resnet", "input-x-gradient", "input-x-gradient", "" },
        { "digits-resnet", "integrated-gradients", "integrated-gradients", "" },
        { "digits-resnet", "integrated-gradients-trapezoid", "integrated-gradients", "rule=trapezoid" },
        { "digits-resnet", "gradcam", "grad-cam", "layer=head" },
        { "digits-resnet", "gradcam", "grad-cam", "" },
        { "digits-resnet", "gradcam-upsampled", "grad-cam", "layer=head,upsample=bilinear" },
    };

    [Theory, MemberData(nameof(Deterministic))]
    public void Explain_Pictures_AgreesWithThePeer(string model, string file, string method, string options)
    {
        JsonElement golden = Fixtures.Golden(model, file);
        int at = 0;
        foreach ((string picture, int target) in GridFixtures.Inputs(golden))
        {
            LocalRequest request = GridFixtures.Request(model, GridFixtures.Image(model, picture), target, options: Options(options)) with
            {
                References = GradientGoldens.References(model, golden),
            };
            Explanation explanation = ExplainerCatalog.FindLocal(method).Explain(request, null, default);
            GradientGoldens.AssertNear(golden, golden.GetProperty("values")[at].Flat(), explanation.Tensor!.Values, picture);
            if (golden.TryGetProperty("shape", out JsonElement shape))
                Assert.Equal(shape.Ints()[1..], explanation.Tensor.Shape);
            at++;
        }
    }

    /// <summary>
    /// The peer's layer is the convolution before its batch normalisation, which the file has folded into the convolution: activations differ
    /// by a constant a channel, and maps by a constant a picture. Without it they agree.
    /// </summary>
    [Theory]
    [InlineData("/features/features.8/Conv_output_0")]
    [InlineData("features.8")]
    [InlineData(null)]
    public void GradCam_BehindFoldedNormalisation_AgreesButForAConstant(string? layer)
    {
        JsonElement golden = Fixtures.Golden("fashion-cnn", "gradcam");
        int at = 0;
        foreach ((string picture, int target) in GridFixtures.Inputs(golden))
        {
            double[] peer = golden.GetProperty("values")[at++].Flat();
            double[] here = Values("grad-cam", picture, target, layer is null ? [] : [("layer", layer)]);
            double constant = peer.Average() - here.Average();
            GradientGoldens.AssertNear(golden, peer, Array.ConvertAll(here, value => value + constant), picture);
        }
    }

    [Fact]
    public void GradCam_EnlargedAndGuided_AgreesButForTheConstant()
    {
        JsonElement golden = Fixtures.Golden("fashion-cnn", "gradcam"), large = Fixtures.Golden("fashion-cnn", "gradcam-upsampled"), guided = Fixtures.Golden("fashion-cnn", "guided-gradcam");
        int at = 0;
        foreach ((string picture, int target) in GridFixtures.Inputs(golden))
        {
            double[] here = Values("grad-cam", picture, target);
            double constant = golden.GetProperty("values")[at].Flat().Average() - here.Average();
            double[] positive = Array.ConvertAll(here, value => Math.Max(0, value + constant));
            GradientGoldens.AssertNear(large, large.GetProperty("values")[at].Flat(), MapEnlargement.Bilinear(positive, 7, 7, 28, 28), picture);
            double[] fine = Values("guided-backprop", picture, target);
            double[] product = [.. MapEnlargement.Nearest(positive, 7, 7, 28, 28).Zip(fine, (coarse, detail) => coarse * detail)];
            GradientGoldens.AssertNear(guided, guided.GetProperty("values")[at].Flat(), product, picture);
            // The methods that do it in one are the same with the map as it is here.
            double[] own = Array.ConvertAll(here, value => Math.Max(0, value));
            Assert.Equal(MapEnlargement.Bilinear(own, 7, 7, 28, 28), Values("grad-cam", picture, target, ("upsample", "bilinear")), Near);
            Assert.Equal(MapEnlargement.Nearest(own, 7, 7, 28, 28).Zip(fine, (coarse, detail) => coarse * detail), Values("guided-grad-cam", picture, target), Near);
            at++;
        }

        static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-9;
    }

    private static double[] Values(string method, string picture, int target, params (string, string)[] options) => [.. ExplainerCatalog.FindLocal(method).Explain(
        GridFixtures.Request("fashion-cnn", GridFixtures.Image("fashion-cnn", picture), target, options: options), null, default).Tensor!.Values];

    /// <summary>DeepLIFT's rescale rule adds up exactly; the peer's own sums do to 1e−14 in double precision.</summary>
    [Theory]
    [InlineData("deep-lift", 1e-4)]
    [InlineData("deep-lift-shap", 1e-4)]
    public void Explain_Rescale_AddsUp(string method, double tolerance)
    {
        JsonElement golden = Fixtures.Golden("fashion-cnn", "shap-deep");
        foreach ((string picture, int target) in GridFixtures.Inputs(golden))
        {
            Explanation explanation = ExplainerCatalog.FindLocal(method).Explain(
                GridFixtures.Request("fashion-cnn", GridFixtures.Image("fashion-cnn", picture), target) with { References = GradientGoldens.References("fashion-cnn", golden) },
                null, default);
            Assert.Equal(0, explanation.CompletenessGap!.Value, tolerance);
        }
    }

    [Fact]
    public void Explain_DeepLiftShap_StartsFromThePeersBaseValue()
    {
        JsonElement golden = Fixtures.Golden("fashion-cnn", "shap-deep");
        double[] bases = golden.GetProperty("base_value").Doubles();
        int at = 0;
        foreach ((string picture, int target) in GridFixtures.Inputs(golden))
        {
            Explanation explanation = new DeepLiftShap().Explain(
                GridFixtures.Request("fashion-cnn", GridFixtures.Image("fashion-cnn", picture), target) with { References = GradientGoldens.References("fashion-cnn", golden) },
                null, default);
            Assert.Equal(bases[at++], explanation.BaseValue!.Value, 1e-4);
        }
    }

    [Theory]
    [InlineData("gradient-shap", "gradient-shap", "samples=50")]
    [InlineData("shap-gradient", "gradient-shap", "samples=200")]
    [InlineData("smoothgrad", "smooth-grad", "samples=50,sigma=0.15")]
    public void Explain_SampledOverSeeds_LiesWithinThePeersSpread(string file, string method, string options)
    {
        const int Seeds = 10;
        const int Pictures = 3;
        JsonElement golden = Fixtures.Golden("fashion-cnn", file);
        References? references = GradientGoldens.References("fashion-cnn", golden);
        int at = 0;
        foreach ((string picture, int target) in GridFixtures.Inputs(golden).Take(Pictures))
        {
            ImageSample sample = GridFixtures.Image("fashion-cnn", picture);
            double[][] runs = [.. Enumerable.Range(0, Seeds).Select(seed => ExplainerCatalog.FindLocal(method).Explain(
                GridFixtures.Request("fashion-cnn", sample, target, seed, options: Options(options)) with { References = references }, null, default).Tensor!.Values.ToArray())];
            GradientGoldens.AssertWithinSpread(golden, at++, runs);
        }
    }

    private static (string, string)[] Options(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(option => (option[..option.IndexOf('=')], option[(option.IndexOf('=') + 1)..]))];
}
