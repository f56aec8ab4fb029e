using ExplainLsp.Explainers.Gradients;

namespace ExplainLsp.Explainers;

/// <summary>
/// Grad-CAM (Selvaraju et al. 2017): a layer's channels, weighed by the mean of the gradient over each and added. The mean may highlight
/// places that the model did not use (Draelos and Carin 2020); HiResCAM does not.
/// </summary>
public sealed class GradCam : ClassActivationMap
{
    /// <inheritdoc/>
    public override string Id => "grad-cam";

    /// <inheritdoc/>
    public override string Title => "Grad-CAM";

    private protected override void Join(ReadOnlySpan<double> activations, ReadOnlySpan<double> gradients, FeatureMap form, Span<double> map)
    {
        for (int channel = 0; channel < form.Channels; channel++)
        {
            double weight = 0;
            for (int place = 0; place < form.Count; place++)
                weight += gradients[form.IndexOf(channel, place)];
            weight /= form.Count;
            for (int place = 0; place < form.Count; place++)
                map[place] += weight * activations[form.IndexOf(channel, place)];
        }
    }
}
