using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Gradients;

/// <summary>What is refused, with which words; warnings, determinism, cancellation, progress, and what works for which model.</summary>
public sealed class GradientRequestTests
{
    private const string Coat = "data/fashion-mnist/test/Coat/00010.png";
    private static readonly EncodedTable Diabetes = Fixtures.Encode("diabetes-mlp", "diabetes/test.csv", "target", Enumerable.Range(0, 3));
    private static readonly EncodedTable Background = Fixtures.Encode("diabetes-mlp", "diabetes/train.csv", "target", Enumerable.Range(0, 20));

    private static LocalRequest Picture(params (string, string)[] options) => GridFixtures.Request("fashion-cnn", GridFixtures.Image("fashion-cnn", Coat), 4, options: options);

    private static LocalRequest Row(params (string, string)[] options) =>
        Fixtures.Request(Fixtures.Predictor("diabetes-mlp", 0, TargetSpace.Raw), Diabetes, 0, Background, 0, options);

    private static string Refused(string method, LocalRequest request) =>
        Assert.Throws<ExplainerException>(() => ExplainerCatalog.FindLocal(method).Explain(request, null, default)).Message;

    [Theory]
    [InlineData("saliency", "steps", "5", "saliency knows absolute, layer")]
    [InlineData("integrated-gradients", "rule", "simpson", "gauss-legendre, riemann-left, riemann-middle, riemann-right, trapezoid")]
    [InlineData("integrated-gradients", "steps", "0", "a whole number from 1 to 12,800")]
    [InlineData("grad-cam", "layer", "attention.7", "no inner tensor called \"attention.7\"")]
    [InlineData("grad-cam", "layer", "Flatten", "is no map")]
    [InlineData("grad-cam", "upsample", "bicubic", "none, bilinear, nearest")]
    [InlineData("smooth-grad", "of", "occlusion", "Give one of")]
    [InlineData("smooth-grad", "sigma", "wide", "a number from 0 to 1,000,000, or a share such as 15%")]
    [InlineData("lrp", "rule", "alpha-beta", "epsilon, gamma, z-plus, composite")]
    public void Explain_OptionThatCannotBe_SaysWhatCan(string method, string key, string value, string expected) =>
        Assert.Contains(expected, Refused(method, Picture((key, value))), StringComparison.Ordinal);

    [Fact]
    public void Explain_MapOfARow_NamesTheMethodsForRows() =>
        Assert.Contains("integrated-gradients, exact-shap or kernel-shap", Refused("hires-cam", Row()), StringComparison.Ordinal);

