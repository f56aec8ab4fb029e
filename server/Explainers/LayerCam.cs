using ExplainLsp.Explainers.Gradients;

namespace ExplainLsp.Explainers;

/// <summary>
/// LayerCAM (Jiang et al. 2021): activations times the positive part of the gradients, place by place, summed over the channels; useful in
/// earlier layers of finer resolution too.
/// </summary>
public sealed class LayerCam : ClassActivationMap
{
    /// <inheritdoc/>
    public override string Id => "layer-cam";

    /// <inheritdoc/>
    public override string Title => "LayerCAM";

    private protected override void Join(ReadOnlySpan<double> activations, ReadOnlySpan<double> gradients, FeatureMap form, Span<double> map)
    {
        for (int channel = 0; channel < form.Channels; channel++)
        {
            for (int place = 0; place < form.Count; place++)
            {
                int at = form.IndexOf(channel, place);
                map[place] += activations[at] * Math.Max(0, gradients[at]);
            }
        }
    }
}
