namespace ExplainLsp.Server.Tests.CommandLine;

/// <summary>
/// The peers' values of images (Captum, SHAP, LIME), asked for through <c>explain</c> as a script asks. Grad-CAM of fashion-cnn is not among
/// them: the peer's layer is a convolution before its batch normalisation, and the file has the two folded into one, so that the layer's
/// activations, and with them the map, differ by a constant.
/// </summary>
public class GoldenImageTests
{
    public static TheoryData<GoldenQuestion> Questions { get; } =
    [
        new("fashion-cnn", "gradient", "saliency", "absolute=false"),
        new("fashion-cnn", "saliency", "saliency"),
        new("fashion-cnn", "input-x-gradient", "input-x-gradient"),
        new("fashion-cnn", "integrated-gradients", "integrated-gradients"),
        new("fashion-cnn", "integrated-gradients-trapezoid", "integrated-gradients", "steps=50", "rule=trapezoid"),
        new("fashion-cnn", "integrated-gradients-middle", "integrated-gradients", "steps=50", "rule=riemann-middle"),
        new("fashion-cnn", "smoothgrad", "smooth-grad", "samples=50", "sigma=0.15"),
        new("fashion-cnn", "gradient-shap", "gradient-shap", "samples=50"),
        new("fashion-cnn", "shap-gradient", "gradient-shap", "samples=200"),
        new("fashion-cnn", "deeplift", "deep-lift"),
        new("fashion-cnn", "shap-deep-zero-baseline", "deep-lift"),
        new("fashion-cnn", "deeplift-shap", "deep-lift-shap"),
        new("fashion-cnn", "guided-backprop", "guided-backprop"),
        new("fashion-cnn", "deconvolution", "deconvolution"),
        new("fashion-cnn", "lrp-epsilon", "lrp"),
        new("fashion-cnn", "occlusion", "occlusion"),
        new("fashion-cnn", "feature-ablation", "feature-ablation"),
        new("fashion-cnn", "shapley-values-exact", "exact-shap"),
        new("fashion-cnn", "kernel-shap", "kernel-shap", "evaluations=400"),
        new("fashion-cnn", "shapley-value-sampling", "permutation-shap", "evaluations=400"),
        new("fashion-cnn", "shap-partition", "partition-shap", "evaluations=500"),
        new("fashion-cnn", "lime-image", "lime", "samples=1000", "baseline=black"),
        new("digits-resnet", "gradient", "saliency", "absolute=false"),
        new("digits-resnet", "saliency", "saliency"),
        new("digits-resnet", "input-x-gradient", "input-x-gradient"),
        new("digits-resnet", "integrated-gradients", "integrated-gradients"),
        new("digits-resnet", "integrated-gradients-trapezoid", "integrated-gradients", "steps=50", "rule=trapezoid"),
        new("digits-resnet", "gradcam", "grad-cam"),
        new("digits-resnet", "gradcam-upsampled", "grad-cam", "upsample=bilinear"),
        new("digits-resnet", "occlusion", "occlusion"),
        new("digits-resnet", "feature-ablation", "feature-ablation"),
        new("digits-resnet", "shapley-values-exact", "exact-shap"),
    ];

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Explain_Image_AgreesWithThePeersValuesWithinTheirTolerance(GoldenQuestion question)
    {
        Assert.InRange(await question.AskAsync(), 0, 1);
    }
}