    [Fact]
    public void Explain_TextColumns_NamesThemAndTheMethodsThatWork()
    {
        EncodedTable adult = Fixtures.Encode("adult-gbm", "adult/test.csv", "income", Enumerable.Range(0, 3));
        string message = Refused("integrated-gradients", Fixtures.Request(Fixtures.Predictor("adult-gbm", 1), adult, 0, adult));
        Assert.Contains("workclass", message, StringComparison.Ordinal);
        Assert.Contains("kernel-shap", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_Trees_IsRefusedByTheOperatorsName()
    {
        EncodedTable rows = Fixtures.Encode("breast-cancer-gbm", "breast-cancer/test.csv", "target", Enumerable.Range(0, 3));
        LocalRequest request = Fixtures.Request(Fixtures.Predictor("breast-cancer-gbm", 1), rows, 0, rows);
        Assert.Contains("TreeEnsembleClassifier", Assert.Throws<ModelException>(() => new IntegratedGradients().Explain(request, null, default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LocalFor_KindOfModel_OffersOnlyWhatWorks()
    {
        string[] Offered(SampleKinds kind, string model)
        {
            ModelSession session = Fixtures.Session(model);
            return [.. ExplainerCatalog.LocalFor(kind, session, session.Outputs[0], default).Select(method => method.Id)];
        }

        Assert.Contains("hires-cam", Offered(SampleKinds.Grids, "fashion-cnn"));
        Assert.Contains("integrated-gradients", Offered(SampleKinds.Rows, "diabetes-mlp"));
        Assert.DoesNotContain("grad-cam", Offered(SampleKinds.Rows, "diabetes-mlp"));
        Assert.DoesNotContain("integrated-gradients", Offered(SampleKinds.Rows, "breast-cancer-gbm"));
        Assert.Contains("exact-shap", Offered(SampleKinds.Rows, "breast-cancer-gbm"));
        ModelSession fashion = Fixtures.Session("fashion-cnn");
        Assert.Equal("hires-cam", ExplainerCatalog.DefaultForGrid(fashion, fashion.Outputs[0], default).Id);
    }

    public static TheoryData<string> Methods => [.. ExplainerCatalog.Local.OfType<ExplainLsp.Explainers.Gradients.GradientExplainer>().Select(method => method.Id)];

    [Theory, MemberData(nameof(Methods))]
    public void Explain_OtherMemoryBudgetOrThreads_GivesTheSameBits(string method)
    {
        using ModelSession narrow = ModelSession.Open(Fixtures.Session("fashion-cnn").File, new ModelSessionOptions(2, 1 << 20));
        LocalRequest request = Picture(method is "smooth-grad" or "gradient-shap" ? [("samples", "20")] : []);
        double[] wide = [.. ExplainerCatalog.FindLocal(method).Explain(request, null, default).Tensor!.Values];
        double[] other = [.. ExplainerCatalog.FindLocal(method).Explain(request with { Predictor = SmallModels.PredictorOf(narrow, 4) }, null, default).Tensor!.Values];
        Assert.Equal(wide, other);
        Assert.Contains(wide, value => value != 0);
    }

    [Theory, MemberData(nameof(Methods))]
    public void Explain_Cancelled_Stops(string method) => Assert.ThrowsAny<OperationCanceledException>(
        () => ExplainerCatalog.FindLocal(method).Explain(Picture(), null, new CancellationToken(true)));

    [Theory]
    [InlineData("integrated-gradients", "steps")]
    [InlineData("smooth-grad", "samples")]
    [InlineData("gradient-shap", "samples")]
    public void Explain_Watched_ShowsACoarseResultThatComesClose(string method, string key)
    {
        var partial = new List<Explanation>();
        var progress = new GridFixtures.Progress(told =>
        {
            if (told.Partial is { } coarse)
                partial.Add(coarse);
        });
        Explanation final = ExplainerCatalog.FindLocal(method).Explain(Picture((key, "64")), progress, default);
        Assert.NotEmpty(partial);
        double[] first = [.. partial[0].Tensor!.Values], last = [.. final.Tensor!.Values];
        double together = first.Zip(last, (a, b) => a * b).Sum() / Math.Sqrt(first.Sum(value => value * value) * last.Sum(value => value * value));
        Assert.InRange(together, 0.6, 1);
        Assert.Equal(last, ExplainerCatalog.FindLocal(method).Explain(Picture((key, "64")), null, default).Tensor!.Values);
    }

    [Fact]
    public void Explain_ProbabilityNearOne_SaysThatItIsSaturated()
    {
        ImageSample trouser = GridFixtures.Image("fashion-cnn", "data/fashion-mnist/test/Trouser/00005.png");
        Explanation probability = new Saliency().Explain(GridFixtures.Request("fashion-cnn", trouser, 1, space: TargetSpace.Probability), null, default);
        Assert.Contains(probability.Warnings, warning => warning.StartsWith("The output is saturated (", StringComparison.Ordinal));
        Assert.DoesNotContain(new Saliency().Explain(GridFixtures.Request("fashion-cnn", trouser, 1), null, default).Warnings, warning => warning.Contains("saturated", StringComparison.Ordinal));
    }

    [Fact]
    public void Explain_TooFewSteps_WarnsOfTheGapWithARemedy()
    {
        Explanation explanation = new IntegratedGradients().Explain(Picture(("steps", "1"), ("rule", "riemann-left")), null, default);
        Assert.Contains(explanation.Warnings, warning => warning.StartsWith("The contributions miss the prediction by", StringComparison.Ordinal)
            && warning.EndsWith("Raise steps to 4.", StringComparison.Ordinal));
        Assert.True((double)explanation.Quality["relativeGap"] > 0.05);
    }

    [Fact]
    public void Explain_Enlarged_SaysSoAndHasTheInputsSize()
    {
        Explanation explanation = new LayerCam().Explain(Picture(("upsample", "nearest")), null, default);
        Assert.Equal([1, 28, 28], explanation.Tensor!.Shape.ToArray());
        Assert.Contains(explanation.Warnings, warning => warning.StartsWith("The map is enlarged from 7 × 7 to 28 × 28", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("square")]
    [InlineData("variance")]
    public void SmoothGrad_Form_IsThatMomentOfTheNoisyGradients(string form)
    {
        // Two copies are enough to tell: mean of squares − square of the mean = variance.
        double[] Of(string which) => [.. new SmoothGrad().Explain(Picture(("samples", "2"), ("sigma", "0.3"), ("form", which)), null, default).Tensor!.Values];
        (double[] mean, double[] square, double[] variance) = (Of("mean"), Of("square"), Of("variance"));
        Assert.Equal(square, mean.Zip(variance, (m, v) => (m * m) + v), (a, b) => Math.Abs(a - b) <= 1e-9);
        Assert.All(form == "square" ? square : variance, value => Assert.True(value >= 0));
    }

    [Fact]
    public void SmoothGrad_OfAnotherMethodWithoutNoise_IsThatMethod()
    {
        double[] smooth = [.. new SmoothGrad().Explain(Picture(("of", "integrated-gradients"), ("steps", "10"), ("sigma", "0"), ("samples", "2")), null, default).Tensor!.Values];
        Assert.Equal(new IntegratedGradients().Explain(Picture(("steps", "10")), null, default).Tensor!.Values, smooth, (a, b) => Math.Abs(a - b) <= 1e-12);
    }

    [Fact]
    public void Explain_SampleFarFromItsReferences_SaysSo()
    {
        EncodedTable far = Fixtures.Encode("diabetes-mlp", "diabetes/test.csv", "target", [0]);
        for (int column = 0; column < far.ColumnCount; column++)
            far.SetColumn(far.Batch, column, 0, 1, 9000);
        LocalRequest request = Fixtures.Request(Fixtures.Predictor("diabetes-mlp", 0, TargetSpace.Raw), far, 0, Background);
        Assert.Contains(new DeepLiftShap().Explain(request, null, default).Warnings, warning => warning.Contains("deviations from the mean of the 20 references", StringComparison.Ordinal));
        Assert.DoesNotContain(new DeepLiftShap().Explain(Row(), null, default).Warnings, warning => warning.Contains("deviations from the mean", StringComparison.Ordinal));
    }

    [Fact]
    public void Explain_RowBaselines_ReadNumbersAndFiles()
    {
        string csv = Path.Combine(Path.GetTempPath(), $"explainlsp-{Guid.NewGuid():N}.csv");
        string npy = Path.ChangeExtension(csv, ".npy");
        try
        {
            string[] lines = File.ReadAllLines(Path.Combine(Fixtures.Root, "data", "diabetes", "train.csv"));
            File.WriteAllLines(csv, lines.Take(2));
            EncodedTable first = Fixtures.Encode("diabetes-mlp", "diabetes/train.csv", "target", [0]);
            NumpyFile.Write(npy, [.. Enumerable.Range(0, 10).Select(column => (float)first.Number(0, column))], [10]);
            double[] Of(string baseline) => [.. new DeepLift().Explain(Row(("baseline", baseline)), null, default).Attributions.Select(attribution => attribution.Contribution)];
            Assert.Equal(Of(csv), Of(npy));
            Assert.NotEqual(Of("zero"), Of(csv));
            Assert.Equal(Of("zero"), Of("0"));
            Assert.Contains("mean, zero, a number or a file", Refused("deep-lift", Row(("baseline", "nowhere"))), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(csv);
            File.Delete(npy);
        }
    }
}
