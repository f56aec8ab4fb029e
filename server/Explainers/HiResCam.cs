using ExplainLsp.Explainers.Gradients;

namespace ExplainLsp.Explainers;

/// <summary>
/// HiResCAM (Draelos and Carin 2020): activations times gradients, place by place, summed over the channels. For a network that ends in
/// one linear layer behind the map it shows exactly the places that the model used: the map adds up to the logit without its bias.
/// </summary>
public sealed class HiResCam : ClassActivationMap
{
    /// <inheritdoc/>
    public override string Id => "hires-cam";

    /// <inheritdoc/>
    public override string Title => "HiResCAM";

    private protected override void Join(ReadOnlySpan<double> activations, ReadOnlySpan<double> gradients, FeatureMap form, Span<double> map)
    {
        for (int channel = 0; channel < form.Channels; channel++)
        {
            for (int place = 0; place < form.Count; place++)
            {
                int at = form.IndexOf(channel, place);
                map[place] += activations[at] * gradients[at];
            }
        }
    }
}
